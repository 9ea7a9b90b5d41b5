import { assert } from '../assert.ts';
import { type HeldOffer, withOffer } from '../inventory/waitlist.ts';
import { type Fen, toFen } from '../money/fen.ts';
import { atStore, CENTRAL, NO_FREIGHT, type Source, skusAt, sourcesOf } from '../pickup/place.ts';
import { type FreightRule, freightFor } from '../pricing/freight.ts';
import { type Cut, openTill, type PricedGoods, type Till } from '../pricing/price-goods.ts';
import {
  type LinePrice,
  type LineRefusal,
  type OfferFacts,
  priceLine,
  type SkuFacts,
  tierScope,
} from '../pricing/price-line.ts';
import { type Promotion, runningPromotions } from '../pricing/promotion.ts';
import type { CouponChoice, HeldCoupon } from '../promo/coupon.ts';
import { takeCoupons, type UsedCoupon } from '../promo/take-coupons.ts';
import type { Calendar } from '../store/opening.ts';

export type Wanted = { readonly skuId: string; readonly quantity: number };

/** What the shopper was shown, read back from the signed version. */
export type ShownPrice = {
  readonly quotedAt: number;
  readonly totalFen: number;
  /** Subtotal by SKU. */
  readonly bySku: ReadonlyMap<string, number>;
  readonly hadTier: ReadonlySet<string>;
  /** The coupons that it was shown with, and how they were chosen; left out: nothing was asked about coupons. */
  readonly coupons?: { readonly choice: CouponChoice['choice']; readonly ids: readonly string[] };
};

export type SubmitCommand = {
  readonly shopperId: string;
  readonly key: string;
  /** Hash of what was asked; the same key with another hash is refused. */
  readonly requestHash: string;
  readonly lines: readonly Wanted[];
  readonly shown: ShownPrice;
  /** Where it is to be fetched; left out: it is delivered. */
  readonly storeId?: string;
  /** When somebody is there; comes with `storeId`. */
  readonly calendar?: Calendar;
  /** The key was sent before and its answer was not heard: that sending may still be on its way. */
  readonly isAgain?: boolean;
};

export type EarlierOrder = {
  readonly orderId: string;
  readonly requestHash: string;
  readonly totalFen: number;
  readonly payBefore: number;
  readonly rank: number | null;
};

/** What the database said under its locks, for all commands of a batch. */
export type Books = {
  /** Database clock, epoch ms. */
  readonly now: number;
  readonly skus: ReadonlyMap<string, SkuFacts>;
  /** Those in force are picked by `now`. */
  readonly promotions: readonly Promotion[];
  /** `${shopperId}|${skuId}|${scope}` → units held or owned. */
  readonly used: ReadonlyMap<string, number>;
  /** `${shopperId}|${key}` → the order that this key made. */
  readonly earlier: ReadonlyMap<string, EarlierOrder>;
  /** `${shopperId}|${key}` → what this key was refused with when it was sent again. */
  readonly refused?: ReadonlyMap<string, Refusal>;
  readonly unpaid: ReadonlyMap<string, number>;
  /** `offerKey` → units that the waitlist holds for this person. */
  readonly offers: ReadonlyMap<string, HeldOffer>;
  /** Units at stores that somebody new may have, by `atStore`; those that the commands name. */
  readonly stores?: ReadonlyMap<string, number>;
  /** By id, locked; those that the commands name. */
  readonly coupons?: ReadonlyMap<string, HeldCoupon & { readonly shopperId: string }>;
};

export type SettleRules = { readonly freight: FreightRule; readonly quoteValidMs: number; readonly unpaidMax: number };

export type PricedOrder = {
  readonly lines: readonly {
    readonly skuId: string;
    readonly price: LinePrice;
    /** Beside each of `price.units`: its share of what is taken off. */
    readonly shares: PricedGoods['shares'];
  }[];
  /** Before anything is taken off. */
  readonly goodsFen: Fen;
  readonly cuts: readonly Cut[];
  readonly discountFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
  readonly savedFen: Fen;
  readonly rank: number | null;
};

export type LineProblemFacts = LineRefusal & { readonly skuId: string };

