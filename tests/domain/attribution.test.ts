import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  creditTouches,
  HALF_LIFE_MS,
  MODELS,
  markovFacts,
  WHOLE_PPM,
  weigh,
} from '../../lib/domain/sharing/attribution.ts';
import type { Touch } from '../../lib/domain/sharing/chain.ts';
import { CREDIT_STATES, creditAfter, moveCredit } from '../../lib/domain/sharing/credit-state.ts';
import { removalEffects, type WalkedPath } from '../../lib/domain/sharing/markov.ts';
import { toEpochMs } from '../../lib/domain/time.ts';

const ORDER_AT = toEpochMs(8 * 86_400_000);

const touchesOf = (ages: readonly number[]): Touch[] =>
  ages
    .toSorted((a, b) => b - a)
    .map((age, at) => ({ visitId: at + 1, linkId: at + 1, visitorId: 'v', at: toEpochMs(ORDER_AT - age) }));

const aTouches = fc
  .array(fc.integer({ min: 0, max: 7 * 86_400_000 }), { minLength: 1, maxLength: 12 })
  .map((ages) => touchesOf(ages));
const keyOf = ({ linkId }: Touch) => `k${linkId % 4}`;
const aPath = fc
  .record({
    keys: fc.array(fc.constantFrom('k0', 'k1', 'k2', 'k3'), { minLength: 1, maxLength: 5 }),
    walks: fc.integer({ min: 1, max: 50 }),
    part: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ keys, walks, part }): WalkedPath => ({ keys, walks, orders: Math.floor((walks * part) / 100) }));
const aPaths = fc.array(aPath, { minLength: 1, maxLength: 12 });

/** The models once more, by their definitions, in fractions. */
function fractions(model: (typeof MODELS)[number], touches: readonly Touch[], paths: readonly WalkedPath[]): number[] {
  const n = touches.length;
  const shares = (weights: number[]) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => (sum > 0 ? weight / sum : 1 / n));
  };
  switch (model) {
    case 'first':
      return touches.map((_, at) => Number(at === 0));
    case 'last':
      return touches.map((_, at) => Number(at === n - 1));
    case 'linear':
      return touches.map(() => 1 / n);
    case 'position':
      if (n === 1) return [1];
      if (n === 2) return [0.5, 0.5];
      return touches.map((_, at) => (at === 0 || at === n - 1 ? 0.4 : 0.2 / (n - 2)));
    case 'decay':
      return shares(touches.map(({ at }) => Math.exp((-Math.LN2 * (ORDER_AT - at)) / HALF_LIFE_MS)));
    case 'markov': {
      const effects = exactRemovalEffects(paths);
      return shares(touches.map((touch) => effects.get(keyOf(touch)) ?? 0));
    }
  }
}

/** Absorption by solving the linear equations (Gauss), where the product goes round until nothing moves. */
function exactRemovalEffects(paths: readonly WalkedPath[]): Map<string, number> {
  const states = ['start', ...new Set(paths.flatMap(({ keys }) => keys))];
  const counts = states.map(() => [...states.map(() => 0), 0, 0]);
  const [toOrder, toNothing] = [states.length, states.length + 1];
  for (const { keys, walks, orders } of paths) {
    const walk = [0, ...keys.map((key) => states.indexOf(key))];
    walk.forEach((from, at) => {
      const row = counts[from] as number[];
      const next = walk[at + 1];
      if (next !== undefined) row[next] = (row[next] ?? 0) + walks;
      else {
        row[toOrder] = (row[toOrder] ?? 0) + orders;
        row[toNothing] = (row[toNothing] ?? 0) + walks - orders;
      }
    });
  }
  const chance = (removed: number) => {
    const n = states.length;
    // (I − Q) x = r
    const rows = counts.map((row, from) => {
      const total = row.reduce((a, b) => a + b, 0);
      const isGone = from === removed || total === 0;
      const equation = states.map(
        (_, to) => Number(from === to) - (isGone || to === removed ? 0 : (row[to] ?? 0) / total),
      );
      return [...equation, isGone ? 0 : (row[toOrder] ?? 0) / total];
    });
    for (let col = 0; col < n; col += 1) {
      let pivot = col;
      for (let at = col; at < n; at += 1) {
        if (Math.abs(rows[at]?.[col] ?? 0) > Math.abs(rows[pivot]?.[col] ?? 0)) pivot = at;
      }
      [rows[col], rows[pivot]] = [rows[pivot] as number[], rows[col] as number[]];
      const head = rows[col] as number[];
      // A circle that nobody leaves ends in no order.
      if (Math.abs(head[col] ?? 0) < 1e-12) continue;
      for (let at = 0; at < n; at += 1) {
        const row = rows[at] as number[];
        if (at === col) continue;
        const factor = (row[col] ?? 0) / (head[col] as number);
        for (let to = col; to <= n; to += 1) row[to] = (row[to] ?? 0) - factor * (head[to] ?? 0);
      }
    }
    const [first] = rows;
    return (first?.[n] ?? 0) / (first?.[0] ?? 1);
  };
  const whole = chance(-1);
  const effects = new Map<string, number>();
  if (whole <= 1e-12) return effects;
  for (let at = 1; at < states.length; at += 1) effects.set(states[at] as string, Math.max(0, 1 - chance(at) / whole));
  return effects;
}

