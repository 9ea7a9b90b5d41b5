'use client';

import { useCallback, useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { lookAround, type OfferingStore, offeringStores } from '../../lib/client/offers/offers.ts';
import type { useClaiming } from '../../lib/client/offers/own-coupons.ts';
import { useWatchedFix } from '../../lib/client/offers/watched-fix.ts';
import type { StoreCoupon } from '../../lib/contracts/store-offer.ts';
import { patchOf } from '../../lib/domain/store/cell.ts';
import { accuracyBucket, type Fix } from '../../lib/domain/store/fence.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OfferingStoreCard } from './offering-store.tsx';

const AGAIN_MS = 30_000;

type Around = Awaited<ReturnType<typeof lookAround>>;

/** What is around, asked again when the phone has gone on, and every half minute. `undefined`: not heard yet. */
function useAround(fix: Fix | null): { around: Around | undefined; refresh: () => void } {
  const [around, setAround] = useState<Around | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const patch = fix && accuracyBucket(fix.accuracyM) !== null ? patchOf(fix.point) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for the patch, not for each metre
  useEffect(() => {
    if (fix === null || patch === null) return;
    let isOver = false;
    const look = () => void lookAround(fix.point).then((found) => !isOver && setAround(found));
    look();
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), AGAIN_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [patch, turn]);
  return { around, refresh: useCallback(() => setTurn((before) => before + 1), []) };
}

type NearOffersProps = {
  own: readonly StoreCoupon[];
  isNobody: boolean;
  claiming: ReturnType<typeof useClaiming>;
  onTaken: (coupon: StoreCoupon | null) => void;
  onStop: () => void;
};

/** Stores within 500 m that give something. Each way in which there are none has its own words and its own next step. */
export function NearOffers({ own, isNobody, claiming, onTaken, onStop }: NearOffersProps) {
  const words = useMessages(offersMessages);
  const { watched, again } = useWatchedFix(true);
  const fix = watched.kind === 'here' ? watched.fix : null;
  const { around, refresh } = useAround(fix);

  if (watched.kind === 'locating') return <Looking text={words.locating} />;
  if (fix === null) {
    const kind = watched.kind === 'here' ? 'unavailable' : watched.kind;
    return (
      <State title={words[`${kind}Title`]} text={words[`${kind}Text`]} onStop={onStop}>
        <Button wide onClick={again}>
          {words.tryAgain}
        </Button>
      </State>
    );
  }
  if (accuracyBucket(fix.accuracyM) === null) {
    return (
      <State title={words.impreciseTitle} text={words.impreciseText(Math.round(fix.accuracyM))} onStop={onStop}>
        <Button wide onClick={again}>
          {words.tryAgain}
        </Button>
      </State>
    );
  }
  if (around === undefined) return <Looking text={words.searching} />;
  if (around === null) {
    return (
      <State title={words.failedTitle} text={words.failedText} onStop={onStop}>
        <Button wide onClick={refresh}>
          {words.tryAgain}
        </Button>
      </State>
    );
  }
  const found = offeringStores(fix, around.stores, around.offers);
  if (found === 'imprecise' || found.length === 0) {
    return (
      <State title={words.noneTitle} text={words.noneText} onStop={onStop}>
        <ShopLink href="/stores" className={buttonClass('act', 'm', true)}>
          {words.toStores}
        </ShopLink>
      </State>
    );
  }
  return <Found found={found} fix={fix} {...{ own, isNobody, claiming, onTaken, onStop }} />;
}

function Looking({ text }: { text: string }) {
  return (
    <div role="status" aria-label={text} className="flex flex-col gap-3">
      <p className="text-14 text-ink-2">{text}</p>
      <Skeleton className="h-36 w-full" />
    </div>
  );
}

type StateProps = { title: string; text: string; onStop: () => void; children: React.ReactNode };

function State({ title, text, onStop, children }: StateProps) {
  const words = useMessages(offersMessages);
  return (
    <section role="status" className="rounded-card bg-card p-4 shadow-card">
      <h2 className="flex items-center gap-2 text-18 font-semibold">
        <Icon name="place" className="size-5 text-ink-3" />
        {title}
      </h2>
      <p className="mt-1 mb-3 text-14 text-ink-2">{text}</p>
      {children}
      <Button look="quiet" wide className="mt-2" onClick={onStop}>
        {words.stopLooking}
      </Button>
    </section>
  );
}

function Found({
  found,
  fix,
  own,
  isNobody,
  claiming,
  onTaken,
  onStop,
}: NearOffersProps & { found: readonly OfferingStore[]; fix: Fix }) {
  const words = useMessages(offersMessages);
  const now = serverNow();
  return (
    <section aria-labelledby="near-offers">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <div role="status" className="min-w-0 flex-1">
          <h2 id="near-offers" className="text-18 font-semibold">
            {words.found(found.length)}
          </h2>
        </div>
        <Button look="quiet" size="s" onClick={onStop}>
          {words.stopLooking}
        </Button>
      </div>
      <ul className="flex flex-col gap-3">
        {found.map((one) => (
          <li key={one.store.id}>
            <OfferingStoreCard
              offering={one}
              now={now}
              isNobody={isNobody}
              isClaimed={own.some(({ store, claimedAt }) => store.id === one.store.id && isSameDay(claimedAt, now))}
              claiming={claiming}
              onClaim={async (offerId) =>
                onTaken(
                  await claiming.claim(`${offerId} ${one.store.id}`, {
                    by: 'near',
                    offerId,
                    storeId: one.store.id,
                    fix,
                  }),
                )
              }
            />
          </li>
        ))}
      </ul>
      <p className="mt-3 text-12 text-ink-2">{words.notAtCheckout}</p>
    </section>
  );
}

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
/** A hint for the button; the server counts days by the store's clocks and hours. */
const isSameDay = (a: number, b: number) =>
  Math.floor((a + BEIJING_MS) / DAY_MS) === Math.floor((b + BEIJING_MS) / DAY_MS);
