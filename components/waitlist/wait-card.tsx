'use client';

import type { WaitEntry } from '../../lib/contracts/waitlist.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { waitlistMessages } from '../../lib/messages/waitlist.ts';
import { WaitState } from '../catalog/wait-state.tsx';
import { buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Tag } from '../ui/tag.tsx';

type WaitCardProps = { entry: WaitEntry; onBuy: (quantity: number) => void; onMoved: () => void };

const ENDED = {
  taken: { state: 'taken', text: 'takenText' },
  lapsed: { state: 'lapsed', text: 'lapsedText' },
  left: { state: 'left_state', text: 'leftText' },
  passed: { state: 'passed', text: 'passedText' },
} as const;

/** One entry: what for, how it stands, and the one way on. */
export function WaitCard({ entry, onBuy, onMoved }: WaitCardProps) {
  const locale = useLocale();
  const words = waitlistMessages[locale];
  const ended = entry.state === 'waiting' || entry.state === 'offered' ? null : ENDED[entry.state];
  const title = inLocale(entry.title, locale);
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex gap-3 pb-3">
        <span className="size-16 shrink-0 overflow-hidden rounded-card">
          <Picture path={entry.picturePath} alt="" sizes="64px" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="line-clamp-2 text-14">
            <ShopLink href={`/p/${entry.productHandle}?sku=${entry.skuId}`}>{title}</ShopLink>
          </p>
          <p className="truncate text-12 text-ink-2">{inLocale(entry.choice, locale)}</p>
        </div>
        <span className="shrink-0 text-right">
          {entry.state === 'offered' && <Tag tone="won">{words.offered}</Tag>}
          {ended && <span className="text-14 text-ink-2">{words[ended.state]}</span>}
          <span className="figures block text-14 text-ink-2">
            {words.units(entry.offeredQuantity ?? entry.quantity)}
          </span>
        </span>
      </div>
      {ended === null ? (
        <WaitState entry={entry} onBuy={onBuy} onMoved={onMoved} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="min-w-0 flex-1 basis-[10rem] text-14 text-ink-2">{words[ended.text]}</p>
          {entry.orderId !== null ? (
            <ShopLink href={`/order?id=${entry.orderId}`} className={buttonClass('soft', 's')}>
              {words.seeOrder}
            </ShopLink>
          ) : (
            <ShopLink href={`/p/${entry.productHandle}?sku=${entry.skuId}`} className={buttonClass('quiet', 's')}>
              {words.seeGoods}
            </ShopLink>
          )}
        </div>
      )}
    </li>
  );
}
