'use client';

import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { askCounter } from '../../lib/client/counter-ask.ts';
import { useSession } from '../../lib/client/session.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import type { Redemption } from '../../lib/contracts/counter-coupon.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterCouponMessages } from '../../lib/messages/counter-coupon.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { clockText } from '../../lib/messages/time.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffFactors } from '../staff/staff-sign-in.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { useAct } from './use-act.ts';

type Today = ValueNamed<'counter.coupons'>;

/** Store coupons that this store took today; the last minute's can be taken back by a second person. */
export function CouponsToday({ version }: { version: string }) {
  const words = useMessages(counterCouponMessages);
  const [today, setToday] = useState<Today | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the counts have moved
  useEffect(() => {
    let isOver = false;
    void askCounter('counter.coupons', {}, { attemptsMax: 1 }).then((answer) => {
      if (!isOver && answer.ok) setToday(answer.value);
    });
    return () => {
      isOver = true;
    };
  }, [version]);
  if (today === null || today.redemptions.length === 0) return null;
  const change = (after: Redemption) =>
    setToday({ ...today, redemptions: today.redemptions.map((one) => (one.id === after.id ? after : one)) });
  return (
    <section className="mt-6" aria-labelledby="coupons-today">
      <h2 id="coupons-today" className="text-22 font-semibold">
        {words.todayTitle}
      </h2>
      <p className="mb-2 text-16 text-ink-2">{words.todaySum(today.taken, yuanText(today.cutFen))}</p>
      <ul className="divide-y divide-line rounded-sheet bg-card px-4 shadow-card">
        {today.redemptions.map((one) => (
          <li key={one.id} className="py-3">
            <OneRedemption redemption={one} onChanged={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type OneProps = { redemption: Redemption; onChanged: (after: Redemption) => void };

function OneRedemption({ redemption, onChanged }: OneProps) {
  const words = useMessages(counterCouponMessages);
  const lists = useMessages(counterListsMessages);
  const locale = useLocale();
  const [isUndoing, setUndoing] = useState(false);
  const { at, isMine, clerkName, undoneAt, undoneBy, undoUntil, shown, cutFen } = redemption;
  const secondsLeft = useSecondsLeft(undoneAt === null ? undoUntil : null, serverNow);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-16">
        <span className="figures">
          {clockText(at, true)} · {isMine ? lists.me : clerkName}
        </span>
        <Tag tone={shown === 'token' ? 'ready' : 'won'} className="text-14">
          {words[`shown_${shown}`]}
        </Tag>
        <span className="figures ml-auto font-semibold">{words.takeOff(yuanText(cutFen))}</span>
      </p>
      <p className="figures text-14 text-ink-2">
        {inLocale(redemption.couponName, locale)} · {redemption.phoneMasked}
      </p>
      {undoneAt !== null && (
        <p className="figures text-16 font-semibold text-lacquer">
          {words.undoneBy(clockText(undoneAt, true), undoneBy ?? '')}
        </p>
      )}
      {secondsLeft !== null && secondsLeft > 0 && (
        <div className="flex items-center gap-3">
          <p className="figures flex-1 text-16 text-ink-2">{lists.undoLeft(secondsLeft)}</p>
          <Button look="quiet" className="min-h-12" onClick={() => setUndoing(true)}>
            <CounterIcon name="undo" className="size-5" />
            {isMine ? words.undoOther : words.undo}
          </Button>
        </div>
      )}
      {isUndoing && (
        <UndoCoupon
          redemption={redemption}
          onDone={(after) => {
            setUndoing(false);
            onChanged(after);
          }}
          onClose={() => setUndoing(false)}
        />
      )}
    </>
  );
}

type UndoProps = { redemption: Redemption; onDone: (after: Redemption) => void; onClose: () => void };

/** As with goods (undo-panel.tsx): who redeemed it fetches a second person, who signs in here or has his own device. */
function UndoCoupon({ redemption, onDone, onClose }: UndoProps) {
  const words = useMessages(counterCouponMessages);
  const lists = useMessages(counterListsMessages);
  const frame = useMessages(counterMessages);
  const { isBusy, refused, act } = useAct();
  const [first] = useState(() => useSession.getState().person?.id);
  const person = useSession((state) => state.person);
  const isSecond = !redemption.isMine || (person !== null && person.id !== first);
  const secondsLeft = useSecondsLeft(redemption.undoUntil, serverNow);

  async function undo() {
    const answer = await act(() => askCounter('counter.undoCoupon', { redemptionId: redemption.id }));
    if (!answer.ok) return;
    toast(words.undone);
    onDone(answer.value.redemption);
  }

  return (
    <StaffPanel title={words.undoTitle} onClose={onClose}>
      <p role="timer" className="figures mb-3 text-28 font-bold">
        {lists.undoLeft(secondsLeft ?? 0)}
      </p>
      {isSecond ? (
        <>
          <p className="mb-4 text-18">{words.undoText(yuanText(redemption.cutFen))}</p>
          <StaffRefused text={refused} />
          <Button wide className="min-h-16 text-18" busy={isBusy} onClick={() => void undo()}>
            {words.undoYes}
          </Button>
        </>
      ) : (
        <>
          <p className="mb-4 text-18">{lists.undoOtherText}</p>
          <StaffFactors enter={frame.enter} />
        </>
      )}
    </StaffPanel>
  );
}
