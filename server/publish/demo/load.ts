import { worstCaseFen } from '../../../lib/domain/promo/coupon.ts';
import { HOUR_MS, toEpochMs } from '../../../lib/domain/time.ts';
import { fixCrossedOutPrices } from '../../catalog/crossed-out-prices.ts';
import { placeOnShelf } from '../../catalog/shelves.ts';
import { publishPacketCampaign } from '../../packet/campaign-rows.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { fundCoupon } from '../../promo/book-coupons.ts';
import { publishTeamCampaign } from '../../team/campaign-rows.ts';
import { DEMO_CATEGORIES, type DemoSku, demoSkus, localized, sessionPrice } from './catalogue.ts';
import { type DemoCategory, type DemoProduct, drawnPictures } from './content.ts';
import {
  COUPONS,
  FESTIVAL,
  PACKET_CAMPAIGN,
  PROMOTIONS,
  PROMOTIONS_LAST_MS,
  SESSIONS,
  TEAM_CAMPAIGN,
} from './festival.ts';
import { pastDeals, pastPrices } from './past.ts';
import { DEMO_STORES, loadStores } from './stores.ts';

const LOCATION = 'central';

type Loaded = { readonly category: DemoCategory; readonly product: DemoProduct; readonly skus: readonly DemoSku[] };

function everything(): Loaded[] {
  return DEMO_CATEGORIES.flatMap((category) =>
    category.products.map((product) => ({ category, product, skus: demoSkus(category, product) })),
  );
}

/** One insert for many rows: Postgres makes the columns from one JSON text. */
async function insertRows(tx: Queryable, table: string, columns: string, rows: readonly object[]): Promise<void> {
  const names = columns
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(', ');
  await tx.query(
    `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as row (${columns})`,
    [JSON.stringify(rows)],
  );
}

async function loadProducts(tx: Queryable, all: readonly Loaded[]): Promise<void> {
  await insertRows(
    tx,
    'category',
    'id text, name jsonb, art text, sort integer',
    DEMO_CATEGORIES.map(({ id, name, art }, sort) => ({ id, name: localized(name), art, sort })),
  );
  await insertRows(
    tx,
    'product',
    `handle text, category_id text, title jsonb, subtitle jsonb, description jsonb, attributes jsonb, options jsonb,
     pictures jsonb, sort integer`,
    all.map(({ category, product }, sort) => ({
      handle: product.handle,
      category_id: category.id,
      title: localized(product.title),
      subtitle: localized(product.subtitle),
      description: localized(product.description),
      attributes: product.attributes.map(([zhName, enName, zh, en]) => ({
        name: { zh: zhName, en: enName },
        value: { zh, en },
      })),
      options: product.options.map(({ name, values }) => ({
        name: localized(name),
        values: values.map(({ id, label, swatch }) => ({ id, label: localized(label), ...(swatch ? { swatch } : {}) })),
      })),
      pictures: drawnPictures(product),
      sort,
    })),
  );
}

/** Goods of a session first and together, so that the home page watches one shelf a session. */
async function loadSkus(tx: Queryable, all: readonly Loaded[]): Promise<void> {
  const groupOf = new Map<string, string>();
  for (const { hall, items } of SESSIONS) for (const { handle } of items) groupOf.set(handle, hall);
  const inHalls = SESSIONS.flatMap(({ items }) => items.map(({ handle }) => handle));
  const rank = new Map(inHalls.map((handle, index) => [handle, index]));
  const ordered = [...all].sort(
    (a, b) => (rank.get(a.product.handle) ?? 1_000) - (rank.get(b.product.handle) ?? 1_000),
  );
  const rows: object[] = [];
  for (const { category, product, skus } of ordered) {
    const places = await placeOnShelf(
      tx,
      groupOf.get(product.handle) ?? category.id,
      skus.map(({ id }) => id),
    );
    skus.forEach((sku, sort) => {
      rows.push({
        id: sku.id,
        product_handle: product.handle,
        code: sku.code,
        choice: sku.choiceIds,
        price_fen: sku.priceFen,
        limit_per_person: product.limit ?? null,
        sort,
        ...places.get(sku.id),
      });
    });
  }
  await insertRows(
    tx,
    'sku',
    `id text, product_handle text, code text, choice jsonb, price_fen bigint, limit_per_person integer, sort integer,
     shelf text, slot integer`,
    rows,
  );
}

