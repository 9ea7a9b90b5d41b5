'use client';

import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { timeText } from '../staff/staff-words.ts';
import { useLocale } from '../ui/locale.tsx';
import { chipClass } from '../ui/tag.tsx';
import type { OpsRisk } from './risk-desk.tsx';

type Mode = OpsRisk['modes'][number];
const MODES = ['observe', 'strict', 'manual'] as const;

type RiskModesProps = {
  modes: readonly Mode[];
  onMode: (mechanic: Mode['mechanic'], mode: Mode['mode']) => void;
};

/** How each mechanic is controlled, and who has set it. */
export function RiskModes({ modes, onMode }: RiskModesProps) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  return (
    <section className="rounded-card bg-card p-3 shadow-card">
      <h2 className="text-16 font-semibold">{words.modes}</h2>
      {modes.map(({ mechanic, mode, by, reason, since }) => (
        <fieldset key={mechanic} className="mt-3 border-line border-t pt-2">
          <legend className="float-left w-full text-14 font-medium">{words[`mechanic_${mechanic}`]}</legend>
          <div className="clear-both flex flex-wrap gap-2 pt-1">
            {MODES.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === mode}
                onClick={() => one !== mode && onMode(mechanic, one)}
                className={chipClass(one === mode)}
              >
                {words[`mode_${one}`]}
              </button>
            ))}
          </div>
          <p className="mt-1 break-words text-12 text-ink-2">
            {[
              words[`modeText_${mode}`],
              since !== null && words.since(timeText(since, locale)),
              by !== null && words.by(by),
              reason,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </fieldset>
      ))}
    </section>
  );
}
