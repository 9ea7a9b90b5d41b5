'use client';

import { useState } from 'react';
import { opsPaymentsMessages } from '../../lib/messages/ops-payments.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { chipClass } from '../ui/tag.tsx';
import { MoneyDays } from './money-days.tsx';
import { QuarantineList } from './quarantine-list.tsx';

type Part = 'days' | 'open' | 'settled';

/** What became of the money, day by day, and the notices that nobody could make sense of. */
export function PaymentsDesk() {
  const words = useMessages(opsPaymentsMessages);
  const { refresh } = useMessages(staffMessages);
  const [part, setPart] = useState<Part>('days');
  const days = useStaffRead('ops.reconciliation', {});
  const notices = useStaffRead('ops.quarantine', { show: part === 'settled' ? 'settled' : 'open' });
  const waiting = notices.value?.counts.open ?? 0;
  const labels: Record<Part, string> = { days: words.days, open: words.quarantine(waiting), settled: words.settled };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button
          look="quiet"
          size="s"
          className="ml-auto"
          busy={days.isLoading || notices.isLoading}
          onClick={() => {
            days.reload();
            notices.reload();
          }}
        >
          {refresh}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <fieldset className="mb-3 flex min-w-0 flex-wrap gap-2">
        <legend className="sr-only">{words.part}</legend>
        {(Object.keys(labels) as Part[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={part === one}
            onClick={() => setPart(one)}
            className={chipClass(part === one)}
          >
            {labels[one]}
          </button>
        ))}
      </fieldset>
      {part === 'days' ? (
        <StaffState
          read={days}
          isEmpty={days.value?.days.length === 0}
          empty={{ title: words.noDaysTitle, text: words.noDaysText }}
        >
          <MoneyDays days={days.value?.days ?? []} />
        </StaffState>
      ) : (
        <StaffState
          read={notices}
          isEmpty={notices.value?.notices.length === 0}
          empty={{ title: words.noNoticesTitle, text: words.noNoticesText }}
        >
          <QuarantineList key={part} read={notices} show={part} />
        </StaffState>
      )}
    </>
  );
}
