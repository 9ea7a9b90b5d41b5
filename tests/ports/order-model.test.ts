import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { CONTESTS } from '../support/contest.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

/* Whatever is sent, doubled, late and in whatever order, at two processes: what a plain model says comes to be so. */

let db: Database;
let drop: () => Promise<void>;
let edges: [Shop, Shop];

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  edges = [await openShop(db), await openShop(db)];
});
afterAll(() => drop());

const KEYS = 4;
type Kind = 'submit' | 'submit_other' | 'cancel' | 'pay' | 'tell' | 'run_out';
type Message = { readonly kind: Kind; readonly key: number; readonly edge: 0 | 1 };

/** One wish per key: who wants how much. */
const wishOf = (key: number) => ({ shopperId: `m-${key % 2}`, quantity: 1 + (key % 3) });

type Modelled = {
  quantity: number;
  state: 'pending_pay' | 'paid' | 'closed';
  hasTrade: boolean;
  gatewayHasMoney: boolean;
};

/** The rules as one would tell them: no batches, no locks, no second process. */
class Model {
  readonly orders = new Map<number, Modelled>();
  readonly onHand: number;
  constructor(onHand: number) {
    this.onHand = onHand;
  }
  units(state: Modelled['state']): number {
    return [...this.orders.values()].reduce((sum, one) => sum + (one.state === state ? one.quantity : 0), 0);
  }
  get free(): number {
    return this.onHand - this.units('pending_pay') - this.units('paid');
  }

  hear({ kind, key }: Message): string {
    const order = this.orders.get(key);
    if (kind === 'submit_other') return order ? 'key_reused' : 'skipped';
    if (kind === 'submit') {
      if (order) return 'same order';
      const { quantity } = wishOf(key);
      if (quantity > this.free) return `sold_out, ${this.free} left`;
      this.orders.set(key, { quantity, state: 'pending_pay', hasTrade: false, gatewayHasMoney: false });
      return 'ordered';
    }
    if (!order) return 'skipped';
    if (kind === 'pay') {
      if (!order.hasTrade && order.state !== 'pending_pay') return 'skipped';
      order.hasTrade = true;
      if (order.state === 'closed' && !order.gatewayHasMoney) return 'closed';
      order.gatewayHasMoney = true;
      return 'paid';
    }
    if (kind === 'tell') {
      if (!order.gatewayHasMoney) return 'skipped';
      const isFirst = order.state === 'pending_pay';
      order.state = 'paid';
      return isFirst ? 'applied' : 'duplicate';
    }
    // A cancel or the end of the time to pay: the gateway decides.
    if (order.state === 'pending_pay') order.state = order.gatewayHasMoney ? 'paid' : 'closed';
    return order.state;
  }
}

/** The shop under the same messages. */
class Real {
  readonly orderOf = new Map<number, string>();
  private readonly tradeOf = new Map<number, string>();
  private readonly keys = Array.from({ length: KEYS }, () => randomUUID());
  private readonly skuId: string;
  constructor(skuId: string) {
    this.skuId = skuId;
  }

