'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { OwnCode } from '../../lib/client/pickup.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { inLocale, pathInLocale } from '../../lib/messages/define.ts';
import { pickupFriendMessages } from '../../lib/messages/pickup-friend.ts';
import { clockText } from '../../lib/messages/time.ts';
import { copied } from '../sharing/copied.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** 请人代取: a link for one handing over, which can be taken back. */
export function FriendPart({ own, refresh }: { own: OwnCode; refresh: () => Promise<void> }) {
  const words = useMessages(pickupFriendMessages);
  const locale = useLocale();
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; isFault: boolean } | null>(null);
  const { friend, pickup, orderId } = own;
  const url = friend && `${location.origin}${pathInLocale(`/pickup?c=${friend.code}`, locale)}`;
  const message = url && words.friendMessage(inLocale(pickup.store.name, locale), url);

  const run = async (
    work: () => Promise<{ ok: true } | { ok: false; refusal: { code: string; message?: string } }>,
    done?: string,
  ) => {
    if (isBusy) return;
    setIsBusy(true);
    setSaid(null);
    const answer = await work();
    await refresh();
    setIsBusy(false);
    if (!answer.ok) setSaid({ text: refusalText(answer.refusal, locale), isFault: true });
    else if (done !== undefined) setSaid({ text: done, isFault: false });
  };
  const make = () => run(() => call('pickup.giveFriendCode', { key: crypto.randomUUID(), orderId }));
  const takeBack = () => run(() => call('pickup.takeFriendCode', { orderId }), words.friendTaken);
  const copy = async () => {
    if (message === null) return;
    const isDone = await copied(message);
    setSaid({ text: isDone ? words.friendCopied : words.friendNotCopied, isFault: !isDone });
  };
  // Closing the phone's own sheet without a choice is no fault.
  const share = () => void navigator.share({ text: message ?? '' }).catch(() => {});

  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="text-16 font-semibold">{words.askFriend}</h2>
      <p className="mt-0.5 text-14 text-ink-2">
        {friend === null ? words.friendText : words.friendMadeAt(clockText(friend.madeAt))}
      </p>
      {friend === null ? (
        <Button look="soft" className="mt-3" busy={isBusy} onClick={make}>
          {words.friendMake}
        </Button>
      ) : (
        <>
          <p className="mt-2 select-all break-all text-12 text-ink-2">{url}</p>
          <div className="mt-3 flex flex-wrap gap-2">
            {typeof navigator.share === 'function' && <Button onClick={share}>{words.friendShare}</Button>}
            <Button look="soft" onClick={copy}>
              {words.friendCopy}
            </Button>
            <Button look="quiet" busy={isBusy} onClick={make}>
              {words.friendAgain}
            </Button>
            <Button look="quiet" busy={isBusy} onClick={takeBack}>
              {words.friendTake}
            </Button>
          </div>
        </>
      )}
      <p role="status" className={said?.isFault ? 'mt-2 text-14 text-on-lacquer-soft' : 'mt-2 text-14 text-jade'}>
        {said?.text}
      </p>
    </section>
  );
}
