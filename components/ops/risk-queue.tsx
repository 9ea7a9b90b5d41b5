'use client';

import type { ReactNode } from 'react';
import type { OpsRiskDecision } from '../../lib/contracts/ops-risk.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { reasonText } from '../../lib/messages/risk-reasons.ts';
import { timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

type RiskQueueProps = {
  title: string;
  empty: string;
  /** What the button of a row says. */
  act: string;
  decisions: readonly OpsRiskDecision[];
  onOpen: (decision: OpsRiskDecision) => void;
};

/** Decisions that wait for a person. */
export function RiskQueue({ title, empty, act, decisions, onOpen }: RiskQueueProps) {
  return (
    <section>
      <h2 className="mb-2 text-16 font-semibold">{title}</h2>
      {decisions.length === 0 ? (
        <p className="rounded-card bg-card p-3 text-14 text-ink-2 shadow-card">{empty}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {decisions.map((decision) => (
            <li key={decision.id} className="rounded-card bg-card p-3 shadow-card">
              <RiskDecisionFacts decision={decision}>
                <Button look="quiet" size="s" className="ml-auto" onClick={() => onOpen(decision)}>
                  {act}
                </Button>
              </RiskDecisionFacts>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type FactsProps = { decision: OpsRiskDecision; children?: ReactNode };

/** About whom, what, how it was decided and what was seen; nobody can be recognised by it. */
export function RiskDecisionFacts({ decision, children }: FactsProps) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  const { at, person, mechanic, campaign, command, action, because, score, fen, groupSize, holdUntil } = decision;
  const isHeld = action === 'hold' && decision.state === 'standing' && holdUntil !== null;
  const facts = [
    campaign === null ? words[`mechanic_${mechanic}`] : inLocale(campaign, locale),
    fen !== null && `¥${yuanText(fen)}`,
    command,
    timeText(at, locale),
    isHeld && words.until(timeText(holdUntil, locale)),
  ].filter(Boolean);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={action === 'refuse' ? 'act' : action === 'hold' ? 'won' : 'quiet'}>{words[`action_${action}`]}</Tag>
        <p className="font-medium">{words.person(person)}</p>
        <p className="figures text-12 text-ink-2">
          {words.score(score)} · {words[`because_${because}`]}
        </p>
        {children}
      </div>
      <p className="figures mt-1 text-14 text-ink-2">{facts.join(' · ')}</p>
      {groupSize > 0 && <p className="mt-1 text-14">{words.group(groupSize)}</p>}
      {decision.reasons.length > 0 && (
        <p className="mt-1 text-14">
          {decision.reasons.map((code) => reasonText(code, locale)).join(locale === 'zh-CN' ? '；' : '; ')}
        </p>
      )}
      {decision.appeal !== null && decision.appeal.answeredAt === null && (
        <blockquote className="mt-2 break-words rounded-card bg-paper px-3 py-2 text-14">
          <span className="block text-12 text-ink-2">{words.theirWords}</span>
          {decision.appeal.text}
        </blockquote>
      )}
    </>
  );
}
