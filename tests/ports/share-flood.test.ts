import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Taken } from '../../server/sharing/visit-recorder.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { type HitFacts, hitOn, putLink, testRecorder } from '../support/sharing.ts';
import { openShop, type Shop } from '../support/shop.ts';

const PER_SECOND = 10_000;
const SECONDS = 2;
const OFFERED = PER_SECOND * SECONDS;
/** Pieces in which a flood comes, so that orders get their turn between them as they do between packets. */
const PIECE_MS = 10;
const MEGABYTE = 1_048_576;

let made: Awaited<ReturnType<typeof testDatabase>>;
let shop: Shop;
beforeAll(async () => {
  made = await testDatabase();
  shop = await openShop(made.db);
  await putOnSale(made.db, { id: 'tea', priceFen: 10_000, onHand: 1_000_000 });
});
afterAll(async () => {
  expect(await violations(made.db)).toEqual([]);
  await made.drop();
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Bytes that are held, garbage gone. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Offers clicks at the rate of the flood, by the clock: a late piece is the larger. */
async function flood(offer: (n: number) => Taken): Promise<Map<Taken, number>> {
  const answers = new Map<Taken, number>();
  const startedAt = performance.now();
  for (let offered = 0; offered < OFFERED; ) {
    const due = Math.min(OFFERED, ((performance.now() - startedAt) * PER_SECOND) / 1_000);
    for (; offered < due; offered += 1) {
      const taken = offer(offered);
      answers.set(taken, (answers.get(taken) ?? 0) + 1);
    }
    await new Promise((resolve) => setTimeout(resolve, PIECE_MS));
  }
  return answers;
}

/** Shoppers who order one after the other until the flood is over; how each order ended. */
async function orderMeanwhile(name: string, during: Promise<unknown>): Promise<string[]> {
  let isOver = false;
  const over = during.then(() => {
    isOver = true;
  });
  const shopper = async (who: number) => {
    const outcomes: string[] = [];
    for (let n = 0; !isOver || n === 0; n += 1) {
      const answer = await shop.buy(`${name}-${who}-${n}`, 'tea');
      outcomes.push(answer.ok ? 'ordered' : answer.refusal.code);
    }
    return outcomes;
  };
  const outcomes = await Promise.all(Array.from({ length: 4 }, (_, who) => shopper(who)));
  await over;
  return outcomes.flat();
}

/** What the books say of a link. */
async function bookedOn(linkId: number) {
  const [row] = await made.db.query<{ visits: number; opens: number; visitors: number }>(
    `select (select count(*) from share_visit where link_id = $1)::integer as visits,
       coalesce(sum(opens), 0)::integer as opens, coalesce(sum(visitors), 0)::integer as visitors
     from share_tally where link_id = $1`,
    [linkId],
  );
  return row;
}

type Case = { name: string; hit: (n: number) => HitFacts; kept: number };
const one = randomUUID();
const many = Array.from({ length: OFFERED }, () => randomUUID());
const CASES: readonly Case[] = [
  { name: 'one person with his cookie', hit: () => ({ visitorId: one }), kept: 1 },
  { name: 'one person who throws his cookie away', hit: () => ({ isNewcomer: true }), kept: 1 },
  {
    name: 'as many visitors from as many networks',
    hit: (n) => ({ visitorId: many[n] as string, address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` }),
    kept: OFFERED,
  },
];

test.each(CASES)(
  '[T-11] ten thousand clicks a second on one link by $name: orders go on, memory is bounded, the books are right',
  async ({ name, hit, kept }) => {
    const link = await putLink(made.db);
    const recorder = testRecorder(made.db, { flushEveryMs: 250 });
    // Ready to order, and every table of the recorder at its size of this flood.
    await shop.buy(`${name}-first`, 'tea');
    const before = held();
    let waitingMost = 0;
    const flooding = flood((n) => {
      const taken = recorder.offer(hitOn(link, hit(n)));
      waitingMost = Math.max(waitingMost, recorder.waiting());
      return taken;
    });
    const outcomes = await orderMeanwhile(name, flooding);
    const answers = await flooding;
    await recorder.flush();
    const grown = held() - before;
    await recorder.drain();

    expect(new Set(outcomes)).toEqual(new Set(['ordered']));
    expect(outcomes.length).toBeGreaterThan(4);
    // Two seconds of everybody are less than may wait, even if nothing were written meanwhile.
    expect(waitingMost).toBeLessThanOrEqual(kept);
    expect(recorder.waiting()).toBe(0);
    expect(grown).toBeLessThan(32 * MEGABYTE);
    expect(answers.get('kept')).toBe(kept);
    expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(OFFERED);
    expect(await bookedOn(link.id)).toEqual({ visits: kept, opens: kept, visitors: kept });
  },
);

test('a flood that the database cannot take is dropped and said: what waits is bounded, orders go on, the books hold what was kept', async () => {
  const link = await putLink(made.db);
  // Nothing is written until the flood is over: a database that is far too slow.
  const recorder = testRecorder(made.db, { bufferMax: 3_000 });
  const before = held();
  const flooding = flood((n) => recorder.offer(hitOn(link, { visitorId: many[n] as string })));
  const outcomes = await orderMeanwhile('slow', flooding);
  const answers = await flooding;
  expect(new Set(outcomes)).toEqual(new Set(['ordered']));
  expect(recorder.waiting()).toBe(3_000);
  expect([answers.get('kept'), answers.get('full')]).toEqual([3_000, OFFERED - 3_000]);
  expect(held() - before).toBeLessThan(32 * MEGABYTE);
  await recorder.drain();
  expect(await bookedOn(link.id)).toEqual({ visits: 3_000, opens: 3_000, visitors: 3_000 });
});
