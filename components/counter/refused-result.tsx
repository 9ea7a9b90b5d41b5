'use client';

import { serverNow } from '../../lib/client/answer-clock.ts';
import { useLease } from '../../lib/client/counter-lease.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { counterHome, Handover } from '../../lib/contracts/counter.ts';
import { counterUntil } from '../../lib/domain/pickup/deadlines.ts';
import { counterRefusedMessages } from '../../lib/messages/counter-refused.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { minutesText } from '../../lib/messages/moment.ts';
import { clockText, dateText, daysUntil, momentText } from '../../lib/messages/time.ts';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { NextButton } from './handed-result.tsx';
import { ResultHead } from './result-head.tsx';
import { lookOf } from './result-looks.ts';
import type { Refused } from './use-desk.ts';

type RefusedResultProps = {
  refusal: Refused;
  onNext: () => void;
  onType: () => void;
  onPreparing: () => void;
};

type StoreNamed = NonNullable<ValueOf<typeof counterHome>['store']>;
type Words = (typeof counterRefusedMessages)['zh-CN'];

/** With seconds, and with the day where it was not today. */
function exactly(at: number, locale: Locale): string {
  const time = clockText(at, true);
  return daysUntil(at, serverNow()) === 0 ? time : `${dateText(at, locale)} ${time}`;
}

function sentenceOf(refusal: Refused, words: Words, locale: Locale, hasLease: boolean): string {
  const { code } = refusal;
  if (code === 'already_handed' && refusal.handover) {
    const { at, isMine, clerkName } = refusal.handover as Handover;
    const store = inLocale((refusal.store as StoreNamed).name, locale);
    const when = exactly(at, locale);
    return isMine ? words.handedByYou(when, store) : words.handedBy(clerkName, when, store);
  }
  if (code === 'pickup_expired') {
    const expiredAt = Number(refusal.expiredAt);
    const now = serverNow();
    return words.graceOver(momentText(expiredAt, now, locale), momentText(counterUntil(expiredAt), now, locale));
  }
  if (code === 'already_handed' && refusal.isOffline) return words.handedHere;
  if (code === 'not_kept') return words.notKept;
  if (code === 'not_on_list') return words.notOnList;
  if (code === 'lease_over') return words.leaseOver;
  if (code === 'offline') return hasLease ? words.offlineLease : words.offlineText;
  if (code === 'timeout') return words.timeoutText;
  return refusedText(refusal, locale);
}

/** After these the shopper is asked for his digits. */
const TYPE: readonly string[] = ['stale_code', 'unreadable_code', 'offline'];
const TYPE_AGAIN: readonly string[] = ['mistyped_code', 'unknown_pickup_code', 'not_on_list'];

/** Why nothing is handed over: one colour, sign, sound and sentence for each reason, and what to do instead. */
export function RefusedResult({ refusal, onNext, onType, onPreparing }: RefusedResultProps) {
  const words = useMessages(counterRefusedMessages);
  const locale = useLocale();
  const hasLease = useLease(({ kept }) => kept !== null);
  const { code } = refusal;
  const title = words[code as keyof Words];
  return (
    <article className="flex flex-col gap-3">
      <ResultHead look={lookOf(code)} title={typeof title === 'string' ? title : words.other} isLarge>
        <p className="max-w-120 text-22">{sentenceOf(refusal, words, locale, hasLease)}</p>
        {code === 'counter_locked' && <LockLeft until={Number(refusal.until)} />}
      </ResultHead>
      {TYPE_AGAIN.includes(code) || (code === 'offline' && hasLease) ? (
        <NextButton label={TYPE.includes(code) ? words.typeInstead : words.typeAgain} onNext={onType} />
      ) : (
        <NextButton label={words.next} onNext={onNext} />
      )}
      {TYPE.includes(code) && code !== 'offline' && (
        <Button look="quiet" wide className="min-h-14 text-18" onClick={onType}>
          {words.typeInstead}
        </Button>
      )}
      {TYPE_AGAIN.includes(code) && (
        <Button look="quiet" wide className="min-h-14 text-18" onClick={onNext}>
          {words.next}
        </Button>
      )}
      {code === 'pickup_not_ready' && (
        <Button look="quiet" wide className="min-h-14 text-18" onClick={onPreparing}>
          {words.toPreparing}
        </Button>
      )}
    </article>
  );
}

/** Counted down on the server's clock. */
function LockLeft({ until }: { until: number }) {
  const words = useMessages(counterRefusedMessages);
  const left = useSecondsLeft(until, serverNow);
  return (
    <p role="timer" className="figures text-40 font-bold">
      {left === 0 ? words.lockOver : words.lockLeft(minutesText(left ?? 0))}
    </p>
  );
}
