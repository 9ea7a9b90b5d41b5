'use client';

import { useEffect } from 'react';
import { keepPage, useKeptClock } from '../../lib/client/pickup.ts';
import type { StoreCoupon } from '../../lib/contracts/store-offer.ts';
import { inLocale, pathInLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { momentText } from '../../lib/messages/time.ts';
import { MovingCode } from '../store/moving-code.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

type CodeSheetProps = { coupon: StoreCoupon; isFresh: boolean; onClose: () => void };

/** A store coupon held out to the clerk; it needs no network, and says so once it was taken. */
export function CodeSheet({ coupon, isFresh, onClose }: CodeSheetProps) {
  const words = useMessages(offersMessages);
  const locale = useLocale();
  const clock = useKeptClock(isFresh);
  const { code, rule, store, validUntil, redeemedAt, lastFour } = coupon;
  const gives = words.gives(yuanText(rule.cutFen));
  useEffect(() => {
    void keepPage(pathInLocale('/offers', locale));
  }, [locale]);
  const now = clock?.now() ?? Date.now();
  const done = (
    <Button size="l" onClick={onClose}>
      {words.done}
    </Button>
  );
  return (
    <Sheet open title={redeemedAt === null ? words.codeTitle : words.usedTitle} onClose={onClose}>
      {redeemedAt !== null ? (
        <div role="status" className="flex flex-col items-center gap-2 py-6 text-center">
          <span className="grid size-20 place-items-center rounded-full bg-jade text-card">
            <Icon name="check" className="size-10" />
          </span>
          <p className="text-22 font-semibold">{words.usedText(yuanText(rule.cutFen))}</p>
          <p className="mb-3 text-14 text-ink-2">
            {inLocale(store.name, locale)} · {words.used(momentText(redeemedAt, now, locale))}
          </p>
          {done}
        </div>
      ) : code === null || now >= validUntil ? (
        <EmptyState
          emblem="search"
          title={words.overTitle}
          text={coupon.state === 'void' ? words.withdrawn : words.expired}
          action={done}
        />
      ) : (
        <div className="flex flex-col gap-3">
          {!isFresh && (
            <p role="status" className="flex items-center gap-2 rounded-card bg-gold-soft px-3 py-2 text-14">
              <Icon name="offline" className="size-4 text-gold" />
              {words.offline}
            </p>
          )}
          <p className="text-center">
            <b className="block text-22">{gives}</b>
            <span className="text-14 text-ink-2">
              {rule.kind === 'threshold' ? words.threshold(yuanText(rule.fullFen)) : words.noThreshold} ·{' '}
              {words.atStore(inLocale(store.name, locale))}
            </span>
          </p>
          {clock && <MovingCode code={code} clock={clock} lastFour={lastFour} />}
          <p className="text-center text-14 text-ink-2">
            <span className="block text-16 font-semibold text-ink">
              {words.until(momentText(validUntil, now, locale))}
            </span>
            {words.notAtCheckout}
          </p>
        </div>
      )}
    </Sheet>
  );
}
