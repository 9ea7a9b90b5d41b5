import { assert } from '../assert.ts';
import { type Fen, splitFen, toFen } from '../money/fen.ts';
import { choosePromotions } from './choose-promotions.ts';
import type { Promotion, ScopedGood } from './promotion.ts';
import { goesWith, type PriceKind } from './stacking.ts';

/** What takes money off, in the order in which it does. */
export type CutKind = 'member' | 'promotion' | 'coupon' | 'points';

/** Units of one SKU at one price, before anything is taken off. */
export type GoodsUnits = ScopedGood & {
  readonly skuId: string;
  readonly quantity: number;
  readonly unitFen: number;
  readonly priceKind: PriceKind;
  /** Their session says that promotions go with its prices. */
  readonly sessionSays: boolean;
  /** The price of this SKU for this shopper's level; null where there is none. */
  readonly memberFen: number | null;
};

type Words = { readonly zh: string; readonly en: string };

/** A coupon or points: so much off these goods, or off all when `skuIds` is null. */
export type LaterCut = {
  readonly kind: 'coupon' | 'points';
  readonly source: string;
  readonly name: Words;
  readonly cutFen: number;
  readonly skuIds: readonly string[] | null;
};

/** One line of the breakdown: what took how much off the whole. */
export type Cut = { readonly kind: CutKind; readonly source: string; readonly name: Words; readonly cutFen: Fen };

export type PricedGoods = {
  /** Beside each units that were given: its share of the cuts, by source, and their sum. */
  readonly shares: readonly {
    readonly discountFen: Fen;
    readonly cuts: readonly { readonly source: string; readonly cutFen: Fen }[];
  }[];
  readonly cuts: readonly Cut[];
  /** Before the cuts. */
  readonly goodsFen: Fen;
  readonly discountFen: Fen;
};

const MEMBER_PRICE = { source: 'member', name: { zh: '会员价', en: 'Member price' } } as const;

/** The order in which goods are counted and fen left over are given away: it does not depend on the cart's. */
function canonical(goods: readonly GoodsUnits[]): number[] {
  const key = ({ skuId, unitFen, quantity }: GoodsUnits) => [skuId, unitFen, quantity] as const;
  return [...goods.keys()].sort((a, b) => {
    const [skuA, unitA, piecesA] = key(goods[a] as GoodsUnits);
    const [skuB, unitB, piecesB] = key(goods[b] as GoodsUnits);
    return skuA === skuB ? unitA - unitB || piecesA - piecesB : skuA < skuB ? -1 : 1;
  });
}

/**
 * Takes off what may be taken off, in this order: the member's price, promotions, coupon, points. The activity's price
 * is in `unitFen` already, and freight comes after (`freightFor`).
 *
 * Every cut is shared out over its goods in proportion to what they still cost, by largest remainder: shares add up to
 * the cut to the fen, and no share is more than its goods cost. Coupon and points leave at least one fen to pay. The
 * same goods in another order have the same shares.
 */
export function priceGoods(
  goods: readonly GoodsUnits[],
  promotions: readonly Promotion[],
  later: readonly LaterCut[] = [],
): PricedGoods {
  const order = canonical(goods);
  const left = goods.map(({ unitFen, quantity }) => unitFen * quantity);
  const shares = goods.map(() => [] as { source: string; cutFen: Fen }[]);
  const cuts: Cut[] = [];
  const goodsFen = left.reduce((sum, fen) => sum + fen, 0);

  function take(cut: Cut, members: readonly number[], amounts: readonly Fen[]): void {
    members.forEach((index, at) => {
      const cutFen = amounts[at] ?? toFen(0);
      if (cutFen === 0) return;
      const before = left[index] ?? 0;
      assert(cutFen <= before, 'no share is more than its goods cost');
      left[index] = before - cutFen;
      shares[index]?.push({ source: cut.source, cutFen });
    });
    if (cut.cutFen > 0) cuts.push(cut);
  }

  const takeShared = (cut: Cut, members: readonly number[]) => {
    const weights = members.map((index) => left[index] ?? 0);
    if (weights.some((weight) => weight > 0)) take(cut, members, splitFen(cut.cutFen, weights));
  };

  const goodsFor = (kind: CutKind) =>
    order.filter((index) => {
      const { priceKind, sessionSays } = goods[index] as GoodsUnits;
      return goesWith(kind, priceKind, sessionSays);
    });

  const members = goodsFor('member');
  const memberCuts = members.map((index) => {
    const { memberFen, unitFen, quantity } = goods[index] as GoodsUnits;
    return toFen(memberFen === null ? 0 : Math.max(0, unitFen - memberFen) * quantity);
  });
  const memberFen = toFen(memberCuts.reduce<number>((sum, fen) => sum + fen, 0));
  take({ kind: 'member', ...MEMBER_PRICE, cutFen: memberFen }, members, memberCuts);

  const countable = goodsFor('promotion');
  const steps = choosePromotions(
    promotions,
    countable.map((index) => {
      const { productHandle, categoryId, quantity } = goods[index] as GoodsUnits;
      return { productHandle, categoryId, quantity, amountFen: left[index] ?? 0 };
    }),
  );
  for (const { promotion, members: taken, cutFen } of steps) {
    const cut = { kind: 'promotion', source: promotion.id, name: promotion.name, cutFen: toFen(cutFen) } as const;
    takeShared(
      cut,
      taken.map((at) => countable[at] as number),
    );
  }

  for (const { kind, source, name, cutFen, skuIds } of later) {
    const base = goodsFor(kind).filter((index) => skuIds === null || skuIds.includes(goods[index]?.skuId ?? ''));
    const baseFen = base.reduce((sum, index) => sum + (left[index] ?? 0), 0);
    const payFen = left.reduce((sum, fen) => sum + fen, 0);
    const fen = toFen(Math.max(0, Math.min(cutFen, baseFen, payFen - 1)));
    takeShared({ kind, source, name, cutFen: fen }, base);
  }

  return {
    shares: shares.map((own) => ({
      cuts: own,
      discountFen: toFen(own.reduce((sum, { cutFen }) => sum + cutFen, 0)),
    })),
    cuts,
    goodsFen: toFen(goodsFen),
    discountFen: toFen(goodsFen - left.reduce((sum, fen) => sum + fen, 0)),
  };
}
