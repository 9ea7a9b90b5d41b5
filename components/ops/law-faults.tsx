'use client';

import type { LawFaultSaid } from '../../lib/contracts/law.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { cx } from '../ui/cx.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** What the law has against a campaign: each with what to change and the article that says so. */
export function LawFaults({ faults, isAlert = false }: { faults: readonly LawFaultSaid[]; isAlert?: boolean }) {
  const words = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  if (faults.length === 0) return null;
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className="mb-2 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft"
    >
      <p className="font-semibold">{words.unlawful}</p>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: beside the buttons it scrolls, and is reached by the keyboard
        tabIndex={isAlert ? 0 : undefined}
        className={cx('mt-1 flex flex-col gap-1.5', isAlert && 'max-h-48 overflow-y-auto')}
      >
        {faults.map(({ code, article, says }) => (
          <li key={code}>
            {inLocale(says, locale)}
            <span className="block text-12">{inLocale(article, locale)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export type Refusal = { readonly code: string; readonly message?: string; readonly faults?: unknown };

/** Why a campaign was not saved or published. */
export function CampaignRefused({ refusal }: { refusal: Refusal | null }) {
  const locale = useLocale();
  if (refusal?.code === 'campaign_unlawful') {
    return <LawFaults isAlert faults={refusal.faults as readonly LawFaultSaid[]} />;
  }
  return <StaffRefused text={refusal && refusedText(refusal, locale)} />;
}
