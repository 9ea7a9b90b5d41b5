import { Icon } from '../ui/icon.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** The way to search from the head of a page. */
export function SearchLink({ label }: { label: string }) {
  return (
    <ShopLink href="/search" aria-label={label} className="-mr-2 grid size-11 place-items-center text-ink">
      <Icon name="search" />
    </ShopLink>
  );
}
