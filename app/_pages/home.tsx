import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import type { CategoryRow } from '../../components/venue/category-shelves.tsx';
import { Home } from '../../components/venue/home.tsx';
import { HomeHeader } from '../../components/venue/home-header.tsx';
import { cardRow } from '../../lib/domain/catalog/card-row.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { catalogue } from '../catalogue.ts';

/** Cards of one session on the home page, and products of one category in its row. */
const SESSION_MAX = 24;
const ROW_MAX = 6;

/** The home page of one language; only what it can show travels to the phone, each product once. */
export function HomePage({ locale }: { locale: Locale }) {
  const { festival, sessions, categories, products, publishedAt } = catalogue();
  const shown = sessions.map((session) => ({ ...session, products: session.products.slice(0, SESSION_MAX) }));
  const featured = products.slice(0, SESSION_MAX).map(({ handle }) => handle);
  const shelves = categories.flatMap(({ id, name }): CategoryRow[] => {
    const handles = products.filter(({ categoryId }) => categoryId === id).slice(0, ROW_MAX);
    return handles.length > 0 ? [[id, inLocale(name, locale), handles.map(({ handle }) => handle)]] : [];
  });
  const wanted = new Set([
    ...shown.flatMap((session) => session.products),
    ...(sessions.length > 0 ? [] : featured),
    ...shelves.flatMap(([, , handles]) => handles),
  ]);
  const language = locale === 'zh-CN' ? 'zh' : 'en';
  const rows = products.filter(({ handle }) => wanted.has(handle)).map((product) => cardRow(product, language));
  return (
    <ShopFrame isLive>
      <HomeHeader locale={locale} name={inLocale(festival.name, locale)} />
      <Home
        name={inLocale(festival.name, locale)}
        publishedAt={publishedAt}
        sessions={shown}
        rows={rows}
        featured={featured}
        categories={shelves}
      />
    </ShopFrame>
  );
}
