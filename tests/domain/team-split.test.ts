import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOdds } from '../../lib/domain/team/odds.ts';
import { luckiestPlace, type SplitRules, seedHashOf, splitPot } from '../../lib/domain/team/split.ts';
import { randomOf } from '../crowd/random.ts';
import { chiSquareP } from '../support/chi-square.ts';

const RULES: SplitRules = { potFen: 2_000, size: 4, leastPermille: 50, leaderExtraPermille: 0 };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Seeds that repeat from run to run. */
function seedsOf(run: number): () => string {
  const random = randomOf(run);
  return () =>
    Array.from({ length: 8 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
}

const anyRules = fc
  .record({
    size: fc.integer({ min: 2, max: 10 }),
    potFen: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000_000 })),
    leastPermille: fc.integer({ min: 0, max: 500 }),
    leaderExtraPermille: fc.constantFrom(0, 0, 100, 333),
  })
  .filter(({ potFen, size, leastPermille, leaderExtraPermille }) => {
    const least = Math.max(1, Math.ceil((potFen * leastPermille) / 1_000));
    return potFen - Math.floor((potFen * leaderExtraPermille) / 1_000) >= size * least;
  });

test('[INV-36] of 100,000 random pots every one is shared out to the fen, nobody below the least share or a fen', () => {
  const nextSeed = seedsOf(1);
  for (const rules of fc.sample(anyRules, { numRuns: 100_000, seed: 11 })) {
    const shares = splitPot(rules, nextSeed());
    const isFair =
      shares.length === rules.size &&
      sum(shares) === rules.potFen &&
      shares.every((fen) => Number.isInteger(fen) && fen >= 1 && fen * 1_000 >= rules.potFen * rules.leastPermille);
    if (!isFair) throw new Error(JSON.stringify({ rules, shares }));
  }
});

/** The published rule, written again from its description with another hash and other arithmetic. */
function splitAgain({ potFen, size, leastPermille, leaderExtraPermille }: SplitRules, seed: string): number[] {
  const words = (function* () {
    for (let block = 0; ; block += 1) {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(block);
      const digest = createHash('sha256').update(Buffer.from(seed, 'hex')).update(number).digest();
      for (let at = 0; at < 32; at += 4) yield BigInt(digest.readUInt32BE(at));
    }
  })();
  const below = (count: bigint): bigint => {
    const whole = (1n << 32n) / count;
    for (;;) {
      const word = words.next().value as bigint;
      if (word < whole * count) return word % count;
    }
  };
  const pot = BigInt(potFen);
  const extra = (pot * BigInt(leaderExtraPermille)) / 1_000n;
  const exactLeast = (pot * BigInt(leastPermille) + 999n) / 1_000n;
  const least = exactLeast > 1n ? exactLeast : 1n;
  const parts: bigint[] = [];
  let rest = pot - extra - least * BigInt(size);
  for (let people = BigInt(size); people > 1n; people -= 1n) {
    const drawn = below((2n * rest) / people + 1n);
    parts.push(least + drawn);
    rest -= drawn;
  }
  parts.push(least + rest);
  for (let at = size - 1; at > 0; at -= 1) {
    const to = Number(below(BigInt(at + 1)));
    [parts[at], parts[to]] = [parts[to] as bigint, parts[at] as bigint];
  }
  parts[0] = (parts[0] as bigint) + extra;
  return parts.map(Number);
}

test('anybody who has the seed gets the same shares, by a program of his own', () => {
  const nextSeed = seedsOf(2);
  for (const rules of fc.sample(anyRules, { numRuns: 3_000, seed: 12 })) {
    const seed = nextSeed();
    expect(splitPot(rules, seed)).toEqual(splitAgain(rules, seed));
  }
});

test('what is shown of the seed from the start is its SHA-256', () => {
  const nextSeed = seedsOf(3);
  for (let n = 0; n < 200; n += 1) {
    const seed = nextSeed();
    expect(seedHashOf(seed)).toBe(createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'));
  }
});

test('the luckiest place is that of the largest share, the first of equal ones', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 10 }), (shares) => {
      const place = luckiestPlace(shares);
      const best = shares[place - 1] as number;
      expect(shares.every((fen, index) => fen < best || (fen === best && index >= place - 1))).toBe(true);
    }),
  );
});

/**
 * How often each band of `edges` came up at each place, in so many opens: one share of each split, because members of one
 * team share one pot and their amounts lean on each other.
 */
function opened(rules: SplitRules, runs: number, edges: readonly number[], run: number): number[][] {
  const counts = Array.from({ length: rules.size }, () => new Array<number>(edges.length).fill(0));
  const nextSeed = seedsOf(run);
  for (let n = 0; n < runs; n += 1) {
    const fen = splitPot(rules, nextSeed())[n % rules.size] as number;
    const row = counts[n % rules.size] as number[];
    let band = edges.length - 1;
    while (fen < (edges[band] as number)) band -= 1;
    row[band] = (row[band] as number) + 1;
  }
  return counts;
}

