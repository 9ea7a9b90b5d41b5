import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { SearchScreen } from '../../components/catalog/search-screen.tsx';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { catalogue } from '../catalogue.ts';

const HOT_MAX = 8;
const WORD_MAX = 18;

/** Search: what is popular is what the sessions sell, by the first words of its name. */
export function SearchPage({ locale }: { locale: Locale }) {
  const { sessions, products, categories, publishedAt } = catalogue();
  const inSessions = new Set(sessions.flatMap((session) => session.products.slice(0, 3)));
  const fromGoods = products
    .filter(({ handle }) => inSessions.has(handle))
    .map(({ title }) => firstWords(inLocale(title, locale)));
  const words = [...fromGoods, ...categories.map(({ name }) => inLocale(name, locale))];
  return (
    <ShopFrame isLive>
      <SearchScreen
        publishedAt={publishedAt}
        sessions={sessions.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt }))}
        hotWords={[...new Set(words)].filter((word) => word !== '').slice(0, HOT_MAX)}
      />
    </ShopFrame>
  );
}

/** As many whole words as fit on a chip; a Chinese title is parted by its spaces. */
function firstWords(title: string): string {
  let text = '';
  for (const word of title.split(/[\s,，·]+/)) {
    const next = text === '' ? word : `${text} ${word}`;
    if (next.length > WORD_MAX) break;
    text = next;
  }
  return text || title.slice(0, WORD_MAX);
}
