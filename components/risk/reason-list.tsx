'use client';

import type { RiskReason } from '../../lib/domain/risk/rules.ts';
import { reasonText } from '../../lib/messages/risk-reasons.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';

/** What the rules have seen, a line each. */
export function ReasonList({ reasons }: { reasons: readonly RiskReason[] }) {
  const locale = useLocale();
  return (
    <ul className="flex flex-col gap-1.5 text-14 text-ink-2">
      {reasons.map((code) => (
        <li key={code} className="flex gap-2">
          <Icon name="info" className="mt-0.5 size-4.5 shrink-0" />
          <span className="min-w-0 flex-1">{reasonText(code, locale)}</span>
        </li>
      ))}
    </ul>
  );
}
