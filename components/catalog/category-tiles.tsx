import type { Picture as PictureFacts } from '../../lib/contracts/catalog.ts';
import { categoryMessages } from '../../lib/messages/category.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { Picture } from '../ui/picture.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

export type CategoryTile = {
  id: string;
  name: string;
  picture: Pick<PictureFacts, 'path' | 'color'> | null;
  count: number;
};

/** All categories as tiles: name at the left, its picture cut at the right edge. */
export function CategoryTiles({ tiles, locale }: { tiles: readonly CategoryTile[]; locale: Locale }) {
  return (
    <ul className="grid grid-cols-2 gap-2 gutter pt-3">
      {tiles.map(({ id, name, picture, count }) => (
        <li key={id}>
          <ShopLink href={`/c/${id}`} className="pressable block overflow-hidden rounded-card bg-card shadow-card">
            <Picture
              path={picture?.path ?? null}
              color={picture?.color}
              alt=""
              sizes="(min-width: 520px) 244px, 47vw"
              className="aspect-4/3!"
              eager
            />
            <span className="flex flex-wrap items-baseline justify-between gap-x-2 p-2.5">
              <span className="text-16 font-semibold">{name}</span>
              <span className="figures text-12 text-ink-2">{categoryMessages[locale].units(count)}</span>
            </span>
          </ShopLink>
        </li>
      ))}
    </ul>
  );
}
