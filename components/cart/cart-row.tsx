'use client';

import { removeFromCart, setQuantity, setTicked } from '../../lib/client/cart-store.ts';
import type { StockCell } from '../../lib/domain/inventory/frame.ts';
import { stockLabel } from '../../lib/domain/inventory/stock-label.ts';
import { cartMessages } from '../../lib/messages/cart.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { lineProblemSentence } from '../../lib/messages/line-problems.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import type { CartRow } from './cart-lines.ts';

const QUANTITY_MAX = 99;

type CartRowProps = {
  row: CartRow;
  isTicked: boolean;
  stock: StockCell | null;
  /** The price is the last one heard; the phone has no network. */
  isOld: boolean;
};

/** One line. A swipe to the left brings its button to delete; the bin beside the stepper is its twin. */
export function CartRowView({ row, isTicked, stock, isOld }: CartRowProps) {
  const words = useMessages(cartMessages);
  const locale = useLocale();
  const { good, invalid, problem, skuId } = row;
  const title = good === null ? words.gone : inLocale(good.title, locale);
  const choice = good === null ? '' : inLocale(good.choice, locale);
  const remove = () => {
    removeFromCart([skuId]);
    toast(words.removed);
  };
  const stockMax = stock === null ? QUANTITY_MAX : Math.max(1, stock.available);
  const wantedMax = Math.min(QUANTITY_MAX, row.limit ?? QUANTITY_MAX, stockMax);
  const label = stock === null ? null : stockLabel(stock);

  return (
    <li className="flex snap-x snap-mandatory overflow-x-auto overscroll-x-contain [scrollbar-width:none]">
      <div className="flex w-full shrink-0 snap-start gap-1 py-3 pr-1">
        {invalid === null ? (
          <label className="grid w-11 shrink-0 place-items-center">
            <input
              type="checkbox"
              aria-label={words.selectLine(`${title} ${choice}`)}
              checked={isTicked}
              onChange={(event) => setTicked([skuId], event.target.checked)}
              className="size-5 accent-[var(--lacquer)]"
            />
          </label>
        ) : (
          <span className="w-3 shrink-0" />
        )}
        <span className={cx('size-22 shrink-0 overflow-hidden rounded-card', invalid && 'opacity-60 grayscale')}>
          <Picture path={good?.picture?.path ?? null} color={good?.picture?.color} alt="" sizes="88px" />
        </span>
        <div className="flex min-w-0 flex-1 flex-col pl-2">
          <div className="flex items-start">
            <p className="line-clamp-2 flex-1 text-14">
              {good === null ? title : <ShopLink href={`/p/${good.handle}?sku=${skuId}`}>{title}</ShopLink>}
            </p>
            <button
              type="button"
              aria-label={words.removeLine(`${title} ${choice}`)}
              onClick={remove}
              className="-my-3 grid size-11 shrink-0 place-items-center text-ink-2"
            >
              <Icon name="trash" className="size-5" />
            </button>
          </div>
          {choice !== '' && <p className="truncate text-12 text-ink-2">{choice}</p>}
          <p className="mt-1 flex flex-wrap gap-1">
            <PriceTag row={row} />
            {row.limit !== null && invalid === null && <Tag>{words.limit(row.limit)}</Tag>}
            {label?.kind === 'few' && invalid === null && <Tag tone="act">{words.left(label.left)}</Tag>}
          </p>
          {problem !== null && good !== null && (
            <p className="mt-1 flex flex-wrap items-center gap-x-1 text-14 font-medium text-on-lacquer-soft">
              <Icon name="warning" className="size-4" />
              {lineProblemSentence(locale, problem)}
              {row.possible > 0 && (
                <button
                  type="button"
                  onClick={() => setQuantity(skuId, row.possible)}
                  className="tap ml-1 underline underline-offset-4"
                >
                  {words.setTo(row.possible)}
                </button>
              )}
            </p>
          )}
          <div className="mt-auto flex flex-wrap items-center justify-between gap-x-2 pt-1">
            <span className={cx('text-18 font-semibold', isOld || invalid ? 'text-ink-2' : 'text-lacquer')}>
              {good !== null && <Price fen={row.units[0]?.unitFen ?? row.unitFen} label={words.priceNow} />}
            </span>
            {invalid === null && (
              <span className="pr-2">
                <Stepper
                  value={row.quantity}
                  max={Math.max(row.quantity, wantedMax)}
                  label={words.quantityOf(title)}
                  onChange={(quantity) => setQuantity(skuId, quantity)}
                />
              </span>
            )}
          </div>
          {isOld && <p className="text-12 text-ink-2">{words.priceOffline}</p>}
        </div>
      </div>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        onClick={remove}
        className="w-20 shrink-0 snap-end bg-lacquer text-16 font-semibold text-on-lacquer"
      >
        {words.remove}
      </button>
    </li>
  );
}

/** Why the line costs what it costs. */
function PriceTag({ row }: { row: CartRow }) {
  const words = useMessages(cartMessages);
  const tier = row.units.find((unit) => unit.priceKind === 'tier');
  if (tier?.tierUpTo) return <Tag tone="won">{words.tierPrice(tier.tierUpTo)}</Tag>;
  return row.sessionId === null ? null : <Tag tone="act">{words.sessionPrice}</Tag>;
}
