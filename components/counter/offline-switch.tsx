'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { deviceId } from '../../lib/client/counter-device.ts';
import { refreshHome, useHome } from '../../lib/client/counter-home.ts';
import { reconcile, startLease, useLease } from '../../lib/client/counter-lease.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import { counterOfflineMessages } from '../../lib/messages/counter-offline.ts';
import { minutesText } from '../../lib/messages/moment.ts';
import { clockText } from '../../lib/messages/time.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** Gives this device the ready orders for half an hour, so that it may hand them over without network. */
export function OfflineSwitch() {
  const words = useMessages(counterOfflineMessages);
  const locale = useLocale();
  const lease = useHome(({ home }) => home?.lease ?? null);
  const { kept, isBusy } = useLease();
  const [refused, setRefused] = useState<string | null>(null);
  const secondsLeft = useSecondsLeft(kept?.lease.until ?? null, serverNow);
  const isOthers = lease !== null && lease.deviceId !== deviceId() && lease.until > serverNow();

  async function start() {
    const answer = await startLease();
    setRefused(answer.ok ? null : refusedText(answer.refusal as { code: string }, locale));
    void refreshHome();
  }
  async function end() {
    const answer = await reconcile();
    setRefused(answer === null || answer.ok ? null : refusedText(answer.refusal as { code: string }, locale));
    void refreshHome();
  }

  return (
    <section aria-labelledby="offline-title" className="border-line border-t py-4">
      <h3 id="offline-title" className="text-18 font-semibold">
        {words.title}
      </h3>
      <p className="mt-1 mb-3 text-16 text-ink-2">{words.why}</p>
      <StaffRefused text={refused} />
      {isOthers && kept === null && (
        <p className="mb-2 text-16 font-semibold text-gold">{words.held(clockText(lease.until))}</p>
      )}
      {kept === null ? (
        <Button
          look="quiet"
          wide
          className="min-h-14 text-18"
          busy={isBusy}
          disabled={isOthers}
          onClick={() => void start()}
        >
          {isBusy ? words.starting : words.start}
        </Button>
      ) : (
        <>
          <p className="figures mb-2 text-18 font-semibold">
            {secondsLeft === 0 ? words.over : words.running(minutesText(secondsLeft ?? 0), kept.lease.orders.length)}
          </p>
          <div className="grid grid-cols-2 gap-2">
            <Button
              look="quiet"
              className="min-h-14"
              busy={isBusy}
              disabled={kept.queue.length > 0}
              onClick={() => void start()}
            >
              {words.longer}
            </Button>
            <Button look="soft" className="min-h-14" busy={isBusy} onClick={() => void end()}>
              {kept.queue.length > 0 ? words.send : words.end}
            </Button>
          </div>
          <p className="mt-2 text-14 text-ink-2">{words.howTo}</p>
        </>
      )}
    </section>
  );
}
