import { assert } from '../assert.ts';
import { type Fen, splitFen, toFen } from '../money/fen.ts';
import { choosePromotions } from './choose-promotions.ts';
import type { Promotion, ScopedGood } from './promotion.ts';
import { goesWith, type PriceKind, RED_PACKET_PERMILLE } from './stacking.ts';

/** What takes money off, in the order in which it does. */
export type CutKind = 'member' | 'promotion' | 'coupon' | 'red_packet' | 'points';

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

export type LaterKind = 'coupon' | 'red_packet' | 'points';

/** A coupon, a red packet or points: so much off these goods, or off all when `skuIds` is null. */
export type LaterCut = {
  readonly kind: LaterKind;
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

/** What is on the table: what each units still cost, and what red packets may still take of them. */
export type Amounts = { readonly left: readonly number[]; readonly room: readonly number[] };

/** Goods at the till, after the member's price and promotions: coupons and points come on top, one after another. */
export type Till = {
  readonly goods: readonly GoodsUnits[];
  amounts(): Amounts;
  /** Indices of the goods that a cut of this kind goes with, in an order that does not depend on the cart's. */
  goodsFor(kind: CutKind): readonly number[];
  /** Takes a later cut; answers what it came to. */
  take(cut: LaterCut): Fen;
  priced(): PricedGoods;
};

/**
 * What a later cut of `cutFen` comes to on `members`, and each one's share: in proportion to what they still cost, by
 * largest remainder. A red packet takes no more of a line than all of them may. A fen of the whole stays to be paid.
 */
export function laterShares(
  { left, room }: Amounts,
  kind: LaterKind,
  members: readonly number[],
  cutFen: number,
): { readonly cutFen: Fen; readonly shares: readonly Fen[] } {
  const weights = members.map((index) => {
    const fen = left[index] ?? 0;
    return kind === 'red_packet' ? Math.min(fen, room[index] ?? 0) : fen;
  });
  const baseFen = weights.reduce((sum, fen) => sum + fen, 0);
  const payFen = left.reduce((sum, fen) => sum + fen, 0);
  const fen = toFen(Math.max(0, Math.min(cutFen, baseFen, payFen - 1)));
  return { cutFen: fen, shares: fen === 0 ? members.map(() => toFen(0)) : splitFen(fen, weights) };
}

/** Takes off the member's price and promotions, and waits for what comes on top. */
export function openTill(goods: readonly GoodsUnits[], promotions: readonly Promotion[]): Till {
  const order = canonical(goods);
  const left = goods.map(({ unitFen, quantity }) => unitFen * quantity);
  const room = left.map((fen) => Math.floor((fen * RED_PACKET_PERMILLE) / 1000));
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
      if (cut.kind === 'red_packet') room[index] = (room[index] ?? 0) - cutFen;
      shares[index]?.push({ source: cut.source, cutFen });
    });
    if (cut.cutFen > 0) cuts.push(cut);
  }

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
    const indices = taken.map((at) => countable[at] as number);
    const weights = indices.map((index) => left[index] ?? 0);
    if (weights.some((weight) => weight > 0)) take(cut, indices, splitFen(cut.cutFen, weights));
  }

  return {
    goods,
    amounts: () => ({ left: [...left], room: [...room] }),
    goodsFor,
    take({ kind, source, name, cutFen, skuIds }) {
      const base = goodsFor(kind).filter((index) => skuIds === null || skuIds.includes(goods[index]?.skuId ?? ''));
      const later = laterShares({ left, room }, kind, base, cutFen);
      take({ kind, source, name, cutFen: later.cutFen }, base, later.shares);
      return later.cutFen;
    },
    priced: () => ({
      shares: shares.map((own) => ({
        cuts: own,
        discountFen: toFen(own.reduce((sum, { cutFen }) => sum + cutFen, 0)),
      })),
      cuts,
      goodsFen: toFen(goodsFen),
      discountFen: toFen(goodsFen - left.reduce((sum, fen) => sum + fen, 0)),
    }),
  };
}

/**
 * Takes off what may be taken off, in this order: the member's price, promotions, coupons, red packets, points. The
 * activity's price is in `unitFen` already, and freight comes after (`freightFor`).
 *
 * Every cut is shared out over its goods in proportion to what they still cost, by largest remainder: shares add up to
 * the cut to the fen, and no share is more than its goods cost. What comes on top leaves at least one fen to pay. The
 * same goods in another order have the same shares.
 */
export function priceGoods(
  goods: readonly GoodsUnits[],
  promotions: readonly Promotion[],
  later: readonly LaterCut[] = [],
): PricedGoods {
  const till = openTill(goods, promotions);
  for (const cut of later) till.take(cut);
  return till.priced();
}