export type Decision =
  /** `offersUsed`: waitlist entries whose units went into the order; what it leaves of them is free again. */
  | {
      readonly kind: 'accepted';
      readonly order: PricedOrder;
      readonly offersUsed: readonly string[];
      readonly couponsUsed: readonly UsedCoupon[];
      /** Of an order for pickup: where each SKU comes from; null: all is the warehouse's. */
      readonly sources: ReadonlyMap<string, Source> | null;
    }
  | { readonly kind: 'replay'; readonly earlier: EarlierOrder }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'lines_refused'; readonly problems: readonly LineProblemFacts[] }
  | {
      readonly kind: 'price_changed' | 'tier_full' | 'quote_expired';
      readonly fresh: PricedOrder;
      /** When it was priced, on the database's clock: a quote is dated by no other. */
      readonly pricedAt: number;
    }
  | { readonly kind: 'too_many_unpaid'; readonly max: number };

/** Nothing was ordered by this key, and the shopper is told so. */
export type Refusal = Exclude<Decision, { readonly kind: 'accepted' | 'replay' | 'key_reused' }>;

export function isRefusal(decision: Decision): decision is Refusal {
  return decision.kind !== 'accepted' && decision.kind !== 'replay' && decision.kind !== 'key_reused';
}

export const counterKey = (shopperId: string, skuId: string, scope: string) => `${shopperId}|${skuId}|${scope}`;
export const offerKey = (shopperId: string, skuId: string) => `${shopperId}|${skuId}`;

/** The SKUs as this person sees them: units that the waitlist holds for him are his to buy. */
export function skusFor(
  shopperId: string,
  lines: readonly Wanted[],
  skus: ReadonlyMap<string, SkuFacts>,
  offers: ReadonlyMap<string, HeldOffer>,
  now: number,
): ReadonlyMap<string, SkuFacts> {
  if (offers.size === 0) return skus;
  let own: Map<string, SkuFacts> | null = null;
  for (const { skuId } of lines) {
    const offer = offers.get(offerKey(shopperId, skuId));
    const sku = skus.get(skuId);
    if (!offer || !sku) continue;
    own ??= new Map(skus);
    own.set(skuId, withOffer(sku, offer, now));
  }
  return own ?? skus;
}

/** Lines of the same SKU become one, in the order of first mention. */
export function mergeWanted(lines: readonly Wanted[]): Wanted[] {
  const bySku = new Map<string, number>();
  for (const line of lines) bySku.set(line.skuId, (bySku.get(line.skuId) ?? 0) + line.quantity);
  return [...bySku].map(([skuId, quantity]) => ({ skuId, quantity }));
}

/** What of these units may be taken off, and what they share of it; one entry beside each line. */
function discountLines(
  priced: readonly { sku: SkuFacts; price: LinePrice }[],
  promotions: readonly Promotion[],
  onTop: Terms['onTop'],
) {
  const goods = priced.flatMap(({ sku, price }) =>
    price.units.map(({ unitFen, quantity, priceKind }) => ({
      skuId: sku.skuId,
      productHandle: sku.productHandle,
      categoryId: sku.categoryId,
      quantity,
      unitFen,
      priceKind,
      sessionSays: price.offer?.allowsPromotions ?? false,
      memberFen: sku.memberFen,
    })),
  );
  const till = openTill(goods, promotions);
  onTop?.(till);
  const { shares, ...sums } = till.priced();
  let at = 0;
  const lines = priced.map(({ sku, price }) => {
    const own = shares.slice(at, at + price.units.length);
    at += price.units.length;
    return { skuId: sku.skuId, price, shares: own };
  });
  return { lines, ...sums };
}

/** What prices depend on besides the goods and the person. */
export type Terms = {
  readonly now: number;
  readonly freight: FreightRule;
  readonly promotions: readonly Promotion[];
  /** Takes coupons, when the promotions have been taken. */
  readonly onTop?: (till: Till) => void;
};

