import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Database } from '../../../server/platform/database.ts';
import { type Random, randomOf } from '../../crowd/random.ts';
import { putOnSale } from '../../support/goods.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { type Plan, planOf } from './plan.ts';
import { type Reckoning, reckon } from './reckoning.ts';

const CHANNELS = ['sandbox', 'sandbox-too'];
const SKUS = 40;
const CONCURRENCY = 24;
/** A retry of a phone: as often as this, with the same key. */
const ASKS_MAX = 8;
/** What is left after this many days of the simulated clock would never be settled. */
const DAYS_MAX = 40;

export type StormReport = Reckoning & {
  readonly payments: number;
  readonly seed: number;
  readonly seconds: number;
  readonly notices: Readonly<Record<string, number>>;
  readonly whims: Readonly<Record<string, number>>;
  readonly orders: Readonly<Record<string, number>>;
  readonly refunds: { readonly count: number; readonly p95Seconds: number; readonly worstSeconds: number };
  /** Answers that were lost or refused by a gateway that did not answer, and asked for again with the same key. */
  readonly inDoubt: number;
};

type Storm = {
  readonly db: Database;
  readonly shops: readonly Shop[];
  readonly plans: Map<string, Plan>;
  inDoubt: number;
};

const forger = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Starts a payment as a phone does: asked again with the same key until there is an answer. */
async function start(storm: Storm, shop: Shop, orderId: string, channel: string): Promise<string | null> {
  const key = randomUUID();
  for (let ask = 0; ask < ASKS_MAX; ask += 1) {
    const answer = await shop.payments.start({ key, orderId, channel });
    if (answer.ok) return answer.value.payUrl.split('=')[1] as string;
    if (answer.refusal.code !== 'channel_silent') return null;
    storm.inDoubt += 1;
  }
  return null;
}

const runOut = (db: Database, orderId: string) =>
  db.query(`update orders set pay_before = now() - interval '2 minutes' where id = $1 and state = 'pending_pay'`, [
    orderId,
  ]);

/** Ends an order that has run out, as often as its channel needs to answer. */
async function expire(shop: Shop, orderId: string): Promise<void> {
  await shop.book.endDue(30_000, 500);
  for (let ask = 0; ask < ASKS_MAX; ask += 1) {
    if ((await shop.orders.finishClosing(orderId, 'worker')) !== 'unknown') return;
  }
}

async function attack(shop: Shop, tradeId: string): Promise<void> {
  const noticeId = `frg_${randomUUID()}`;
  await shop.hear(await shop.notice(tradeId, { noticeId }, forger.privateKey));
  const honest = await shop.notice(tradeId, { noticeId: `${noticeId}_2` });
  await shop.hear({ ...honest, body: honest.body.replace('"CNY"', '"CNY" ') });
}

/** One shopper, from the order to whatever he does with it. */
async function live(storm: Storm, index: number, plan: Plan, random: Random): Promise<void> {
  const { db, shops } = storm;
  const shop = shops[index % shops.length] as Shop;
  const other = shops[(index + 1) % shops.length] as Shop;
  const shopperId = `s${index}`;
  const { orderId } = await shop.order(shopperId, `sku-${index % SKUS}`, 1 + (index % 3));
  storm.plans.set(orderId, plan);
  const tradeId = await start(storm, shop, orderId, 'sandbox');
  if (tradeId === null) return;
  if (plan.isAttacked) await attack(other, tradeId);
  const pay = () => shop.gateway.pay(tradeId);
  switch (plan.script) {
    case 'pays':
      await pay();
      break;
    case 'pays_thrice':
      await Promise.all([pay(), pay(), pay()]);
      await Promise.all([shop.postNotices(), other.postNotices()]);
      break;
    case 'cancels_meanwhile':
      await Promise.all(
        random() < 0.5
          ? [pay(), other.orders.cancel(shopperId, orderId)]
          : [other.orders.cancel(shopperId, orderId), pay()],
      );
      break;
    case 'runs_out_meanwhile':
      await runOut(db, orderId);
      await Promise.all([pay(), expire(other, orderId), shop.postNotices()]);
      break;
    case 'pays_after_close':
      await runOut(db, orderId);
      await expire(other, orderId);
      await pay();
      break;
    case 'pays_twice': {
      const second = await start(storm, other, orderId, 'sandbox-too');
      await Promise.all([pay(), second === null ? null : other.gateway.pay(second)]);
      break;
    }
    case 'takes_back':
      await pay();
      await shop.postNotices();
      await shop.agreeRefund(shopperId, orderId);
      break;
    case 'never_pays':
      break;
  }
}

