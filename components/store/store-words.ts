import type { StockAround, Wanted } from '../../lib/client/stores/stock.ts';
import { clockText as dayClock } from '../../lib/domain/store/hours-text.ts';
import { DAY_MINUTES, type Day, openingAt } from '../../lib/domain/store/opening.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import type { StockHere, StoreState } from '../../lib/domain/store/store.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { clockText, daysUntil, momentText } from '../../lib/messages/time.ts';

/** `850 m`, `1.2 km`, `18 km`. */
export function distanceText(metres: number): string {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} m`;
  return `${metres < 9_950 ? (metres / 1_000).toFixed(1) : Math.round(metres / 1_000)} km`;
}

/** One line about whether a store is open, and until or from when. `isOpen`: goods can be fetched there now. */
export function openingWords(
  store: KnownStore,
  holidays: ReadonlySet<string>,
  stateNow: StoreState | null,
  now: number,
  locale: Locale,
): { text: string; isOpen: boolean } {
  const words = storesMessages[locale];
  const state = stateNow ?? store.state;
  if (state !== 'open') {
    const why = store.stateNote ? ` · ${inLocale(store.stateNote, locale)}` : '';
    return { text: (state === 'closed' ? words.closed : words.closedTemporarily) + why, isOpen: false };
  }
  const opening = openingAt({ ...store, holidays }, now);
  const note = opening.note ? ` · ${inLocale(opening.note, locale)}` : '';
  if (opening.state === 'unknown') return { text: words.hoursUnknown, isOpen: true };
  if (opening.state === 'shut') {
    const text = opening.opensAt === null ? words.shutLong : words.shut(momentText(opening.opensAt, now, locale));
    return { text: text + note, isOpen: false };
  }
  if (opening.closesAt === null) return { text: words.openAlways + note, isOpen: true };
  const until = clockText(opening.closesAt);
  const text = daysUntil(opening.closesAt, now) === 0 ? words.open(until) : words.openNext(until);
  return { text: text + note, isOpen: true };
}

/** `10:00–22:00`, `22:00–次日02:00`; the word for a day on which it is shut. */
export function dayWords(day: Day, locale: Locale): string {
  const words = storesMessages[locale];
  if (day.length === 0) return words.shutDay;
  return day
    .map(([from, to]) => `${dayClock(from)}–${to > DAY_MINUTES ? `${words.nextDay} ` : ''}${dayClock(to)}`)
    .join(', ');
}

/** What a store has of one line of the cart, in words. */
export function stockWords(stock: StockHere | null, locale: Locale): { text: string; tone: 'ready' | 'won' | 'quiet' } {
  const words = storesMessages[locale];
  if (stock === null) return { text: words.stock_unknown, tone: 'quiet' };
  if (stock.kind === 'here') return { text: words.stock_here, tone: 'ready' };
  if (stock.kind === 'few') return { text: words.stock_few(stock.left), tone: 'ready' };
  if (stock.kind === 'movable') return { text: words.stock_movable, tone: 'won' };
  return { text: words.stock_none, tone: 'quiet' };
}

/** The cart in one line of a list: all here, or how many kinds are, can be brought, and are not. Null: not known. */
export function cartWords(
  stock: StockAround,
  storeId: string,
  wanted: readonly Wanted[],
  locale: Locale,
): { text: string; tone: 'ready' | 'won' | 'quiet' } | null {
  const words = storesMessages[locale];
  const kinds = wanted.map((line) => stock.at(storeId, line));
  if (kinds.length === 0 || kinds.some((kind) => kind === null)) return null;
  if (kinds.length === 1) return stockWords(kinds[0] ?? null, locale);
  const count = (...names: StockHere['kind'][]) => kinds.filter((kind) => kind && names.includes(kind.kind)).length;
  const [here, movable, none] = [count('here', 'few'), count('movable'), count('none')];
  if (here === kinds.length) return { text: words.allHere, tone: 'ready' };
  const parts = [
    here > 0 ? words.here(here) : '',
    movable > 0 ? words.movable(movable) : '',
    none > 0 ? words.missing(none) : '',
  ];
  return { text: parts.filter((part) => part !== '').join(' · '), tone: here > 0 || movable > 0 ? 'won' : 'quiet' };
}
