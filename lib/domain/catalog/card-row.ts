import type { OfferFacts, SkuFacts } from './sku-view.ts';

/*
 * A grid of 24 cards travels twice in a page (once drawn, once as data), so that its data are rows of plain values
 * without names: 62 KB of HTML against 160. What a session says once (its times) is not repeated in each card.
 */

/** `sessionId, priceFen, limitPerPerson, crossedOutFen or 0, [upTo, priceFen, …]`. */
type OfferRow = readonly [string, number, number, number, readonly number[]];
/** `id, priceFen, limitPerPerson or 0, shelf, slot, offers`. */
type SkuRow = readonly [string, number, number, string, number, readonly OfferRow[]];
/** `handle, title, picture path or '', plate colour, category, skus`; the title in the language of the page. */
export type CardRow = readonly [string, string, string, string, string, readonly SkuRow[]];

export type SessionSpan = { readonly id: string; readonly startsAt: number; readonly endsAt: number };
export type CardSku = SkuFacts & { readonly shelf: string; readonly slot: number };
export type Card = {
  readonly handle: string;
  readonly title: string;
  readonly picturePath: string | null;
  readonly color: string;
  readonly categoryId: string;
  readonly skus: readonly CardSku[];
};

type Published = {
  readonly handle: string;
  readonly categoryId: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly pictures: readonly { readonly path: string; readonly color: string }[];
  readonly skus: readonly CardSku[];
};

export function cardRow(product: Published, language: 'zh' | 'en'): CardRow {
  const picture = product.pictures[0];
  return [
    product.handle,
    product.title[language],
    picture?.path ?? '',
    picture?.color ?? '',
    product.categoryId,
    product.skus.map((sku) => [
      sku.id,
      sku.priceFen,
      sku.limitPerPerson ?? 0,
      sku.shelf,
      sku.slot,
      sku.offers.map((offer) => [
        offer.sessionId,
        offer.priceFen,
        offer.limitPerPerson,
        offer.crossedOutFen ?? 0,
        offer.tiers.flatMap((tier) => [tier.upTo, tier.priceFen]),
      ]),
    ]),
  ];
}

/** What live news say of a SKU in place of its row; absent: the row is right. */
export type SkuNews = { readonly priceFen: number; readonly offers: readonly OfferFacts[] };

/** Offers of sessions that are not in `sessions` are over and left out. */
export function readCard(
  row: CardRow,
  sessions: readonly SessionSpan[],
  news?: Readonly<Record<string, SkuNews>>,
): Card {
  const [handle, title, picturePath, color, categoryId, skus] = row;
  return {
    handle,
    title,
    picturePath: picturePath === '' ? null : picturePath,
    color,
    categoryId,
    skus: skus.map(([id, priceFen, limitPerPerson, shelf, slot, offers]) => ({
      id,
      shelf,
      slot,
      limitPerPerson: limitPerPerson === 0 ? null : limitPerPerson,
      priceFen: news?.[id]?.priceFen ?? priceFen,
      offers: news?.[id]?.offers ?? offers.flatMap((offer) => readOffer(offer, sessions)),
    })),
  };
}

function readOffer(
  [sessionId, priceFen, limitPerPerson, crossedOutFen, flat]: OfferRow,
  sessions: readonly SessionSpan[],
): OfferFacts[] {
  const session = sessions.find(({ id }) => id === sessionId);
  if (!session) return [];
  const tiers = flat.flatMap((upTo, at) => (at % 2 === 0 ? [{ upTo, priceFen: flat[at + 1] ?? 0 }] : []));
  const { startsAt, endsAt } = session;
  return [{ sessionId, startsAt, endsAt, priceFen, limitPerPerson, crossedOutFen: crossedOutFen || null, tiers }];
}
