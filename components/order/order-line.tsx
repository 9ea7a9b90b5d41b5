'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Tag } from '../ui/tag.tsx';

type Line = Order['lines'][number];

/** One line of an order: what, which, how many, at what price and why that price. `isOver`: its place is another’s. */
export function OrderLine({ line, isLink, isOver }: { line: Line; isLink?: boolean; isOver?: boolean }) {
  const locale = useLocale();
  const words = useMessages(orderMessages);
  const title = inLocale(line.title, locale);
  return (
    <div className="flex gap-3 py-2">
      <span className="size-20 shrink-0 overflow-hidden rounded-card">
        <Picture path={line.picturePath} alt="" sizes="80px" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="line-clamp-2 text-14">
          {isLink ? <ShopLink href={`/p/${line.productHandle}`}>{title}</ShopLink> : title}
        </p>
        <p className="truncate text-12 text-ink-2">{inLocale(line.choice, locale)}</p>
        <p className="mt-auto flex flex-wrap gap-1">
          {line.priceKind === 'tier' && line.tierUpTo !== null && (
            <Tag tone="won">{words.tierPrice(line.tierUpTo)}</Tag>
          )}
          {line.priceKind === 'session' && <Tag tone="act">{words.sessionPrice}</Tag>}
          {line.rank !== null && !isOver && <Tag tone="won">{words.rank(line.rank)}</Tag>}
        </p>
      </div>
      <div className="shrink-0 text-right">
        <Price fen={line.unitFen} className="block text-16 font-semibold" />
        <span className="figures text-14 text-ink-2">{words.quantity(line.quantity)}</span>
        {line.discountFen > 0 && (
          <span className="block text-12 text-jade">
            {words.lineOff} −¥{yuanText(line.discountFen)}
          </span>
        )}
        {line.refundedQuantity > 0 && (
          <span className="block text-12 text-ink-2">{words.lineRefunded(line.refundedQuantity)}</span>
        )}
      </div>
    </div>
  );
}
