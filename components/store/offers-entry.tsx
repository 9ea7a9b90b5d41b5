import { offersMessages } from '../../lib/messages/offers.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** The way to the offers of stores, as a card of its own or a line of a list. */
export function OffersEntry({ isInList = false }: { isInList?: boolean }) {
  const words = offersMessages[useLocale()];
  return (
    <ShopLink
      href="/offers"
      className={cx(
        'flex min-h-13 items-center gap-3 px-3 text-16',
        !isInList && 'mb-3 rounded-card bg-card shadow-card',
      )}
    >
      <Icon name="place" className="size-5 text-lacquer" />
      <span className="min-w-0 flex-1">
        {words.entry} <span className="text-12 text-ink-2">{words.entryText}</span>
      </span>
      <Icon name="forward" className="size-4 text-ink-3" />
    </ShopLink>
  );
}