/** Prices all lines for one person; every line is looked at, so that all reasons are told at once. */
export function priceOrder(
  lines: readonly Wanted[],
  skus: ReadonlyMap<string, SkuFacts>,
  used: (skuId: string, scope: string) => number,
  { now, freight, promotions, onTop }: Terms,
): { order: PricedOrder; problems: LineProblemFacts[] } {
  const priced: { sku: SkuFacts; price: LinePrice }[] = [];
  const problems: LineProblemFacts[] = [];
  for (const { skuId, quantity } of mergeWanted(lines)) {
    const sku = skus.get(skuId);
    const answer = priceLine(sku, quantity, (scope) => used(skuId, scope), now);
    if (sku && answer.ok) priced.push({ sku, price: answer.value });
    else if (!answer.ok) problems.push({ skuId, ...answer.refusal });
  }
  const discounted = discountLines(priced, runningPromotions(promotions, now), onTop);
  const { goodsFen, discountFen } = discounted;
  const ordinaryFen = priced.reduce((sum, line) => sum + line.price.ordinaryFen, 0);
  const freightFen = freightFor(goodsFen, freight);
  const ranks = priced.map((line) => line.price.rank).filter((rank) => rank !== null);
  const order = {
    ...discounted,
    freightFen,
    totalFen: toFen(goodsFen - discountFen + freightFen),
    savedFen: toFen(Math.max(0, ordinaryFen - goodsFen)),
    rank: ranks.length > 0 ? Math.min(...ranks) : null,
  };
  return { order, problems };
}

/** A working copy of the books: what earlier commands of the batch took is gone for the later ones. */
function openBooks(books: Books) {
  const skus = new Map(books.skus);
  const used = new Map(books.used);
  const unpaid = new Map(books.unpaid);
  const offers = new Map(books.offers);
  const stores = new Map(books.stores);
  const coupons = new Map(books.coupons);

  /** Answers the waitlist entries whose units were used. */
  function take(command: SubmitCommand, order: PricedOrder, sources: ReadonlyMap<string, Source> | null): string[] {
    const offersUsed: string[] = [];
    unpaid.set(command.shopperId, (unpaid.get(command.shopperId) ?? 0) + 1);
    for (const { skuId, price } of order.lines) {
      const sku = skus.get(skuId);
      assert(sku !== undefined, 'only known SKUs are accepted');
      const quantity = price.units.reduce((sum, unit) => sum + unit.quantity, 0);
      const slot = price.units.find((unit) => unit.tierSlot !== null)?.tierSlot ?? null;
      const sessions = sku.offers.map(
        (offer): OfferFacts =>
          offer.sessionId !== price.offer?.sessionId
            ? offer
            : {
                ...offer,
                openSlots: slot === null ? offer.openSlots : offer.openSlots.filter((open) => open !== slot),
                accepted: offer.accepted + (slot === null ? 1 : 0),
              },
      );
      const place = sources?.get(skuId)?.location ?? CENTRAL;
      const held = place === CENTRAL ? offers.get(offerKey(command.shopperId, skuId)) : undefined;
      const isHeld = held !== undefined && books.now < held.endsAt;
      if (isHeld) {
        offers.delete(offerKey(command.shopperId, skuId));
        offersUsed.push(held.entryId);
      }
      // What the order leaves of an offer goes to who waits next, not to a later command of this batch.
      const fromFree = Math.max(0, quantity - (isHeld ? held.quantity : 0));
      if (place === CENTRAL) skus.set(skuId, { ...sku, available: sku.available - fromFree, offers: sessions });
      else {
        skus.set(skuId, { ...sku, offers: sessions });
        const key = atStore(place, skuId);
        stores.set(key, (stores.get(key) ?? 0) - quantity);
      }
      for (const [scope, units] of scopesOf(price)) {
        const key = counterKey(command.shopperId, skuId, scope);
        used.set(key, (used.get(key) ?? 0) + units);
      }
    }
    return offersUsed;
  }

  /** The coupons of a command: another person's is as good as none. */
  const couponsOf = ({ shopperId, shown }: SubmitCommand) =>
    (shown.coupons?.ids ?? []).flatMap((id) => {
      const coupon = coupons.get(id);
      return coupon?.shopperId === shopperId ? [coupon] : [];
    });

  function lock(used: readonly UsedCoupon[]): void {
    for (const { coupon } of used) {
      const own = coupons.get(coupon.id);
      if (own) coupons.set(coupon.id, { ...own, state: 'locked' });
    }
  }
  return { skus, used, unpaid, offers, stores, take, couponsOf, lock };
}

