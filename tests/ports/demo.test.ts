import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogueShape, type Product } from '../../lib/contracts/catalog.ts';
import { crossedOutPrice } from '../../lib/domain/catalog/crossed-out-price.ts';
import { toFen } from '../../lib/domain/money/fen.ts';
import { packetCampaignHash } from '../../lib/domain/packet/campaign.ts';
import { pointFault } from '../../lib/domain/store/place.ts';
import { campaignHash } from '../../lib/domain/team/campaign.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, toEpochMs } from '../../lib/domain/time.ts';
import { readCatalogue } from '../../server/catalog/catalog-store.ts';
import { unlawfulNow } from '../../server/ops/law-facts.ts';
import { packetService } from '../../server/packet/service.ts';
import type { Database } from '../../server/platform/database.ts';
import { loadDemo, startDemoClock } from '../../server/publish/demo/load.ts';
import { demoStores } from '../../server/publish/demo/stores.ts';
import { isArt } from '../../server/publish/images.ts';
import { readPictureRows } from '../../server/publish/picture-rows.ts';
import { placesNear } from '../../server/store/known-places.ts';
import { teamService } from '../../server/team/service.ts';
import { testDatabase } from '../support/postgres.ts';

const STARTED_AT = Date.now();

let db: Database;
let drop: () => Promise<void>;
let products: Product[];
let catalogue: ReturnType<typeof catalogueShape.parse>;
beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  expect(await loadDemo(db, { startedAt: STARTED_AT })).toBe(true);
  catalogue = catalogueShape.parse(await readCatalogue(db, new Map()));
  products = catalogue.products;
});
afterAll(() => drop());

describe('the demo’s stores', () => {
  test('are the same for the same seed, and the first of more are those of fewer', () => {
    expect(demoStores(300).slice(0, 20)).toEqual(demoStores(20));
  });

  test('lie in the region that they name, carry no name of a real chain and some of the goods', async () => {
    const rows = demoStores(300);
    expect(new Set(rows.map(({ name }) => name.zh)).size).toBe(300);
    for (const { name, lng, lat, regionCode, address } of rows) {
      expect(name.zh).toMatch(/^Festa [\p{Script=Han}\d]+店$/u);
      expect(name.en).toMatch(/^Festa [A-Za-z]+[A-Za-z ]* Road(?: \d+)?$/);
      expect(address.en).not.toMatch(/\p{Script=Han}/u);
      expect(pointFault({ lng, lat })).toBeNull();
      expect(placesNear({ lng, lat }, 8).some(({ province }) => province === regionCode.slice(0, 2))).toBe(true);
    }
    const [stock] = await db.query<{ stores: number; share: number }>(
      `select count(distinct location_id)::integer as stores,
              count(*)::float / (select count(*) from sku) / (select count(*) from store) as share
       from stock_level where location_id <> 'central'`,
    );
    expect(stock?.stores).toBe(240);
    expect(stock?.share).toBeCloseTo(0.4, 1);
  });
});

