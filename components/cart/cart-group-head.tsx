'use client';

import { setTicked } from '../../lib/client/cart-store.ts';
import { cartMessages } from '../../lib/messages/cart.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { CartGroup } from './cart-lines.ts';

/** Which session these lines are from, how long it runs, and a tick for all of them. */
export function CartGroupHead({ group, isTicked }: { group: CartGroup; isTicked: (skuId: string) => boolean }) {
  const words = useMessages(cartMessages);
  const locale = useLocale();
  const name = group.name === null ? words.ordinary : inLocale(group.name, locale);
  const skuIds = group.rows.map(({ skuId }) => skuId);
  return (
    <header className="flex min-h-12 items-center pr-3">
      <label className="grid size-11 shrink-0 place-items-center">
        <input
          type="checkbox"
          aria-label={words.selectGroup(name)}
          checked={skuIds.every(isTicked)}
          onChange={(event) => setTicked(skuIds, event.target.checked)}
          className="size-5 accent-[var(--lacquer)]"
        />
      </label>
      <h2 className="min-w-0 flex-1 truncate text-16 font-semibold">{name}</h2>
      {group.endsAt !== null && (
        <span className="flex items-center gap-1 text-14 text-on-lacquer-soft">
          <Icon name="clock" className="size-4" />
          <Countdown until={group.endsAt} label={words.endsIn} />
        </span>
      )}
    </header>
  );
}
