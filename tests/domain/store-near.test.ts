import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestStores } from '../../lib/client/stores/near.ts';
import { cellsToAsk } from '../../lib/client/stores/stock.ts';
import { blockOf, cellOf, withNeighbours } from '../../lib/domain/store/cell.ts';
import { distanceM } from '../../lib/domain/store/place.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import { demoStores } from '../../server/publish/demo/stores.ts';

const stores: KnownStore[] = demoStores(3_000).map(({ datum: _d, cell: _c, ...row }) => ({
  ...row,
  exceptions: [],
  state: 'open',
  stateNote: null,
}));
const byBlock = Map.groupBy(stores, (store) => blockOf(cellOf(store)));
const blocks = [...byBlock.keys()];
/** Somebody in a city, and somebody between cities. */
const somewhere = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: stores.length - 1 }), fc.double({ min: -0.05, max: 0.05, noNaN: true }))
    .map(([at, off]) => ({ lng: stores[at]!.lng + off, lat: stores[at]!.lat - off })),
  fc.record({ lng: fc.double({ min: 100, max: 122, noNaN: true }), lat: fc.double({ min: 22, max: 40, noNaN: true }) }),
);

describe('the stores nearest to somebody', () => {
  test('are the same twenty as of all the stores of the country, from the few files around', async () => {
    await fc.assert(
      fc.asyncProperty(somewhere, async (point) => {
        let files = 0;
        const { found, isWhole } = await nearestStores(point, 20, blocks, async (block) => {
          files += 1;
          return byBlock.get(block) ?? [];
        });
        const all = stores.map((store) => distanceM(point, store)).sort((a, b) => a - b);
        expect(isWhole).toBe(true);
        expect(files).toBeLessThanOrEqual(24);
        // Far from everything the files end before twenty are found: those that were are the nearest all the same.
        for (const [at, { metres }] of found.entries()) expect(metres).toBeCloseTo(all[at]!, 3);
        if (files < 24) expect(found).toHaveLength(20);
      }),
      { numRuns: 60 },
    );
  });

  test('are those that this phone has seen when there is no network, and it says so', async () => {
    const [seen] = blocks;
    const point = byBlock.get(seen!)![0]!;
    const { found, isWhole } = await nearestStores(point, 20, blocks, async (block) =>
      block === seen ? (byBlock.get(block) ?? []) : null,
    );
    expect(isWhole).toBe(false);
    expect(found.map(({ store }) => store.id)).toContain(point.id);
  });

  test('are asked for their stock by cells, of which none is asked twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: stores.length - 1 }), { minLength: 1, maxLength: 20 }),
        (picked) => {
          const shown = picked.map((at) => stores[at]!);
          const cells = cellsToAsk(shown);
          expect(cells.length).toBeLessThanOrEqual(6);
          expect(new Set(cells).size).toBe(cells.length);
          // The first one, the nearest, is always asked about.
          expect(cells.some((cell) => withNeighbours(cell).includes(cellOf(shown[0]!)))).toBe(true);
        },
      ),
    );
  });
});