async function loadPast(tx: Queryable, all: readonly Loaded[], startedAt: number): Promise<void> {
  const at = (ms: number) => new Date(startedAt + ms).toISOString();
  const skus = all.flatMap(({ product, skus }) => skus.map((sku) => ({ ...sku, history: product.history })));
  await insertRows(
    tx,
    'price_history',
    'sku_id text, price_fen bigint, valid_from timestamptz, valid_to timestamptz',
    skus.flatMap(({ id, history, priceFen }) =>
      pastPrices(history, priceFen).map((past) => ({
        sku_id: id,
        price_fen: past.priceFen,
        valid_from: at(past.fromMs),
        valid_to: past.toMs === null ? null : at(past.toMs),
      })),
    ),
  );
  await insertRows(
    tx,
    'deal_price',
    'sku_id text, unit_fen bigint, paid_at timestamptz, source text',
    skus.flatMap(({ id, history, priceFen }) =>
      pastDeals(id, history, priceFen).map(({ unitFen, atMs }) => ({
        sku_id: id,
        unit_fen: unitFen,
        paid_at: at(atMs),
        source: 'demo-history',
      })),
    ),
  );
}

async function loadStock(tx: Queryable, all: readonly Loaded[]): Promise<void> {
  const skus = all.flatMap((each) => each.skus);
  await insertRows(
    tx,
    'stock_level',
    'sku_id text, location_id text, on_hand integer, version bigint',
    skus.map(({ id, stock }) => ({ sku_id: id, location_id: LOCATION, on_hand: stock, version: 1 })),
  );
  await insertRows(
    tx,
    'stock_move',
    'sku_id text, location_id text, kind text, quantity integer, reference text, reason text',
    skus
      .filter(({ stock }) => stock > 0)
      .map(({ id, stock }) => ({
        sku_id: id,
        location_id: LOCATION,
        kind: 'intake',
        quantity: stock,
        reference: 'demo-intake',
        reason: 'first delivery of the demo festival',
      })),
  );
}

async function loadSessions(tx: Queryable, all: readonly Loaded[], startedAt: number): Promise<void> {
  const byHandle = new Map(all.map((each) => [each.product.handle, each]));
  await insertRows(
    tx,
    'sale_session',
    'id text, name jsonb, starts_at timestamptz, ends_at timestamptz',
    SESSIONS.map(({ id, name, opensAfterMs, lastsMs }) => ({
      id,
      name: localized(name),
      starts_at: new Date(startedAt + opensAfterMs).toISOString(),
      ends_at: new Date(startedAt + opensAfterMs + lastsMs).toISOString(),
    })),
  );
  const items = SESSIONS.flatMap((session) =>
    session.items.flatMap((item, itemIndex) => {
      const found = byHandle.get(item.handle);
      if (!found) throw new Error(`The session ${session.id} sells ${item.handle}, which does not exist`);
      return found.skus.map((sku, skuIndex) => {
        const { priceFen, tiers } = sessionPrice(item, sku);
        return {
          session_id: session.id,
          sku_id: sku.id,
          price_fen: priceFen,
          limit_per_person: item.limit,
          tiers,
          sort: itemIndex * 10 + skuIndex,
        };
      });
    }),
  );
  await insertRows(
    tx,
    'session_item',
    'session_id text, sku_id text, price_fen bigint, limit_per_person integer, tiers jsonb, sort integer',
    items,
  );
  await tx.query(
    `insert into tier_slot (session_id, sku_id, slot_number)
     select session_id, sku_id, generate_series(1, (tiers -> -1 ->> 'upTo')::integer)
       from session_item where tiers <> '[]'`,
  );
  await fixCrossedOutPrices(
    tx,
    SESSIONS.map(({ id }) => id),
  );
}

async function loadPromotions(tx: Queryable, startedAt: number): Promise<void> {
  const startsAt = new Date(startedAt - HOUR_MS).toISOString();
  await insertRows(
    tx,
    'promotion',
    `id text, name jsonb, scope jsonb, rule jsonb, starts_at timestamptz, ends_at timestamptz, made_by text,
     valid_from timestamptz`,
    PROMOTIONS.map(({ id, name, scope, rule }) => ({
      id,
      name: localized(name),
      scope,
      rule,
      starts_at: startsAt,
      ends_at: new Date(startedAt + PROMOTIONS_LAST_MS).toISOString(),
      made_by: 'demo',
      valid_from: startsAt,
    })),
  );
}

async function loadCoupons(tx: Queryable, startedAt: number): Promise<void> {
  const from = new Date(startedAt - HOUR_MS).toISOString();
  await insertRows(
    tx,
    'coupon_template',
    `id text, name jsonb, rule jsonb, scope jsonb, validity jsonb, claim_from timestamptz, claim_until timestamptz,
     per_person integer, total integer, budget_fen bigint, worst_fen bigint, made_by text, published_by text,
     published_at timestamptz, valid_from timestamptz`,
    COUPONS.map(({ id, name, rule, scope, validity, perPerson, total }) => ({
      id,
      name: localized(name),
      rule,
      scope,
      validity,
      claim_from: from,
      claim_until: new Date(startedAt + PROMOTIONS_LAST_MS).toISOString(),
      per_person: perPerson,
      total,
      budget_fen: total * worstCaseFen(rule),
      worst_fen: worstCaseFen(rule),
      made_by: 'demo',
      published_by: 'demo',
      published_at: from,
      valid_from: from,
    })),
  );
  for (const { id } of COUPONS) await fundCoupon(tx, id);
}

