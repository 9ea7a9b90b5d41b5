'use client';

import { setTicked } from '../../lib/client/cart-store.ts';
import type { CartCuts } from '../../lib/domain/pricing/cart-cuts.ts';
import { cartMessages } from '../../lib/messages/cart.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { nextStepText } from '../../lib/messages/promotion.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import type { CartRow } from './cart-lines.ts';
import { useCartCuts } from './use-cart-cuts.ts';

type CartBarProps = {
  /** Lines that can be bought, as they are or with fewer units. */
  rows: readonly CartRow[];
  isTicked: (skuId: string) => boolean;
  /** These cannot be bought now. */
  invalidIds: readonly string[];
  /** The sum is of this moment; else it is greyed until it is. */
  isCurrent: boolean;
};

/** Each cut by its name, and what a little more would bring. */
function CutLines({ cuts: { cuts, hint } }: { cuts: CartCuts }) {
  const locale = useLocale();
  if (cuts.length === 0 && hint === null) return null;
  return (
    <ul className="w-full pl-2 text-14">
      {cuts.map(({ source, name, cutFen }) => (
        <li key={source} className="flex justify-between gap-3 text-jade">
          <span>{inLocale(name, locale)}</span>
          <span className="figures">−¥{yuanText(cutFen)}</span>
        </li>
      ))}
      {hint !== null && (
        <li className="text-12 text-ink-2">
          {inLocale(hint.promotion.name, locale)} · {nextStepText(hint.next, locale)}
        </li>
      )}
    </ul>
  );
}

/** What the ticked lines come to, and the way on; above the tab bar. */
export function CartBar({ rows, isTicked, invalidIds, isCurrent }: CartBarProps) {
  const words = useMessages(cartMessages);
  const sound = rows.filter(({ problem }) => problem === null);
  const ticked = sound.filter(({ skuId }) => isTicked(skuId));
  // The checkout begins without the lines that would be refused; they stay in the cart with their reasons.
  const left = [...invalidIds, ...rows.filter(({ problem }) => problem !== null).map(({ skuId }) => skuId)];
  const goodsFen = ticked.reduce((sum, row) => sum + row.subtotalFen, 0);
  const cuts = useCartCuts(ticked);
  const sumFen = goodsFen - (cuts?.discountFen ?? 0);
  const savedFen = ticked.reduce((sum, row) => sum + (row.good?.priceFen ?? 0) * row.quantity, 0) - sumFen;
  const units = ticked.reduce((sum, row) => sum + row.quantity, 0);
  const tickAll = (isOn: boolean) =>
    setTicked(
      rows.map(({ skuId }) => skuId),
      isOn,
    );
  return (
    <div className="fixed inset-x-0 bottom-[var(--tab-bar)] z-20 mx-auto flex max-w-[520px] flex-wrap items-center gap-2 border-line border-t bg-card py-2 pr-3 pl-1 wide:pr-4">
      {cuts !== null && <CutLines cuts={cuts} />}
      <label className="flex min-h-11 items-center gap-1 pl-3 text-14">
        <input
          type="checkbox"
          checked={sound.length > 0 && ticked.length === sound.length}
          onChange={(event) => tickAll(event.target.checked)}
          className="size-5 accent-[var(--lacquer)]"
        />
        {words.selectAll}
      </label>
      <p className="min-w-0 flex-1 text-right leading-tight" aria-live="polite">
        <span className="text-14">{words.total} </span>
        <Price
          fen={sumFen}
          className={cx('text-22 font-semibold', isCurrent || units === 0 ? 'text-lacquer' : 'text-ink-2')}
        />
        {savedFen > 0 && <span className="block text-12 text-ink-2">{words.saved(yuanText(savedFen))}</span>}
      </p>
      {units === 0 ? (
        <Button disabled>{words.chooseFirst}</Button>
      ) : (
        <ShopLink href="/checkout" eager onClick={() => setTicked(left, false)} className={buttonClass()}>
          {words.checkout(units)}
        </ShopLink>
      )}
    </div>
  );
}
