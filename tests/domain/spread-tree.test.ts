import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeSpread, type SpreadPlaces } from '../../lib/domain/sharing/spread-layout.ts';
import {
  branchOf,
  branchSum,
  childrenOf,
  growSpread,
  pathTo,
  type Spread,
} from '../../lib/domain/sharing/spread-tree.ts';

/** Forests of any shape; `shy` says how often somebody begins a tree of his own, parents stand before or behind. */
const forest = fc
  .record({ picks: fc.array(fc.nat(), { minLength: 1, maxLength: 300 }), shy: fc.integer({ min: 1, max: 12 }) })
  .chain(({ picks, shy }) => {
    const parents = picks.map((pick, node) => (node === 0 || pick % shy === 0 ? -1 : pick % node));
    return fc.shuffledSubarray([...parents.keys()], { minLength: parents.length }).map((order) => {
      const place = new Map(order.map((node, index) => [node, index]));
      return order.map((node) => place.get(parents[node] ?? -1) ?? -1);
    });
  });

/** Shapes that a random forest hardly ever has. */
const SHAPES: Readonly<Record<string, number[]>> = {
  'a single link': [-1],
  'a long chain': Array.from({ length: 400 }, (_, node) => node - 1),
  'one whom all follow': Array.from({ length: 3_000 }, (_, node) => (node === 0 ? -1 : 0)),
  'a thousand links of the shop': Array.from({ length: 1_000 }, () => -1),
  'a crowd beside a chain': Array.from({ length: 3_000 }, (_, node) => (node < 60 ? node - 1 : 0)),
  'a crowd at the end of a chain': Array.from({ length: 2_000 }, (_, node) => (node < 40 ? node - 1 : 39)),
  'eight each': Array.from({ length: 4_000 }, (_, node) => Math.floor((node - 1) / 8)),
  'crowds in different generations': Array.from({ length: 3_000 }, (_, node) =>
    node < 30 ? node - 1 : (node * 7) % 30,
  ),
};

/** The nearest two of each generation and its neighbours; a grid of cells keeps it quick. */
function nearest({ x, y }: SpreadPlaces): number {
  const cells = new Map<string, number[]>();
  for (let node = 0; node < x.length; node += 1) {
    const key = `${Math.floor(x[node]! / 2)},${Math.floor(y[node]! / 2)}`;
    const cell = cells.get(key) ?? [];
    cells.set(key, cell);
    cell.push(node);
  }
  let least = Number.POSITIVE_INFINITY;
  for (const [key, cell] of cells) {
    const [cx = 0, cy = 0] = key.split(',').map(Number);
    for (const dx of [0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const other of cells.get(`${cx + dx},${cy + dy}`) ?? []) {
          for (const one of cell) {
            if (one !== other) least = Math.min(least, Math.hypot(x[one]! - x[other]!, y[one]! - y[other]!));
          }
        }
      }
    }
  }
  return least;
}

const radii = ({ x, y }: SpreadPlaces) => [...x].map((_, node) => Math.hypot(x[node]!, y[node]!));

function expectToBePlaced(spread: Spread): void {
  const places = placeSpread(spread);
  expect(nearest(places)).toBeGreaterThan(0.6);
  const out = radii(places);
  const rings = spread.generations.map((_, depth) => out.filter((_radius, node) => spread.generation[node] === depth));
  for (const [depth, ring] of rings.entries()) {
    const before = depth === 0 ? [] : (rings[depth - 1] ?? []);
    expect(Math.min(...ring)).toBeGreaterThan(Math.max(-2, ...before) + 1);
  }
  expect(Math.max(...out)).toBeLessThanOrEqual(places.radius + 1e-6);
}

test('A branch is one run of the walk: everything in it leads to its node, and nothing else does', () => {
  fc.assert(
    fc.property(forest, (parents) => {
      const spread = growSpread(parents);
      expect([...spread.walk].toSorted((a, b) => a - b)).toEqual([...parents.keys()]);
      for (const node of parents.keys()) {
        const path = pathTo(spread, node);
        expect(path.length - 1).toBe(spread.generation[node]);
        expect(path.at(-1)).toBe(node);
        const branch = new Set(branchOf(spread, node));
        const leads = [...parents.keys()].filter((other) => pathTo(spread, other).includes(node));
        expect(branch).toEqual(new Set(leads));
        expect(new Set(childrenOf(spread, node))).toEqual(
          new Set([...parents.keys()].filter((other) => parents[other] === node)),
        );
      }
      expect(childrenOf(spread, -1).every((node) => parents[node] === -1)).toBe(true);
      const ones = parents.map(() => 1);
      expect(childrenOf(spread, -1).reduce((sum, root) => sum + branchSum(spread, root, ones), 0)).toBe(parents.length);
    }),
    { numRuns: 60 },
  );
});

test('Generations are rings one outside the other, and nobody stands on anybody', () => {
  fc.assert(
    fc.property(forest, (parents) => expectToBePlaced(growSpread(parents))),
    { numRuns: 200 },
  );
});

test.each(Object.entries(SHAPES))('%s has its places, too', (_shape, parents) => {
  expectToBePlaced(growSpread(parents));
});

test('A branch keeps to its own wedge: going round a ring, nobody stands between two of one branch', () => {
  fc.assert(
    fc.property(forest, (parents) => {
      const spread = growSpread(parents);
      const { x, y } = placeSpread(spread);
      const turn = (node: number) => (Math.atan2(x[node]!, y[node]!) / (2 * Math.PI) + 1) % 1;
      for (let depth = 1; depth < spread.generations.length; depth += 1) {
        const ring = [...spread.walk].filter((node) => spread.generation[node] === depth);
        const round = ring.map(turn);
        expect(round).toEqual(round.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 100 },
  );
});

test('Links that lead in a circle, or to nobody, are no spread', () => {
  expect(() => growSpread([1, 0])).toThrow('trees');
  expect(() => growSpread([-1, 7])).toThrow('among the links');
});
