import type { EarlierOrder, Refusal } from '../../lib/domain/order/settle-orders.ts';
import { counterKey } from '../../lib/domain/order/settle-orders.ts';
import type { OfferFacts, SkuFacts } from '../../lib/domain/pricing/price-line.ts';
import type { TierLike } from '../../lib/domain/pricing/price-now.ts';
import type { Promotion } from '../../lib/domain/pricing/promotion.ts';
import type { Queryable } from '../platform/database.ts';
import { readPromotions } from '../venue/promotions.ts';
import { READ_EARLIER, READ_OFFERS, READ_REFUSED, READ_SKUS, READ_UNPAID, READ_USED } from './place-orders.sql.ts';

type Localized = { zh: string; en: string };
type OptionRow = { name: Localized; values: { id: string; label: Localized }[] };

type SkuRow = {
  sku_id: string;
  price_fen: number;
  limit_per_person: number | null;
  is_for_sale: boolean;
  is_stopped: boolean;
  product_handle: string;
  category_id: string;
  title: Localized;
  choice: string[];
  options: OptionRow[];
  picture_path: string | null;
  now: number;
};

type OfferRow = {
  sku_id: string;
  session_id: string;
  price_fen: number;
  limit_per_person: number;
  allows_promotions: boolean;
  tiers: TierLike[];
  accepted: number;
  starts_at: number;
  ends_at: number;
  open_slots: number[];
};

/** What an order line keeps of its product, whatever becomes of the product later. */
export type LineCopy = { title: Localized; choice: Localized; productHandle: string; picturePath: string | null };

export type Facts = {
  /** Database clock, epoch ms. */
  now: number;
  skus: Map<string, SkuFacts>;
  promotions: Promotion[];
  copies: Map<string, LineCopy>;
};

function choiceLabel(row: SkuRow): Localized {
  const labels = row.choice.flatMap((id, index) => {
    const label = row.options[index]?.values.find((value) => value.id === id)?.label;
    return label ? [label] : [];
  });
  return { zh: labels.map((label) => label.zh).join(' · '), en: labels.map((label) => label.en).join(' · ') };
}

type StockRows = readonly { readonly sku_id: string; readonly available: number }[];

/**
 * Reads what settling needs to know of these SKUs; `stock` says what is available (locked or not).
 * `slotsMax` open tier places are read per offer.
 */
export async function readFacts(
  tx: Queryable,
  skuIds: readonly string[],
  stock: StockRows | Promise<StockRows>,
  slotsMax: number,
): Promise<Facts> {
  const [levels, rows, promotions, offerRows] = await Promise.all([
    stock,
    tx.query<SkuRow>(READ_SKUS, [skuIds]),
    readPromotions(tx),
    tx.query<OfferRow>(READ_OFFERS, [skuIds, slotsMax]),
  ]);
  const available = new Map(levels.map((row) => [row.sku_id, row.available]));
  const offers = new Map<string, OfferFacts[]>();
  for (const row of offerRows) {
    const list = offers.get(row.sku_id) ?? [];
    list.push({
      sessionId: row.session_id,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      priceFen: row.price_fen,
      limitPerPerson: row.limit_per_person,
      allowsPromotions: row.allows_promotions,
      tiers: row.tiers,
      openSlots: row.open_slots,
      accepted: row.accepted,
    });
    offers.set(row.sku_id, list);
  }
  const skus = new Map<string, SkuFacts>();
  const copies = new Map<string, LineCopy>();
  for (const row of rows) {
    skus.set(row.sku_id, {
      skuId: row.sku_id,
      productHandle: row.product_handle,
      categoryId: row.category_id,
      isForSale: row.is_for_sale,
      isStopped: row.is_stopped,
      priceFen: row.price_fen,
      // There are no levels of members yet; where one has a price of his own it comes in here.
      memberFen: null,
      limitPerPerson: row.limit_per_person,
      available: available.get(row.sku_id) ?? 0,
      offers: offers.get(row.sku_id) ?? [],
    });
    copies.set(row.sku_id, {
      title: row.title,
      choice: choiceLabel(row),
      productHandle: row.product_handle,
      picturePath: row.picture_path,
    });
  }
  return { now: rows[0]?.now ?? Date.now(), skus, promotions, copies };
}

/** What this one person holds or owns of these SKUs; keys as in `counterKey`. */
export function readUsed(tx: Queryable, [shopperId = '']: readonly string[], skuIds: readonly string[]) {
  return readUsedBy(tx, [{ shopperId, lines: skuIds.map((skuId) => ({ skuId })) }]);
}

/** What each of these people holds or owns of the SKUs that he asks for; keys as in `counterKey`. */
export async function readUsedBy(
  tx: Queryable,
  wanted: readonly { readonly shopperId: string; readonly lines: readonly { readonly skuId: string }[] }[],
): Promise<Map<string, number>> {
  const shopperIds = wanted.flatMap(({ shopperId, lines }) => lines.map(() => shopperId));
  const skuIds = wanted.flatMap(({ lines }) => lines.map(({ skuId }) => skuId));
  const rows = await tx.query<{ shopper_id: string; sku_id: string; scope: string; quantity: number }>(READ_USED, [
    shopperIds,
    skuIds,
  ]);
  return new Map(rows.map((row) => [counterKey(row.shopper_id, row.sku_id, row.scope), row.quantity]));
}

export async function readEarlier(
  tx: Queryable,
  commands: readonly { shopperId: string; key: string }[],
): Promise<Map<string, EarlierOrder>> {
  const rows = await tx.query<{
    shopper_id: string;
    key: string;
    id: string;
    request_hash: string;
    total_fen: number;
    rank: number | null;
    pay_before: number;
  }>(READ_EARLIER, [commands.map((command) => command.shopperId), commands.map((command) => command.key)]);
  return new Map(
    rows.map((row) => [
      `${row.shopper_id}|${row.key}`,
      {
        orderId: row.id,
        requestHash: row.request_hash,
        totalFen: row.total_fen,
        payBefore: row.pay_before,
        rank: row.rank,
      },
    ]),
  );
}

/** What each of these keys was refused with when it was sent again. */
export async function readRefused(
  tx: Queryable,
  commands: readonly { shopperId: string; key: string }[],
): Promise<Map<string, Refusal>> {
  const rows = await tx.query<{ shopper_id: string; key: string; decision: Refusal }>(READ_REFUSED, [
    commands.map((command) => command.shopperId),
    commands.map((command) => command.key),
  ]);
  return new Map(rows.map((row) => [`${row.shopper_id}|${row.key}`, row.decision]));
}

export async function readUnpaid(tx: Queryable, shopperIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ shopper_id: string; n: number }>(READ_UNPAID, [shopperIds]);
  return new Map(rows.map((row) => [row.shopper_id, row.n]));
}