describe('the demo’s goods', () => {
  test('are at least 60 products in 6 categories, none of them empty', () => {
    expect(products.length).toBeGreaterThanOrEqual(60);
    expect(catalogue.categories).toHaveLength(6);
    for (const { id } of catalogue.categories) {
      expect(products.filter(({ categoryId }) => categoryId === id).length).toBeGreaterThanOrEqual(8);
    }
  });

  test('are written in both languages everywhere', () => {
    const words = products.flatMap(({ title, subtitle, description, attributes, options }) => [
      title,
      subtitle,
      description,
      ...attributes.flatMap(({ name, value }) => [name, value]),
      ...options.flatMap(({ name, values }) => [name, ...values.map(({ label }) => label)]),
    ]);
    const rest = [catalogue.festival, ...catalogue.categories, ...catalogue.sessions].map(({ name }) => name);
    for (const { zh, en } of [...words, ...rest]) {
      expect(zh.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    }
    for (const { title } of products) expect(title.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  test('each have 3 to 5 facts, a description of 2 to 4 sentences and 2 or 3 pictures', async () => {
    for (const { handle, attributes, description } of products) {
      expect(attributes.length, handle).toBeGreaterThanOrEqual(3);
      expect(attributes.length, handle).toBeLessThanOrEqual(5);
      const sentences = description.zh.split(/[。？！]/).filter((part) => part.trim() !== '').length;
      expect(sentences, handle).toBeGreaterThanOrEqual(2);
      expect(sentences, handle).toBeLessThanOrEqual(4);
    }
    const rows = await readPictureRows(db);
    for (const { handle } of products) {
      const count = rows.filter(({ key }) => key.replace(/-\d+$/, '') === handle).length;
      expect(count, handle).toBeGreaterThanOrEqual(2);
      expect(count, handle).toBeLessThanOrEqual(3);
    }
    for (const { source } of rows) expect('art' in source && isArt(source.art)).toBe(true);
  });

  test('each have 2 to 4 SKUs that choose one known value of every option, no two alike', () => {
    for (const { handle, options, skus } of products) {
      expect(skus.length, handle).toBeGreaterThanOrEqual(2);
      expect(skus.length, handle).toBeLessThanOrEqual(4);
      expect(new Set(skus.map(({ choice }) => choice.join('/'))).size).toBe(skus.length);
      for (const { choice } of skus) {
        expect(choice).toHaveLength(options.length);
        choice.forEach((id, index) => {
          expect(options[index]?.values.map((value) => value.id)).toContain(id);
        });
      }
      // A value that no SKU has would be a button that can never be pressed.
      options.forEach(({ values }, index) => {
        for (const { id } of values) expect(skus.some(({ choice }) => choice[index] === id)).toBe(true);
      });
    }
  });

  test('cost from ¥9.90 to ¥12,999.00', () => {
    const prices = products.flatMap(({ skus }) => skus.map(({ priceFen }) => priceFen));
    expect(Math.min(...prices)).toBe(990);
    expect(Math.max(...prices)).toBe(1_299_900);
  });

  test('are in stock, but one SKU is sold out and several are nearly', async () => {
    const levels = await db.query<{ units: number }>(
      `select on_hand as units from stock_level where location_id = 'central'`,
    );
    expect(levels.filter(({ units }) => units === 0)).toHaveLength(1);
    expect(levels.filter(({ units }) => units > 0 && units < 10).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...levels.map(({ units }) => units))).toBe(2_000);
  });

  test('have a level of stock that is the sum of its moves', async () => {
    const wrong = await db.query(
      `select l.sku_id from stock_level l
         left join (select sku_id, location_id, sum(quantity) as units from stock_move group by 1, 2) m
                using (sku_id, location_id)
        where l.on_hand <> coalesce(m.units, 0) or l.reserved <> 0 or l.sold <> 0`,
    );
    expect(wrong).toEqual([]);
    const [levels] = await db.query<{ same: boolean }>(
      `select (select count(*) from stock_level where location_id = 'central') = (select count(*) from sku) as same`,
    );
    expect(levels?.same).toBe(true);
  });
});

describe('the demo’s shelves', () => {
  test('hold at most 48 SKUs, never split a product, and give each session one of its own', () => {
    const skus = products.flatMap((product) => product.skus);
    const sizes = Map.groupBy(skus, ({ shelf }) => shelf);
    for (const [shelf, held] of sizes) {
      expect(held.length, shelf).toBeLessThanOrEqual(48);
      expect(new Set(held.map(({ slot }) => slot)).size).toBe(held.length);
    }
    for (const { handle, skus } of products) expect(new Set(skus.map(({ shelf }) => shelf)).size, handle).toBe(1);
    for (const session of catalogue.sessions) {
      const shelves = products
        .filter(({ handle }) => session.products.includes(handle))
        .flatMap(({ skus }) => skus.map(({ shelf }) => shelf));
      expect(new Set(shelves).size, session.id).toBe(1);
    }
  });
});

describe('the demo’s sessions', () => {
  test('are three: open for an hour, opening in two minutes, and tomorrow', () => {
    expect(catalogue.sessions.map(({ startsAt, endsAt }) => [startsAt - STARTED_AT, endsAt - STARTED_AT])).toEqual([
      [-HOUR_MS, 6 * HOUR_MS],
      [2 * MINUTE_MS, 2 * HOUR_MS + 2 * MINUTE_MS],
      [DAY_MS + 2 * MINUTE_MS, DAY_MS + 2 * HOUR_MS + 2 * MINUTE_MS],
    ]);
    for (const session of catalogue.sessions) {
      expect(session.products.length).toBeGreaterThanOrEqual(10);
      expect(session.products.length).toBeLessThanOrEqual(12);
    }
  });

  test('sell below the ordinary price, with tiers that rise and stay below the session’s price', () => {
    const offers = products.flatMap(({ skus }) => skus.flatMap((sku) => sku.offers.map((offer) => ({ sku, offer }))));
    for (const { sku, offer } of offers) {
      expect(offer.priceFen, sku.id).toBeLessThan(sku.priceFen);
      let before = { upTo: 0, priceFen: 0 };
      for (const tier of offer.tiers) {
        expect(tier.upTo).toBeGreaterThan(before.upTo);
        expect(tier.priceFen).toBeGreaterThan(before.priceFen);
        before = tier;
      }
      if (offer.tiers.length > 0) expect(before.priceFen).toBeLessThan(offer.priceFen);
    }
    const tiered = offers.filter(({ offer }) => offer.tiers.length > 0);
    expect(tiered.length).toBeGreaterThanOrEqual(8);
    expect(tiered.some(({ offer }) => offer.tiers.length > 1)).toBe(true);
    for (const { offer } of tiered) {
      expect(offer.tiers[0]?.priceFen).toBeLessThanOrEqual(offer.priceFen / 2);
    }
  });

  test('have one open place for every unit of a tier, and enough stock for the promise', async () => {
    const wrong = await db.query(
      `select i.session_id, i.sku_id from session_item i join stock_level l on l.sku_id = i.sku_id and l.location_id = 'central'
         left join (select session_id, sku_id, count(*) as places, max(slot_number) as last from tier_slot
                     where order_id is null group by 1, 2) t
                on t.session_id = i.session_id and t.sku_id = i.sku_id
        where coalesce((i.tiers -> -1 ->> 'upTo')::integer, 0) <> coalesce(t.places, 0)
           or coalesce(t.last, 0) <> coalesce(t.places, 0) or l.on_hand < coalesce(t.places, 0)`,
    );
    expect(wrong).toEqual([]);
  });

  test('cross out only the lowest price that was paid in the week before, and some of them nothing', async () => {
    const deals = await db.query<{ id: string; unitFen: number; paidAt: number }>(
      `select sku_id as id, unit_fen as "unitFen", (extract(epoch from paid_at) * 1000)::bigint as "paidAt" from deal_price`,
    );
    const bySku = Map.groupBy(deals, ({ id }) => id);
    const offers = products.flatMap(({ skus }) => skus.flatMap((sku) => sku.offers.map((offer) => ({ sku, offer }))));
    for (const { sku, offer } of offers) {
      const paid = (bySku.get(sku.id) ?? []).map(({ unitFen, paidAt }) => ({
        unitFen: toFen(unitFen),
        paidAt: toEpochMs(paidAt),
      }));
      const expected = crossedOutPrice(paid, toEpochMs(offer.startsAt), toFen(offer.priceFen));
      expect(offer.crossedOutFen, sku.id).toBe(expected);
    }
    expect(offers.some(({ offer }) => offer.crossedOutFen === null)).toBe(true);
    expect(offers.some(({ sku, offer }) => offer.crossedOutFen === sku.priceFen)).toBe(true);
    expect(offers.some(({ sku, offer }) => offer.crossedOutFen && offer.crossedOutFen < sku.priceFen)).toBe(true);
  });

  test('rest on a past in which every purchase was at the public price of its moment', async () => {
    const wrong = await db.query(
      `select d.sku_id from deal_price d where not exists (
         select 1 from price_history h where h.sku_id = d.sku_id and h.price_fen = d.unit_fen
            and h.valid_from <= d.paid_at and (h.valid_to is null or d.paid_at < h.valid_to))`,
    );
    expect(wrong).toEqual([]);
    const gaps = await db.query(
      `select s.id from sku s where 30 <> (
         select round(extract(epoch from sum(coalesce(h.valid_to, to_timestamp($1 / 1000.0)) - h.valid_from)) / 86400)
           from price_history h where h.sku_id = s.id)
         or not exists (select 1 from price_history h where h.sku_id = s.id and h.valid_to is null and h.price_fen = s.price_fen)`,
      [STARTED_AT],
    );
    expect(gaps).toEqual([]);
  });
});

test('the demo has a team red packet that a newcomer can open, as the law allows', async () => {
  const { campaigns, now } = await teamService({ db }).running();
  expect(campaigns).toMatchObject([{ state: 'running', isSoldOut: false, campaign: { size: 4, potFen: 2_000 } }]);
  const [{ campaign, hash }] = campaigns as [(typeof campaigns)[number]];
  expect(campaignHash(campaign)).toBe(hash);
  const reward = { by: 'own_share', levels: 1, entryFen: 0 } as const;
  expect(await unlawfulNow(db, { kind: 'team', reward, ...campaign }, now)).toBeNull();
});

test('the demo has a growing red packet that a newcomer can have, as the law allows', async () => {
  const { campaigns, now } = await packetService({ db }).running();
  expect(campaigns).toMatchObject([{ state: 'running', isSoldOut: false, campaign: { id: 'demo-growing-5' } }]);
  const [{ campaign, hash }] = campaigns as [(typeof campaigns)[number]];
  expect(packetCampaignHash(campaign)).toBe(hash);
  const reward = { by: 'visit', levels: 1, entryFen: 0 } as const;
  expect(await unlawfulNow(db, { kind: 'packet', reward, ...campaign }, now)).toBeNull();
});

test('a second start finds the festival and changes nothing', async () => {
  const count = 'select (select count(*) from sku) as skus, (select count(*) from deal_price) as deals';
  const before = await db.query(count);
  expect(await loadDemo(db, { startedAt: STARTED_AT + DAY_MS })).toBe(false);
  expect(await db.query(count)).toEqual(before);
});

test('the clock begins when the shop opens: what has not started moves, what has started stays', async () => {
  const shop = await testDatabase();
  try {
    await loadDemo(shop.db, { startedAt: STARTED_AT + 10 * MINUTE_MS });
    const opensAt = STARTED_AT + 5_000;
    await startDemoClock(shop.db, { startedAt: opensAt });
    const { sessions } = catalogueShape.parse(await readCatalogue(shop.db, new Map()));
    const startOf = (id: string) => sessions.find((session) => session.id === id)?.startsAt;
    expect(startOf('demo-peak')).toBe(opensAt + 2 * MINUTE_MS);
    expect(startOf('demo-tomorrow')).toBe(opensAt + DAY_MS + 2 * MINUTE_MS);
    expect(startOf('demo-opening')).toBe(STARTED_AT + 10 * MINUTE_MS - HOUR_MS);
    await startDemoClock(shop.db, { startedAt: STARTED_AT - HOUR_MS });
    const later = catalogueShape.parse(await readCatalogue(shop.db, new Map())).sessions;
    await startDemoClock(shop.db, { startedAt: opensAt });
    expect(
      catalogueShape.parse(await readCatalogue(shop.db, new Map())).sessions.find(({ id }) => id === 'demo-peak'),
    ).toEqual(later.find(({ id }) => id === 'demo-peak'));
  } finally {
    await shop.drop();
  }
});

test('two servers that start at once on an empty database load it once', async () => {
  const empty = await testDatabase();
  try {
    const loads = [1, 2, 3].map(() => loadDemo(empty.db, { startedAt: STARTED_AT }));
    expect((await Promise.all(loads)).filter(Boolean)).toHaveLength(1);
  } finally {
    await empty.drop();
  }
});