async function loadTeamCampaign(tx: Queryable, startedAt: number): Promise<void> {
  const { id, name, ...settings } = TEAM_CAMPAIGN;
  const startsAt = startedAt - HOUR_MS;
  const whole = { name: localized(name), ...settings, startsAt, endsAt: startedAt + PROMOTIONS_LAST_MS };
  await tx.query(`insert into team_campaign (id, settings, made_by) values ($1, $2, 'demo')`, [
    id,
    JSON.stringify(whole),
  ]);
  await publishTeamCampaign(tx, { id, by: 'demo', at: startsAt, validFrom: startsAt });
}

async function loadPacketCampaign(tx: Queryable, startedAt: number): Promise<void> {
  const { id, name, ...settings } = PACKET_CAMPAIGN;
  const startsAt = startedAt - HOUR_MS;
  const whole = { name: localized(name), ...settings, startsAt, endsAt: startedAt + PROMOTIONS_LAST_MS };
  await tx.query(`insert into packet_campaign (id, settings, made_by) values ($1, $2, 'demo')`, [
    id,
    JSON.stringify(whole),
  ]);
  await publishPacketCampaign(tx, { id, by: 'demo', at: startsAt, validFrom: startsAt });
}

/**
 * Fills an empty database with the demo festival and so many stores, whole or not at all. Its clock is relative to `startedAt`
 * (milliseconds since the epoch): one session is open, one opens two minutes later, one tomorrow.
 *
 * Does nothing, and says so with false, when there is a festival already.
 */
export async function loadDemo(
  db: Database,
  { startedAt, stores = DEMO_STORES }: { startedAt: number; stores?: number },
): Promise<boolean> {
  toEpochMs(startedAt);
  return db.transaction(async (tx) => {
    // Two servers that start on one empty database: the second waits and then finds the festival.
    await tx.query("select pg_advisory_xact_lock(hashtext('festa:load-demo'))");
    const [festival] = await tx.query('select 1 from festival limit 1');
    if (festival) return false;
    const all = everything();
    await tx.query('insert into festival (id, name, is_demo) values ($1, $2, true)', [
      FESTIVAL.id,
      JSON.stringify(localized(FESTIVAL.name)),
    ]);
    await loadProducts(tx, all);
    await loadSkus(tx, all);
    await loadPast(tx, all, startedAt);
    await loadStock(tx, all);
    if (stores > 0) await loadStores(tx, stores, startedAt);
    await loadSessions(tx, all, startedAt);
    await loadPromotions(tx, startedAt);
    await loadCoupons(tx, startedAt);
    await loadTeamCampaign(tx, startedAt);
    await loadPacketCampaign(tx, startedAt);
    // Plans made for empty tables turn slow as soon as they are full.
    await tx.query(
      'analyze category, product, sku, price_history, deal_price, stock_level, session_item, tier_slot, store, stock_move',
    );
    return true;
  });
}

/**
 * Sets the demo's clock anew: what has not started yet opens relative to `startedAt` (milliseconds since the epoch).
 *
 * A first start draws pictures before anybody can look, for as long as the machine needs; the countdown that a
 * newcomer is to see end begins when that is done. What has started stays: its times are promises.
 */
export async function startDemoClock(db: Database, { startedAt }: { startedAt: number }): Promise<void> {
  toEpochMs(startedAt);
  await db.transaction(async (tx) => {
    const moved = await tx.query<{ id: string }>(
      `update sale_session s set starts_at = to_timestamp(w.starts_at / 1000.0), ends_at = to_timestamp(w.ends_at / 1000.0)
       from unnest($1::text[], $2::bigint[], $3::bigint[]) as w (id, starts_at, ends_at)
       where s.id = w.id and s.starts_at > now()
       returning s.id`,
      [
        SESSIONS.map(({ id }) => id),
        SESSIONS.map(({ opensAfterMs }) => startedAt + opensAfterMs),
        SESSIONS.map(({ opensAfterMs, lastsMs }) => startedAt + opensAfterMs + lastsMs),
      ],
    );
    await fixCrossedOutPrices(
      tx,
      moved.map(({ id }) => id),
    );
  });
}
