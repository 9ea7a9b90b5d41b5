'use client';

import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/clock.ts';
import type { SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';

type BuyButtonsProps = {
  sku: SkuView;
  now: number;
  /** The cart holds as many as one person may have. */
  isLimitReached: boolean;
  onCart: () => void;
  onBuy: () => void;
  /** Nothing is free: joins the waitlist, or shows one's place in it. */
  onWait: () => void;
};

const TICKING_MS = 3_600_000;

/** 加入购物车 | 立即抢购, or 已抢光 · 候补: each says what will happen, or why not. */
export function BuyButtons({ sku, now, isLimitReached, onCart, onBuy, onWait }: BuyButtonsProps) {
  const locale = useLocale();
  const words = productMessages[locale];
  const left = useLeftText(sku.opensAt);
  if (sku.state === 'sold_out') {
    return (
      <Button look="soft" size="l" className="flex-1 basis-[12rem]" onClick={onWait}>
        {words.soldOut}
      </Button>
    );
  }
  const cart = (
    <Button look="soft" size="l" className="min-w-0 flex-1 px-2!" disabled={isLimitReached} onClick={onCart}>
      {isLimitReached ? words.limitReached : words.addToCart}
    </Button>
  );
  if (sku.opensAt !== null) {
    return (
      <div className="flex flex-1 basis-[12rem] gap-2">
        {cart}
        <Button size="l" className="figures min-w-0 flex-[1.6] px-2! text-14!" disabled>
          {left === null ? words.opensAt(momentText(sku.opensAt, now, locale)) : words.opensSoon(left)}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-1 basis-[12rem] gap-2">
      {cart}
      <Button size="l" className="min-w-0 flex-1 px-2!" onClick={onBuy}>
        {sku.offer ? words.buyNow : words.buyOrdinary}
      </Button>
    </div>
  );
}

/** `00:12` or `41:07` in the last hour before the opening, each second; null earlier, and while the clock is not known. */
function useLeftText(opensAt: number | null): string | null {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (opensAt === null) return setText(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      const now = serverNow();
      const leftMs = now === null ? Number.POSITIVE_INFINITY : opensAt - now;
      const seconds = Math.ceil(Math.max(0, leftMs) / 1_000);
      const two = (value: number) => String(value).padStart(2, '0');
      setText(leftMs > TICKING_MS ? null : `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`);
      // On the next whole second of the server, not a second after we happened to start.
      timer = setTimeout(tick, Number.isFinite(leftMs) ? (leftMs % 1_000) + 1 || 1_000 : 1_000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [opensAt]);
  return text;
}
