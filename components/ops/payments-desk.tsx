'use client';

import { useState } from 'react';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsPaymentsMessages } from '../../lib/messages/ops-payments.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { chipClass } from '../ui/tag.tsx';
import { MoneyDays } from './money-days.tsx';
import { OpsState } from './ops-state.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { useOpsRead } from './use-ops-read.ts';

type Part = 'days' | 'open' | 'settled';

/** What became of the money, day by day, and the notices that nobody could make sense of. */
export function PaymentsDesk() {
  const words = useMessages(opsPaymentsMessages);
  const { refresh } = useMessages(opsMessages);
  const [part, setPart] = useState<Part>('days');
  const days = useOpsRead('ops.reconciliation', {});
  const notices = useOpsRead('ops.quarantine', { show: part === 'settled' ? 'settled' : 'open' });
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
        <OpsState
          read={days}
          isEmpty={days.value?.days.length === 0}
          empty={{ title: words.noDaysTitle, text: words.noDaysText }}
        >
          <MoneyDays days={days.value?.days ?? []} />
        </OpsState>
      ) : (
        <OpsState
          read={notices}
          isEmpty={notices.value?.notices.length === 0}
          empty={{ title: words.noNoticesTitle, text: words.noNoticesText }}
        >
          <QuarantineList key={part} read={notices} show={part} />
        </OpsState>
      )}
    </>
  );
}