  async hear({ kind, key, edge }: Message): Promise<string> {
    const shop = edges[edge];
    const orderId = this.orderOf.get(key);
    const shopperId = `${this.skuId}-${wishOf(key).shopperId}`;
    if (kind === 'submit' || kind === 'submit_other') {
      if (kind === 'submit_other' && !orderId) return 'skipped';
      const quantity = wishOf(key).quantity + (kind === 'submit_other' ? 1 : 0);
      const lines = [{ skuId: this.skuId, quantity }];
      const version = await this.versionFor(shop, shopperId, lines);
      const request = { key: this.keys[key] as string, lines, quoteVersion: version, addressId: 'home' };
      const answer = await shop.orders.submit(shopperId, request);
      if (!answer.ok) {
        const { refusal } = answer;
        const problem = 'problems' in refusal ? refusal.problems[0] : undefined;
        return problem ? `${problem.code}, ${problem.left} left` : refusal.code;
      }
      expect(orderId ?? answer.value.orderId).toBe(answer.value.orderId);
      this.orderOf.set(key, answer.value.orderId);
      return orderId ? 'same order' : 'ordered';
    }
    if (!orderId) return 'skipped';
    const state = async () => (await shop.book.read(orderId))?.state ?? 'gone';
    if (kind === 'pay') {
      if (!this.tradeOf.has(key)) {
        if ((await state()) !== 'pending_pay') return 'skipped';
        this.tradeOf.set(key, (await shop.openPayment(orderId)).tradeId);
      }
      return shop.gateway.pay(this.tradeOf.get(key) as string);
    }
    if (kind === 'tell') {
      const tradeId = this.tradeOf.get(key);
      if (!tradeId || (await shop.gateway.trade(tradeId))?.state !== 'paid') return 'skipped';
      return shop.hear(await shop.notice(tradeId));
    }
    if (kind === 'cancel') await shop.orders.cancel(shopperId, orderId);
    else {
      await db.query(
        `update orders set pay_before = now() - interval '2 minutes' where id = $1 and state = 'pending_pay'`,
        [orderId],
      );
      for (const due of (await shop.book.endDue(30_000, 500)).asked) await shop.orders.finishClosing(due, 'worker');
    }
    return state();
  }

  /** What was shown when there was plenty: the quote of goods that are sold out by now. */
  private async versionFor(shop: Shop, shopperId: string, lines: { skuId: string; quantity: number }[]) {
    const quoted = await shop.orders.quote(lines, shopperId);
    if (quoted.ok) return quoted.value.quote.version;
    const [line] = lines;
    const known = this.versions.get(line?.quantity ?? 0);
    if (!known) throw new Error('every quantity was quoted at first');
    return known;
  }
  private readonly versions = new Map<number, string>();
  async arrive(): Promise<void> {
    for (const quantity of [1, 2, 3, 4]) {
      const quoted = await edges[0].orders.quote([{ skuId: this.skuId, quantity }], '');
      if (quoted.ok) this.versions.set(quantity, quoted.value.quote.version);
    }
  }
}

const message: fc.Arbitrary<Message> = fc.record({
  kind: fc.constantFrom<Kind>(
    'submit',
    'submit',
    'submit',
    'submit_other',
    'cancel',
    'pay',
    'pay',
    'tell',
    'tell',
    'run_out',
  ),
  key: fc.integer({ min: 0, max: KEYS - 1 }),
  edge: fc.constantFrom<0 | 1>(0, 1),
});
/** Each message comes once to three times, the repeats anywhere later. */
const stream = fc
  .array(fc.tuple(message, fc.integer({ min: 0, max: 2 })), { minLength: 4, maxLength: 14 })
  .chain((sent) => {
    const first = sent.map(([one]) => one);
    const repeats = sent.flatMap(([one, times]) => Array.from({ length: times }, () => one));
    return fc.shuffledSubarray(repeats, { minLength: repeats.length }).map((late) => [...first, ...late]);
  });

let round = 0;

test(
  '[P22] doubled, late and reordered messages at two processes come to what the plain model says, one by one',
  async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.integer({ min: 4, max: 6 }), async (messages, onHand) => {
        round += 1;
        const skuId = `model-${round}`;
        await putOnSale(db, { id: skuId, onHand });
        const model = new Model(onHand);
        const real = new Real(skuId);
        await real.arrive();
        for (const one of messages) {
          const wanted = model.hear(one);
          expect([one, await real.hear(one)]).toEqual([one, wanted]);
        }
        const [level] = await db.query('select on_hand, reserved, sold from stock_level where sku_id = $1', [skuId]);
        const sold = model.units('paid');
        expect(level).toEqual({ on_hand: onHand - sold, reserved: model.units('pending_pay'), sold });
      }),
      { numRuns: CONTESTS },
    );
    expect(await violations(db)).toEqual([]);
  },
  60_000 + CONTESTS * 2_000,
);
