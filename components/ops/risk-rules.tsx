'use client';

import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { reasonText } from '../../lib/messages/risk-reasons.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import type { OpsRisk } from './risk-desk.tsx';

type Rule = OpsRisk['rules'][number];

/** The rules with their weight, how often each fired and what people made of it; shadow is switched here. */
export function RiskRules({ rules, onChange }: { rules: readonly Rule[]; onChange: (rule: Rule) => void }) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  return (
    <section>
      <h2 className="text-16 font-semibold">{words.rules}</h2>
      <p className="mb-2 text-14 text-ink-2">{words.rulesText}</p>
      <ul className="flex flex-col gap-2">
        {rules.map((rule) => (
          <li key={rule.code} className="rounded-card bg-card p-3 shadow-card">
            <div className="flex flex-wrap items-center gap-2">
              <p className="min-w-0 flex-1 basis-[12rem] text-14 font-medium">{reasonText(rule.code, locale)}</p>
              {rule.isShadow && <Tag tone="won">{words.shadow}</Tag>}
              <Button
                look="quiet"
                size="s"
                aria-label={`${reasonText(rule.code, locale)}: ${rule.isShadow ? words.toForce : words.toShadow}`}
                onClick={() => onChange(rule)}
              >
                {rule.isShadow ? words.toForce : words.toShadow}
              </Button>
            </div>
            <dl className="figures mt-2 grid grid-cols-5 gap-x-2 text-14">
              {(['weight', 'fired', 'firedDay', 'freed', 'refused'] as const).map((name) => (
                <div key={name}>
                  <dt className="text-12 text-ink-2">{words[name]}</dt>
                  <dd className="font-semibold">{rule[name].toLocaleString('en-US')}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