/** As many classes as have at least `least` expected; the rest go to their neighbour, as the test demands. */
function pooled(counts: readonly number[], expected: readonly number[], least = 10): [number[], number[]] {
  const [seen, wanted]: [number[], number[]] = [[], []];
  let [open, openSeen] = [0, 0];
  for (const [index, one] of expected.entries()) {
    open += one;
    openSeen += counts[index] ?? 0;
    if (open < least) continue;
    seen.push(openSeen);
    wanted.push(open);
    [open, openSeen] = [0, 0];
  }
  seen[seen.length - 1] = (seen.at(-1) ?? 0) + openSeen;
  wanted[wanted.length - 1] = (wanted.at(-1) ?? 0) + open;
  return [seen, wanted];
}

const CAMPAIGNS: readonly (SplitRules & { opens: number })[] = [
  { ...RULES, opens: 1_000_000 },
  { ...RULES, leaderExtraPermille: 100, opens: 200_000 },
  { potFen: 10_000, size: 10, leastPermille: 20, leaderExtraPermille: 0, opens: 100_000 },
  { potFen: 12, size: 3, leastPermille: 0, leaderExtraPermille: 0, opens: 100_000 },
];

test.each(CAMPAIGNS)(
  'the odds that are published are those of $opens opens: $potFen fen for $size, at least $leastPermille ‰, leader $leaderExtraPermille ‰ more',
  (rules) => {
    const odds = shareOdds(rules);
    const edges = odds.map(({ fromFen }) => fromFen);
    const counts = opened(rules, rules.opens, edges, 21);
    const seen = odds.map((_, band) => sum(counts.map((row) => row[band] ?? 0)));
    const expected = odds.map(({ perMillion }) => (perMillion * rules.opens) / 1_000_000);
    expect(chiSquareP(...pooled(seen, expected))).toBeGreaterThan(0.001);
  },
  120_000,
);

test('the published bands leave no amount out: from the least share to the most, without gaps, a million in all', () => {
  for (const rules of [...CAMPAIGNS, ...fc.sample(anyRules, { numRuns: 200, seed: 13 })]) {
    const odds = shareOdds(rules);
    expect(sum(odds.map(({ perMillion }) => perMillion))).toBe(1_000_000);
    expect(odds.slice(1).map(({ fromFen }) => fromFen)).toEqual(odds.slice(0, -1).map(({ toFen }) => toFen + 1));
    expect(odds.every(({ fromFen, toFen }) => fromFen <= toFen)).toBe(true);
    const [first, last] = [odds[0]?.fromFen ?? 0, odds.at(-1)?.toFen ?? 0];
    const shares = Array.from({ length: 20 }, (_, n) => splitPot(rules, n.toString(16).padStart(64, '0'))).flat();
    expect(shares.every((fen) => first <= fen && fen <= last)).toBe(true);
  }
});

test('the order of joining changes nothing: every place has the same chances, and the luckiest is as often the first as the last', () => {
  const edges = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200];
  const runs = 200_000;
  const counts = opened(RULES, runs, edges, 31);
  const mean = edges.map((_, band) => sum(counts.map((row) => row[band] ?? 0)) / RULES.size);
  for (const row of counts) expect(chiSquareP(...pooled(row, mean))).toBeGreaterThan(0.001);
  const luck = new Array<number>(RULES.size).fill(0);
  const nextSeed = seedsOf(32);
  for (let n = 0; n < runs / 2; n += 1) {
    const shares = splitPot(RULES, nextSeed());
    if (new Set(shares).size < shares.length) continue;
    const place = luckiestPlace(shares) - 1;
    luck[place] = (luck[place] ?? 0) + 1;
  }
  expect(
    chiSquareP(
      luck,
      luck.map(() => sum(luck) / luck.length),
    ),
  ).toBeGreaterThan(0.001);
});

test('the leader’s extra is what the rules say, on top of the same draw', () => {
  const nextSeed = seedsOf(4);
  for (const rules of fc.sample(anyRules, { numRuns: 500, seed: 14 })) {
    const seed = nextSeed();
    const extra = Math.floor((rules.potFen * rules.leaderExtraPermille) / 1_000);
    const without = { ...rules, potFen: rules.potFen - extra, leaderExtraPermille: 0 };
    const least = (one: SplitRules) => Math.max(1, Math.ceil((one.potFen * one.leastPermille) / 1_000));
    // The least share is of the whole pot; where taking the extra out does not move it, the draws are the same.
    if (least(rules) !== least(without)) continue;
    const [leader = 0, ...others] = splitPot(without, seed);
    expect(splitPot(rules, seed)).toEqual([leader + extra, ...others]);
  }
});
