import Fastify from 'fastify';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Frame } from '../../lib/domain/inventory/frame.ts';
import { type StockFeed, startStockFeed } from '../../server/inventory/inventory.live.ts';
import { liveRoutes } from '../../server/inventory/live.http.ts';
import { openDoor } from '../../server/platform/door.ts';
import { type Board, createBoard } from '../../server/platform/live/board.ts';
import { openMetrics } from '../../server/platform/metrics.ts';
import { HOUR, putOnSale, running } from '../support/goods.ts';
import { connected, heard, type LiveEdge, SECRET, startLiveEdge, until } from '../support/live.ts';
import { testDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let board: Board;
let feed: StockFeed;
let edge: LiveEdge;

const log = pino({ level: 'silent' });
const query = (sql: string, params: unknown[] = []) => database.db.query(sql, params);

beforeAll(async () => {
  database = await testDatabase();
  await putOnSale(database.db, { id: 'tea', onHand: 40 });
  await putOnSale(database.db, {
    id: 'phone',
    onHand: 500,
    session: {
      ...running('eleven', 9_900),
      tiers: [
        { upTo: 2, priceFen: 100 },
        { upTo: 5, priceFen: 200 },
      ],
    },
  });
});
afterAll(() => database.drop());

beforeEach(async () => {
  board = createBoard('life-1');
  feed = startStockFeed({ db: database.db, board, log });
  edge = await startLiveEdge({ board });
  await feed.ready;
});
afterEach(async () => {
  await edge.stop();
  await feed.stop();
});

async function listener(shelf: string) {
  const socket = await connected(edge.client());
  const whole = heard<Frame>(socket, 'stock:snapshot');
  await socket.timeout(5_000).emitWithAck('shelf:watch', { shelves: [{ id: shelf }] });
  return { socket, first: (await whole)[3] };
}

test('the board begins with what the tables say: free units, total, and the lowest tier that is open', async () => {
  expect(board.snapshot('shelf-tea')!.frame[3]).toEqual([0, 40, 40, -1, 0]);
  expect(board.snapshot('shelf-phone')!.frame[3]).toEqual([0, 500, 500, 0, 2]);
});

test('[LIV2] a listener sees a committed change within a second, and nothing of one that was rolled back', async () => {
  const { socket, first } = await listener('shelf-tea');
  const available = first[1]!;
  await database.db
    .transaction(async (tx) => {
      await tx.query(`update stock_level set reserved = reserved + 7 where sku_id = 'tea'`);
      await tx.query(`select pg_notify('stock', 'tea')`);
      throw new Error('changed my mind');
    })
    .catch(() => {});
  const change = heard<Frame>(socket, 'stock:changed', 1_000);
  await database.db.transaction(async (tx) => {
    await tx.query(`update stock_level set reserved = reserved + 3 where sku_id = 'tea'`);
    await tx.query(`select pg_notify('stock', 'tea')`);
  });
  expect((await change)[3]).toEqual([0, available - 3, 40, -1, 0]);
});

test('when the slots of a tier are taken the next tier is told, and the first again when one falls back', async () => {
  const { socket } = await listener('shelf-phone');
  const take = (order: string | null, upTo: number) =>
    query(`update tier_slot set order_id = $1 where sku_id = 'phone' and slot_number <= $2`, [order, upTo]);
  const filled = heard<Frame>(socket, 'stock:changed', 1_000);
  await take('o1', 3);
  await query(`select pg_notify('stock', 'phone')`);
  expect((await filled)[3].slice(3)).toEqual([1, 2]);
  const freed = heard<Frame>(socket, 'stock:changed', 1_000);
  await take(null, 1);
  await query(`select pg_notify('stock', 'phone')`);
  expect((await freed)[3].slice(3)).toEqual([0, 1]);
  await take(null, 5);
});

test('a change that nobody told of is found by the net', async () => {
  const { socket } = await listener('shelf-tea');
  // A first change that is told of: from then on the feed has read everything and waits.
  const told = heard<Frame>(socket, 'stock:changed', 2_000);
  await query(`update stock_level set reserved = reserved + 1 where sku_id = 'tea'`);
  await query(`select pg_notify('stock', 'tea')`);
  await told;
  const change = heard<Frame>(socket, 'stock:changed', 8_000);
  await query(
    `with moved as (insert into stock_move (sku_id, location_id, kind, quantity, reference)
                    values ('tea', 'central', 'adjust', 5, 'count-1'))
     update stock_level set on_hand = on_hand + 5 where sku_id = 'tea'`,
  );
  expect((await change)[3][2]).toBe(45);
});

test('a session that starts brings its tiers, and one that ends takes them away', async () => {
  await putOnSale(database.db, {
    id: 'lamp',
    session: { id: 'short', startsInMs: 1_500, endsInMs: 4_000, priceFen: 500, tiers: [{ upTo: 9, priceFen: 1 }] },
  });
  await query(`select pg_notify('stock', '*')`);
  await until(() => board.hasShelf('shelf-lamp'), 2_000);
  const { socket, first } = await listener('shelf-lamp');
  expect(first.slice(3)).toEqual([-1, 0]);
  expect((await heard<Frame>(socket, 'stock:changed', 10_000))[3].slice(3)).toEqual([0, 9]);
  expect((await heard<Frame>(socket, 'stock:changed', 10_000))[3].slice(3)).toEqual([-1, 0]);
});

test('after its listening connection was cut the board is read anew', async () => {
  const { socket } = await listener('shelf-tea');
  const change = heard<Frame>(socket, 'stock:changed', 4_000);
  await query(`update stock_level set reserved = reserved + 1 where sku_id = 'tea'`);
  await query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'festa-listen'`);
  await change;
});

test('by HTTP: a shelf for a second of shared cache, a ticket and the time for nobody else', async () => {
  const app = Fastify();
  const nobody = {
    personOf: async () => null,
    makeShopper: async () => Promise.reject(new Error('nobody is made by a read')),
    isLoadIdentity: () => false,
  };
  openDoor(app, liveRoutes({ board, config: { secret: SECRET } }), {
    people: nobody,
    log,
    metrics: openMetrics(),
    sentence: (_locale, { code }) => code,
  });
  const read = async (url: string) => {
    const answer = await app.inject({ url });
    return { status: answer.statusCode, cache: String(answer.headers['cache-control']), body: answer.json() };
  };
  const shelf = await read('/api/public/stock/shelf-phone');
  expect(shelf.status).toBe(200);
  expect(shelf.cache).toContain('s-maxage=1');
  expect(shelf.body.value.frame.slice(0, 2)).toEqual(['shelf-phone', 'life-1']);
  expect((await read('/api/public/stock/no-such-shelf')).status).toBe(404);
  const ticket = await read('/api/live-ticket');
  expect(ticket.cache).toContain('no-store');
  await connected(edge.client({ ticket: ticket.body.value.ticket }));
  const time = await read('/api/time');
  expect(time.cache).toContain('no-store');
  expect(Math.abs(time.body.value.sentAt - Date.now())).toBeLessThan(HOUR / 60);
  await app.close();
});
