import type { FoundStore } from '../../lib/client/stores/near.ts';
import type { StockAround, Wanted } from '../../lib/client/stores/stock.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { cartWords, distanceText, openingWords } from './store-words.ts';

type StoreRowProps = {
  found: FoundStore;
  holidays: ReadonlySet<string>;
  stock: StockAround | null;
  wanted: readonly Wanted[];
  now: number;
  onOpen: () => void;
};

/** One store of a list: how far, whether it is open, and what it has of the cart. */
export function StoreRow({ found: { store, metres }, holidays, stock, wanted, now, onOpen }: StoreRowProps) {
  const locale = useLocale();
  const words = storesMessages[locale];
  const { text, isOpen } = openingWords(store, holidays, stock?.stateOf(store.id) ?? null, now, locale);
  const cart = stock && cartWords(stock, store.id, wanted, locale);
  const name = inLocale(store.name, locale);
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="pressable flex w-full items-start gap-3 rounded-card bg-card p-4 text-left shadow-card"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 text-16 font-semibold">{name}</span>
            {metres !== null && (
              <span className="shrink-0 text-14 text-ink-2 tabular-nums">{words.away(distanceText(metres))}</span>
            )}
          </span>
          <span className={`mt-1 block text-14 ${isOpen ? 'text-jade' : 'text-ink-2'}`}>{text}</span>
          <span className="mt-0.5 line-clamp-2 text-14 text-ink-2">{inLocale(store.address, locale)}</span>
          {(cart || !store.services.includes('pickup')) && (
            <span className="mt-2 flex flex-wrap gap-1.5">
              {cart && <Tag tone={cart.tone}>{cart.text}</Tag>}
              {!store.services.includes('pickup') && <Tag>{words.noPickup}</Tag>}
            </span>
          )}
        </span>
        <Icon name="forward" className="mt-0.5 size-4 text-ink-3" />
      </button>
    </li>
  );
}
