import type { Metadata } from 'next';
import { pageMetadata } from '../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { CategoryScreen } from '../../components/catalog/category-screen.tsx';
import { CategoryTiles } from '../../components/catalog/category-tiles.tsx';
import { SearchLink } from '../../components/catalog/search-link.tsx';
import { LateShare } from '../../components/sharing/late-share.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { TopBar } from '../../components/ui/top-bar.tsx';
import type { Category } from '../../lib/contracts/catalog.ts';
import { cardRow } from '../../lib/domain/catalog/card-row.ts';
import { categoryMessages } from '../../lib/messages/category.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { searchMessages } from '../../lib/messages/search.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { catalogue } from '../catalogue.ts';
import { previewOf } from './preview.ts';

const FIRST_MAX = 24;

/** A build without products has one page that says so: a route with no page at all stops the export. */
export function categoryParams(): { id: string }[] {
  const { categories } = catalogue();
  return categories.length > 0 ? categories.map(({ id }) => ({ id })) : [{ id: 'none' }];
}

export function categoryMetadata(locale: Locale, id: string): Metadata {
  const category = catalogue().categories.find((each) => each.id === id);
  const title = category ? inLocale(category.name, locale) : categoryMessages[locale].allCategories;
  return pageMetadata({
    locale,
    path: `/c/${id}`,
    title,
    preview: previewOf(`/c/${id}`, locale),
  });
}

/** As much of a category's picture as travels with its page. */
const pictureOf = ({ picture }: Category) => picture && { path: picture.path, color: picture.color };

export function CategoryPage({ locale, id }: { locale: Locale; id: string }) {
  const { categories, products, sessions, publishedAt } = catalogue();
  const category = categories.find((each) => each.id === id);
  const own = products.filter(({ categoryId }) => categoryId === id);
  const words = categoryMessages[locale];
  return (
    <ShopFrame isLive>
      <TopBar
        title={category ? inLocale(category.name, locale) : words.allCategories}
        backTo="/c"
        actions={
          <>
            <SearchLink label={searchMessages[locale].search} />
            {category && (
              <LateShare
                path={`/c/${id}`}
                title={inLocale(category.name, locale)}
                poster={{ kind: 'category', name: inLocale(category.name, locale), picture: pictureOf(category) }}
                look="bar"
              />
            )}
          </>
        }
      />
      {category ? (
        <CategoryScreen
          publishedAt={publishedAt}
          sessions={sessions.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt }))}
          categories={categories.map(({ id, name }) => [id, inLocale(name, locale)] as const)}
          here={id}
          rows={own.slice(0, FIRST_MAX).map((product) => cardRow(product, locale === 'zh-CN' ? 'zh' : 'en'))}
          count={own.length}
        />
      ) : (
        <EmptyState
          emblem="lantern"
          title={venueMessages[locale].emptyShop}
          text={venueMessages[locale].emptyShopText}
        />
      )}
    </ShopFrame>
  );
}

export function CategoriesPage({ locale }: { locale: Locale }) {
  const { categories, products } = catalogue();
  const words = categoryMessages[locale];
  const tiles = categories.map(({ id, name, picture }) => {
    const own = products.filter(({ categoryId }) => categoryId === id);
    return { id, name: inLocale(name, locale), picture: picture ?? own[0]?.pictures[0] ?? null, count: own.length };
  });
  return (
    <ShopFrame>
      <TopBar title={words.allCategories} actions={<SearchLink label={searchMessages[locale].search} />} />
      {tiles.length > 0 ? (
        <CategoryTiles tiles={tiles} locale={locale} />
      ) : (
        <EmptyState
          emblem="lantern"
          title={venueMessages[locale].emptyShop}
          text={venueMessages[locale].emptyShopText}
        />
      )}
    </ShopFrame>
  );
}