/** Which per-person counters a line fills, and by how many units. */
export function scopesOf(price: LinePrice): [scope: string, units: number][] {
  const quantity = price.units.reduce((sum, unit) => sum + unit.quantity, 0);
  const sessionId = price.offer?.sessionId;
  if (!sessionId) return [['always', quantity]];
  const tookSlot = price.units.some((unit) => unit.tierSlot !== null);
  return tookSlot
    ? [
        [sessionId, quantity],
        [tierScope(sessionId), 1],
      ]
    : [[sessionId, quantity]];
}

/**
 * Has anything become dearer than what was shown? Charged is never more than shown: per SKU before what is taken off
 * (shares move between lines when one of them becomes cheaper), and in all.
 */
function priceRefusal(shown: ShownPrice, order: PricedOrder): 'price_changed' | 'tier_full' | null {
  for (const { skuId, price } of order.lines) {
    const shownFen = shown.bySku.get(skuId);
    if (shownFen === undefined) return 'price_changed';
    if (price.subtotalFen <= shownFen) continue;
    const hasTier = price.units.some((unit) => unit.priceKind === 'tier');
    return shown.hadTier.has(skuId) && !hasTier ? 'tier_full' : 'price_changed';
  }
  return order.totalFen > shown.totalFen ? 'price_changed' : null;
}

/**
 * Settles submitted orders in the order of their arrival, all or nothing each.
 *
 * Pure: the books are what was read under the locks, the answer says what must be written. A later command of the
 * batch sees what an earlier one took; the same key twice in a batch is answered once and replayed.
 */
export function settleOrders(commands: readonly SubmitCommand[], books: Books, rules: SettleRules): Decision[] {
  const open = openBooks(books);
  return commands.map((command): Decision => {
    const earlier = books.earlier.get(`${command.shopperId}|${command.key}`);
    if (earlier)
      return earlier.requestHash === command.requestHash ? { kind: 'replay', earlier } : { kind: 'key_reused' };
    const refused = books.refused?.get(`${command.shopperId}|${command.key}`);
    if (refused) return refused;
    if ((open.unpaid.get(command.shopperId) ?? 0) >= rules.unpaidMax) {
      return { kind: 'too_many_unpaid', max: rules.unpaidMax };
    }
    const used = (skuId: string, scope: string) => open.used.get(counterKey(command.shopperId, skuId, scope)) ?? 0;
    const own = skusFor(command.shopperId, command.lines, open.skus, open.offers, books.now);
    const { storeId } = command;
    const sources = storeId === undefined ? null : sourcesOf(storeId, mergeWanted(command.lines), own, open.stores);
    const skus = sources ? skusAt(sources, own) : own;
    const wanted = open.couponsOf(command);
    let couponsUsed: readonly UsedCoupon[] = [];
    const onTop = (till: Till) => {
      couponsUsed = takeCoupons(till, wanted, books.now).used;
    };
    const freight = sources ? NO_FREIGHT : rules.freight;
    const terms = { ...books, freight, ...(wanted.length > 0 ? { onTop } : {}) };
    const { order, problems } = priceOrder(command.lines, skus, used, terms);
    if (problems.length > 0) return { kind: 'lines_refused', problems };
    const dearer = priceRefusal(command.shown, order);
    // Shown with a coupon that is not to be had now: asked again, even where something else became cheaper.
    const isShort = couponsUsed.length < (command.shown.coupons?.ids.length ?? 0);
    if (books.now >= command.shown.quotedAt + rules.quoteValidMs) {
      return { kind: 'quote_expired', fresh: order, pricedAt: books.now };
    }
    if (dearer || isShort) return { kind: dearer ?? 'price_changed', fresh: order, pricedAt: books.now };
    open.lock(couponsUsed);
    return { kind: 'accepted', order, offersUsed: open.take(command, order, sources), couponsUsed, sources };
  });
}