function shuffled<T>(random: Random, items: T[]): T[] {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const to = Math.floor(random() * (at + 1));
    [items[at], items[to]] = [items[to] as T, items[at] as T];
  }
  return items;
}

/** What the workers of a day do, with everything due that a day makes due. Answers whether anything is still open. */
async function day(storm: Storm, random: Random): Promise<boolean> {
  const { db, shops } = storm;
  await db.query(`update orders set pay_before = now() - interval '2 minutes' where state = 'pending_pay'`);
  await db.query('update sandbox_notice set next_try_at = now() where delivered_at is null and attempts < 4');
  await db.query('update payment set next_ask_at = now() where next_ask_at is not null');
  await db.query(`update refund set next_try_at = now() where state = 'requested'`);
  await Promise.all(
    shops.map(async (shop) => {
      while ((await shop.postNotices((due) => shuffled(random, due))).length > 0);
      await shop.payments.settleLeftovers();
      while (Object.values(await shop.book.endDue(30_000, 500)).some((ids) => ids.length > 0));
      for (const orderId of await shop.book.listClosing(0, 10_000)) await shop.orders.finishClosing(orderId, 'worker');
      while (await shop.payments.askChannels());
      while (await shop.sendRefunds());
    }),
  );
  const [open] = await db.query<{ left: number }>(
    `select (select count(*) from orders where state in ('pending_pay', 'closing', 'refunding'))
          + (select count(*) from refund where state = 'requested')
          + (select count(*) from payment where next_ask_at is not null)
          + (select count(*) from sandbox_notice where delivered_at is null and attempts < 4) as left`,
  );
  return (open?.left ?? 0) > 0;
}

async function counts(db: Database, sql: string): Promise<Record<string, number>> {
  const rows = await db.query<{ name: string; n: number }>(sql);
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
}

/**
 * P4: many payments at a gateway that misbehaves in every way we know, then days of a simulated clock until nothing
 * moves, then the books of both companies beside each other.
 */
export async function runStorm(
  db: Database,
  { payments, seed, say = () => {} }: { payments: number; seed: number; say?: (line: string) => void },
): Promise<StormReport> {
  const startedAt = performance.now();
  const plans = new Map<string, Plan>();
  const whimsOf = ({ orderId }: { orderId: string }) => plans.get(orderId)?.whims ?? [];
  const storm: Storm = {
    db,
    shops: [await openShop(db, { whimsOf, channels: CHANNELS }), await openShop(db, { whimsOf, channels: CHANNELS })],
    plans,
    inDoubt: 0,
  };
  for (let sku = 0; sku < SKUS; sku += 1) await putOnSale(db, { id: `sku-${sku}`, onHand: payments * 3 });
  const whims: Record<string, number> = {};
  let next = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let index = next++; index < payments; index = next++) {
        const plan = planOf(seed, index);
        for (const whim of plan.whims) whims[whim] = (whims[whim] ?? 0) + 1;
        await live(storm, index, plan, randomOf(seed + index));
        if (index % 2_000 === 1_999)
          say(`${index + 1} payments, ${Math.round((performance.now() - startedAt) / 1000)} s`);
      }
    }),
  );
  const random = randomOf(seed);
  let days = 0;
  while ((await day(storm, random)) && days < DAYS_MAX) days += 1;
  // Messages are another room's; the checker of a quiet shop wants them gone.
  await db.query('update outbox set sent_at = now() where sent_at is null');
  say(`quiet after ${days + 1} rounds of the workers`);
  // 2, 4, 8 … s between tries: what the refunds waited for by the clock of a shop that does not skip days.
  const waits = await db.query<{ seconds: number }>(
    `select least(2 * (power(2, attempts - 1) - 1), 600 * attempts)::float8 as seconds from refund order by 1`,
  );
  const seconds = waits.map((row) => row.seconds);
  return {
    ...(await reckon(db)),
    payments,
    seed,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    whims,
    notices: await counts(db, 'select outcome as name, count(*) as n from payment_notice group by 1 order by 1'),
    orders: await counts(db, 'select state as name, count(*) as n from orders group by 1 order by 1'),
    refunds: {
      count: seconds.length,
      p95Seconds: seconds[Math.floor(seconds.length * 0.95)] ?? 0,
      worstSeconds: seconds.at(-1) ?? 0,
    },
    inDoubt: storm.inDoubt,
  };
}
