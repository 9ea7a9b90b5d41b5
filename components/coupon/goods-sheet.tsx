'use client';

import { useAllCards } from '../../lib/client/cards.ts';
import { couponGoodsMessages } from '../../lib/messages/coupon-goods.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type GoodsSheetProps = { open: boolean; handles: readonly string[]; onClose: () => void };

/** The products that a coupon is for, each a way to its page. */
export function GoodsSheet({ open, handles, onClose }: GoodsSheetProps) {
  const locale = useLocale();
  const words = couponGoodsMessages[locale];
  const rows = useAllCards(open, locale);
  const goods = rows?.filter(([handle]) => handles.includes(handle));
  return (
    <Sheet open={open} onClose={onClose} title={words.title}>
      {goods === undefined && (
        <div role="status" aria-label={words.loading} className="flex flex-col gap-2">
          {[0, 1, 2].map((index) => (
            <Skeleton key={index} className="h-18 rounded-card" />
          ))}
        </div>
      )}
      {goods?.length === 0 && <EmptyState emblem="search" title={words.none} />}
      <ul className="divide-y divide-line">
        {goods?.map(([handle, title, picturePath, color]) => (
          <li key={handle}>
            <ShopLink href={`/p/${handle}`} replace className="flex min-h-18 items-center gap-3 py-2">
              <span className="size-14 shrink-0 overflow-hidden rounded-card">
                <Picture path={picturePath === '' ? null : picturePath} color={color} alt="" sizes="56px" />
              </span>
              <span className="line-clamp-2 min-w-0 flex-1 text-16">{title}</span>
              <Icon name="forward" className="size-4 text-ink-3" />
            </ShopLink>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
