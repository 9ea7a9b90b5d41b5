'use client';

import { productMessages } from '../../lib/messages/product.ts';
import { productGoneMessages } from '../../lib/messages/product-gone.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';

/** No longer sold (then its category is the way on), or never known. */
export function ProductGone({ categoryId }: { categoryId?: string }) {
  const locale = useLocale();
  const words = { ...productMessages[locale], ...productGoneMessages[locale] };
  return (
    <>
      <TopBar title={words.details} backTo="/" />
      <EmptyState
        emblem="lantern"
        title={categoryId ? words.gone : words.notFound}
        text={categoryId ? undefined : words.notFoundText}
        action={
          <ShopLink href={categoryId ? `/c/${categoryId}` : '/'} className={buttonClass('act')}>
            {categoryId ? words.goneText : words.home}
          </ShopLink>
        }
      />
    </>
  );
}
