import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { phoneShape } from '../../lib/contracts/identity.ts';
import { issueLoadIdentity } from '../../server/identity/load-identity.ts';
import { phoneNumber, runCrowd } from '../crowd/crowd.ts';
import { loopbackOrigin } from '../crowd/phone.ts';
import { randomOf } from '../crowd/random.ts';
import { NotDemo } from '../crowd/shopper.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale, running } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';

const SECRET = 'a secret of the tests, thirty-two bytes';

describe('a crowd at a running edge', () => {
  let edge: Edge;
  beforeAll(async () => {
    edge = await openEdge({ jobs: true });
    await putOnSale(edge.db, { id: 'scarce', onHand: 5, session: running('now', 8_000) });
    await putOnSale(edge.db, { id: 'plenty', onHand: 500, session: running('now', 9_000) });
    await putOnSale(edge.db, { id: 'ordinary', onHand: 500 });
  });
  afterAll(() => edge.close());

  test('buys, pays, cancels and walks away, is marked as demo and breaks no rule of the stock', async () => {
    const lines: string[] = [];
    const tally = await runCrowd({
      origin: new URL(edge.origin),
      loadIdentity: issueLoadIdentity(SECRET, Date.now() + 60_000),
      shoppers: 30,
      durationMs: 10_000,
      seed: 11,
      handles: ['p-ordinary'],
      pace: 0.04,
      say: (line) => lines.push(line),
    });
    expect([tally.errors, lines.filter((line) => line.includes('error ×'))]).toEqual([0, []]);
    expect(tally.shoppers).toBe(30);
    expect(tally.accepted).toBeGreaterThan(10);
    expect(tally.paid).toBeGreaterThan(3);
    expect(tally.paid).toBeLessThan(tally.accepted);
    expect(lines.some((line) => /accepted \d+ \(\+\d+\) · paid/.test(line))).toBe(true);
    const [counts] = await edge.db.query<{ orders: number; strangers: number; sold: number }>(
      `select (select count(*) from orders) as orders,
              (select count(*) from orders o join person p on p.id = o.shopper_id where not p.is_demo) as strangers,
              (select sold + reserved from stock_level where sku_id = 'scarce') as sold`,
    );
    expect(counts).toMatchObject({ orders: tally.accepted, strangers: 0 });
    expect(counts?.sold).toBeLessThanOrEqual(5);
    // Money that was paid as the crowd left is still on its way to our books.
    await vi.waitFor(async () => expect(await violations(edge.db)).toEqual([]), { timeout: 20_000, interval: 250 });
  }, 60_000);

  test('stops at once where its identity is not known', async () => {
    const crowd = runCrowd({
      origin: new URL(edge.origin),
      loadIdentity: issueLoadIdentity('another secret', Date.now() + 60_000),
      shoppers: 1,
      durationMs: 20_000,
      seed: 12,
      handles: [],
      pace: 0.01,
    });
    await expect(crowd).rejects.toThrow(NotDemo);
  });
});

test('only this machine is visited', () => {
  for (const address of [
    'http://shop.example',
    'http://10.0.0.1:3000',
    'http://128.0.0.1',
    'http://127.0.0.1.example',
    'ftp://127.0.0.1',
  ]) {
    expect(() => loopbackOrigin(address), address).toThrow(/this machine only/);
  }
  expect(loopbackOrigin('http://localhost:3000').href).toBe('http://127.0.0.1:3000/');
});

test('a seed repeats its crowd, and every number of a crowd is another', () => {
  const [one, again] = [randomOf(7), randomOf(7)];
  expect(Array.from({ length: 50 }, one)).toEqual(Array.from({ length: 50 }, again));
  const numbers = Array.from({ length: 2_000 }, (_, index) => phoneNumber(987_654_321, index));
  expect(new Set(numbers).size).toBe(2_000);
  expect(numbers.every((number) => phoneShape.safeParse(number).success)).toBe(true);
});