test.each(MODELS)('%s divides every order as its definition says, within a millionth and a half', (model) => {
  fc.assert(
    fc.property(aTouches, aPaths, (touches, paths) => {
      const facts = markovFacts(paths, keyOf);
      const weights = weigh(model, touches, ORDER_AT, facts);
      expect(weights.reduce((a, b) => a + b, 0)).toBe(WHOLE_PPM);
      fractions(model, touches, paths).forEach((share, at) => {
        expect(Math.abs((weights[at] ?? 0) - share * WHOLE_PPM)).toBeLessThan(3);
      });
    }),
    { numRuns: 400 },
  );
});

test('what sharers and the shop see of an order adds up to it, to the fen, by every model', () => {
  fc.assert(
    fc.property(
      aTouches,
      aPaths,
      fc.integer({ min: 0, max: 30_000_000 }),
      fc.constantFrom(...MODELS),
      (touches, paths, fen, model) => {
        const credited = creditTouches(model, touches, { placedAt: ORDER_AT, fen }, markovFacts(paths, keyOf));
        expect(credited.reduce((sum, touch) => sum + touch.fen, 0)).toBe(fen);
        expect(credited.map(({ visitId }) => visitId)).toEqual(touches.map(({ visitId }) => visitId));
        expect(credited.every((touch) => touch.fen >= 0 && Number.isSafeInteger(touch.fen))).toBe(true);
      },
    ),
  );
});

test('a newer touch never weighs less by decay, and the same touches always weigh the same', () => {
  fc.assert(
    fc.property(aTouches, (touches) => {
      const weights = weigh('decay', touches, ORDER_AT);
      // One millionth goes to the larger remainder.
      expect(weights.every((weight, at) => at === 0 || weight + 1 >= (weights[at - 1] ?? 0))).toBe(true);
      expect(weigh('decay', touches, ORDER_AT)).toEqual(weights);
    }),
  );
});

test('removal effects of a walk that everybody knows: two channels in a row lose all, two apart lose their part', () => {
  expect(removalEffects([{ keys: ['a', 'b'], walks: 10, orders: 5 }])).toEqual(
    new Map([
      ['a', 1],
      ['b', 1],
    ]),
  );
  const apart = removalEffects([
    { keys: ['a'], walks: 10, orders: 3 },
    { keys: ['b'], walks: 10, orders: 1 },
  ]);
  expect(apart.get('a')).toBeCloseTo(0.75, 9);
  expect(apart.get('b')).toBeCloseTo(0.25, 9);
  expect(removalEffects([{ keys: ['a'], walks: 10, orders: 0 }]).size).toBe(0);
});

test('a credit goes its way once: never vested and reversed, never back', () => {
  const allowed = CREDIT_STATES.flatMap((from) =>
    CREDIT_STATES.filter((to) => moveCredit(from, to).ok).map((to) => `${from} → ${to}`),
  );
  expect(allowed).toEqual(['clicked → bound', 'bound → qualified', 'qualified → vested', 'qualified → reversed']);
  expect(['paid', 'received', 'completed', 'refunding', 'refunded', 'closed'].map(creditAfter)).toEqual([
    null,
    null,
    'vested',
    null,
    'reversed',
    null,
  ]);
});
