import { isHalfPrice, type SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { type StockCount, stockLabel, takenPercent } from '../../lib/domain/inventory/stock-label.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';

/** `前100名半价 · 剩23`, `前100名 ¥99.50`; null where no tier is open. */
export function tierWords(view: SkuView, locale: Locale): string | null {
  const { tier, offer, ordinaryFen } = view;
  if (!tier || !offer) return null;
  const words = catalogMessages[locale];
  return isHalfPrice(tier.priceFen, offer.priceFen, ordinaryFen)
    ? words.halfTier(tier.upTo, tier.left)
    : words.tierAt(tier.upTo, yuanText(tier.priceFen), tier.left);
}

/** `ready`: simply there. `going`: it is being taken. `over`: gone. */
export type StockTone = 'ready' | 'going' | 'over';
export type StockWords = { readonly text: string; readonly soldShare: number | null; readonly tone: StockTone };

/** The sentence of the stock bar; goods outside a session are simply there, few, or gone. */
export function stockWords(stock: StockCount | null, isSession: boolean, locale: Locale): StockWords {
  const words = catalogMessages[locale];
  if (!stock) return { text: words.stockUnknown, soldShare: null, tone: 'going' };
  const label = stockLabel(stock);
  const soldShare = isSession ? takenPercent(stock) / 100 : 0;
  switch (label.kind) {
    case 'sold_out':
      return { text: words.soldOut, soldShare: 1, tone: 'over' };
    case 'few':
      return { text: words.few(label.left), soldShare: takenPercent(stock) / 100, tone: 'going' };
    case 'low':
      return {
        text: label.left === null ? words.low : words.lowLeft(label.left),
        soldShare: takenPercent(stock) / 100,
        tone: 'going',
      };
    case 'taken':
      if (!isSession) return { text: words.inStock, soldShare, tone: 'ready' };
      return {
        text: label.left === null ? words.taken(label.percent) : words.takenLeft(label.percent, label.left),
        soldShare,
        tone: 'going',
      };
  }
}
