'use client';

import { useEffect, useRef, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { liveEntry, useWaitlist } from '../../lib/client/waitlist.ts';
import { waitlistMessages } from '../../lib/messages/waitlist.ts';
import { WaitState } from '../catalog/wait-state.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stepper } from '../ui/stepper.tsx';

type WaitSheetProps = {
  open: boolean;
  onClose: () => void;
  skuId: string;
  /** Where to come back to after signing in. */
  handle: string;
  /** `红色 · M`, or the product's name. */
  chosen: string;
  quantityMax: number;
  onBuy: (quantity: number) => void;
};

/** 候补: join the line of a sold-out SKU, see one's place in it, or take what has come back. */
export function WaitSheet({ open, onClose, chosen, ...rest }: WaitSheetProps) {
  const words = waitlistMessages[useLocale()];
  return (
    <Sheet open={open} onClose={onClose} title={words.sheetTitle}>
      <p className="pb-3 text-14">{chosen}</p>
      {open && <Place {...rest} />}
    </Sheet>
  );
}

function Place({ skuId, handle, quantityMax, onBuy }: Omit<WaitSheetProps, 'open' | 'onClose' | 'chosen'>) {
  const locale = useLocale();
  const words = waitlistMessages[locale];
  const { entries, failure, refresh, isKnown, isNobody } = useWaitlist(skuId);
  const [quantity, setQuantity] = useState(1);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // Kept until it is answered: an answer that was lost is asked for again, and the same wish joins once.
  const key = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another wish is another command
  useEffect(() => {
    key.current = null;
  }, [skuId, quantity]);

  if (isNobody) {
    const next = encodeURIComponent(`/p/${handle}?sku=${skuId}`);
    return (
      <>
        <p className="pb-3 text-14 text-ink-2">{words.how}</p>
        <p className="pb-3 text-14">{words.loginText}</p>
        <ShopLink href={`/login?next=${next}`} className={buttonClass('act', 'l', true)}>
          {words.login}
        </ShopLink>
      </>
    );
  }
  if (!isKnown || (entries === null && failure === null)) {
    return (
      <div role="status" aria-label={words.loading} className="flex flex-col gap-3">
        <Skeleton className="h-20 rounded-card" />
        <Skeleton className="h-12 rounded-full" />
      </div>
    );
  }
  const entry = liveEntry(entries);
  if (entry) {
    return (
      <>
        {entry.state === 'offered' && <p className="pb-2 text-18 font-semibold text-lacquer">{words.offered}</p>}
        <WaitState entry={entry} onBuy={onBuy} onMoved={refresh} />
      </>
    );
  }
  const join = async () => {
    if (isBusy) return;
    setIsBusy(true);
    key.current ??= crypto.randomUUID();
    const answer = await call('waitlist.join', { key: key.current, skuId, quantity });
    setIsBusy(false);
    setRefused(answer.ok ? null : refusalText(answer.refusal, locale));
    const isAnswered = answer.ok || (answer.refusal.code !== 'timeout' && answer.refusal.code !== 'offline');
    if (isAnswered) key.current = null;
    if (answer.ok) await refresh();
  };
  const hasLapsed = entries?.[0]?.state === 'lapsed';
  return (
    <>
      {hasLapsed && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {words.lapsed} · {words.lapsedText}
        </p>
      )}
      <p className="pb-4 text-14 text-ink-2">{words.how}</p>
      <div className="flex items-center justify-between pb-4">
        <span className="text-14 text-ink-2">{words.quantity}</span>
        <Stepper value={quantity} max={quantityMax} onChange={setQuantity} label={words.quantity} />
      </div>
      {(refused ?? failure) && (
        <p role="alert" className="pb-3 text-14 text-lacquer">
          {refused ?? (failure && refusalText(failure, locale))}
        </p>
      )}
      <Button size="l" wide busy={isBusy} onClick={join}>
        {hasLapsed ? words.joinAgain : words.join}
      </Button>
    </>
  );
}
