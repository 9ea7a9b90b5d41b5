'use client';

import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { controlNames, controlSays } from '../../lib/messages/ops-risk-controls.ts';
import { timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import type { OpsRisk } from './risk-desk.tsx';

type RiskGateProps = { risk: OpsRisk; onLift: () => void; onClose: () => void };

/** Whether rewards are given, and whether the controls that this rests on are alive. */
export function RiskGate({ risk: { gate, controls }, onLift, onClose }: RiskGateProps) {
  const locale = useLocale();
  const words = opsRiskMessages[locale];
  // What an operator has written is said as it is; the rest names controls.
  const detail = gate.detail !== null && gate.because !== 'operator' ? controlNames(gate.detail, locale) : gate.detail;
  const facts = [
    gate.because && words[`gate_${gate.because}`],
    detail,
    gate.since !== null && words.since(timeText(gate.since, locale)),
    gate.by !== null && words.by(gate.by),
    gate.opensAt !== null && words.opensAt(timeText(gate.opensAt, locale)),
  ].filter(Boolean);
  return (
    <section
      className={cx('rounded-card p-3 shadow-card', gate.isClosed ? 'bg-lacquer-soft text-on-lacquer-soft' : 'bg-card')}
    >
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 flex-1 basis-[16rem] text-16 font-semibold">
          {gate.isClosed ? words.gateClosed : words.gateOpen}
        </h2>
        {gate.isClosed ? (
          gate.opensAt === null && (
            <Button look="quiet" size="s" onClick={onLift}>
              {words.lift}
            </Button>
          )
        ) : (
          <Button look="quiet" size="s" onClick={onClose}>
            {words.close}
          </Button>
        )}
      </div>
      {gate.isClosed && <p className="figures mt-1 break-words text-14">{facts.join(' · ')}</p>}
      <ul aria-label={words.controls} className="mt-3 flex flex-col gap-1 border-line border-t pt-2 text-14">
        {controls.map((control) => (
          <li key={control.name} className="flex flex-wrap items-center gap-2">
            <Tag tone={control.isSilent ? 'act' : 'ready'}>{controlNames(control.name, locale)}</Tag>
            <span className="figures text-12">
              {control.isSilent && `${words.silent} · `}
              {words.reportedAt(timeText(control.reportedAt, locale, true))}
            </span>
            <span className="figures min-w-0 flex-1 basis-[10rem] break-words text-12">
              {controlSays(control, locale, (at) => timeText(at, locale, true))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
