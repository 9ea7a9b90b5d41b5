'use client';

import { forgetResults, useLease } from '../../lib/client/counter-lease.ts';
import { counterOfflineMessages } from '../../lib/messages/counter-offline.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { CounterIcon } from './counter-icon.tsx';

type Words = (typeof counterOfflineMessages)['zh-CN'];

function reasonText(reason: string | null, words: Words): string {
  const known = words[`reason_${reason}` as keyof Words];
  return typeof known === 'string' ? known : words.reason_other(reason ?? '');
}

/** What came of the handovers that were made without network; stays until somebody has read it. */
export function SentResults() {
  const words = useMessages(counterOfflineMessages);
  const { results, lost } = useLease();
  if (results === null && lost.length === 0) return null;
  const conflicts = (results ?? []).filter(({ outcome }) => outcome === 'conflict');
  const handed = (results ?? []).length - conflicts.length;
  const read = () => void forgetResults();
  return (
    <StaffPanel
      title={words.sentTitle}
      onClose={read}
      foot={
        <Button wide className="min-h-14 text-18" onClick={read}>
          {words.understood}
        </Button>
      }
    >
      {results !== null && (
        <p className="flex items-center gap-3 rounded-card bg-jade-soft px-4 py-4 text-22 font-semibold text-jade">
          <CounterIcon name="done" className="size-10" />
          {words.sentText(handed)}
        </p>
      )}
      {(conflicts.length > 0 || lost.length > 0) && (
        <div role="alert" className="mt-4 rounded-card bg-lacquer-soft px-4 py-4 text-on-lacquer-soft">
          <p className="flex items-center gap-3 text-22 font-semibold">
            <CounterIcon name="stop" className="size-10" />
            {words.conflictTitle(conflicts.length + lost.length)}
          </p>
          <p className="mt-2 text-16">{lost.length > 0 ? words.unknownLease : words.conflictText}</p>
          <ul className="mt-3 flex flex-col gap-2 text-16">
            {conflicts.map(({ key, orderId, reason, order }) => (
              <li key={key}>
                <b className="figures">{order?.phoneMasked ?? words.conflictOf(orderId)}</b> {reasonText(reason, words)}
              </li>
            ))}
            {lost.map(({ key, orderId }) => (
              <li key={key} className="figures">
                {words.conflictOf(orderId)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </StaffPanel>
  );
}
