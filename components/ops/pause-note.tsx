'use client';

import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** Why a campaign has stopped by itself, and how it goes on. */
export function PauseNote({ pause, onLift }: { pause: OpsCoupon['pause']; onLift: () => void }) {
  const words = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  if (pause === null) return null;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
      <p className="figures min-w-0 flex-1 basis-[16rem]">
        {words.pausedText(
          timeText(pause.pausedAt, locale),
          String(pause.minutes),
          yuanText(pause.goneFen),
          yuanText(pause.limitFen),
        )}{' '}
        {pause.goesOnAt !== null && words.goesOn(timeText(pause.goesOnAt, locale))}
      </p>
      {pause.goesOnAt === null && (
        <Button look="quiet" size="s" onClick={onLift}>
          {words.lift}
        </Button>
      )}
    </div>
  );
}
