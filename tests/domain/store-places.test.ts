import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockOf, blocksAround, cellOf, centreOf, isCell, withNeighbours } from '../../lib/domain/store/cell.ts';
import {
  type DatumSample,
  detectDatum,
  distanceM,
  offsetM,
  type Point,
  pointFault,
} from '../../lib/domain/store/place.ts';
import { offersPickup, regionsAbove, stockHere, storeIdOf } from '../../lib/domain/store/store.ts';

const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anywhere: fc.Arbitrary<Point> = fc.record({ lng: degrees(-180, 180), lat: degrees(-90, 90) });
const inChina: fc.Arbitrary<Point> = fc.record({ lng: degrees(73.5, 135), lat: degrees(3.8, 53.6) });

/** So many metres off in a direction (radians, from east). */
function moved({ lng, lat }: Point, metres: number, direction: number): Point {
  const north = (metres * Math.sin(direction)) / 111_195;
  const east = (metres * Math.cos(direction)) / (111_195 * Math.cos(((lat + north / 2) * Math.PI) / 180));
  return { lng: lng + east, lat: lat + north };
}

describe('cells of about five kilometres', () => {
  test('every point of the world is in a cell, whose middle is in the same cell and near', () => {
    fc.assert(
      fc.property(anywhere, (point) => {
        const cell = cellOf(point);
        expect(isCell(cell)).toBe(true);
        const centre = centreOf(cell);
        expect(cellOf(centre)).toBe(cell);
        expect(Math.abs(centre.lat - point.lat)).toBeLessThanOrEqual(0.0226);
      }),
    );
  });

  test('whatever is within three kilometres in China is in the cell or a neighbour, in at most four blocks', () => {
    fc.assert(
      fc.property(inChina, degrees(0, 3_000), degrees(0, 2 * Math.PI), (here, metres, direction) => {
        const there = moved(here, metres, direction);
        const around = withNeighbours(cellOf(here));
        expect(around).toHaveLength(9);
        expect(around).toContain(cellOf(there));
        const blocks = blocksAround(cellOf(here));
        expect(blocks.length).toBeLessThanOrEqual(4);
        expect(blocks).toContain(blockOf(cellOf(there)));
      }),
    );
  });

  test('neighbours are neighbours of each other, across the date line too; a pole has fewer', () => {
    fc.assert(
      fc.property(anywhere, (point) => {
        const cell = cellOf(point);
        for (const other of withNeighbours(cell)) expect(withNeighbours(other)).toContain(cell);
      }),
    );
    expect(withNeighbours(cellOf({ lng: 179.99, lat: 0 }))).toContain(cellOf({ lng: -179.99, lat: 0 }));
    expect(withNeighbours(cellOf({ lng: 10, lat: 90 }))).toHaveLength(6);
  });

  test.each(['', '1', '1-2-3', '-1-2', '4000-1', '1-7200', '01-2', 'a-b', '1-2 '])('%s is no cell', (text) => {
    expect(isCell(text)).toBe(false);
  });
});

describe('points', () => {
  test('a distance is the same both ways, and what was walked', () => {
    fc.assert(
      fc.property(inChina, degrees(1, 100_000), degrees(0, 2 * Math.PI), (here, metres, direction) => {
        const there = moved(here, metres, direction);
        expect(distanceM(here, there)).toBeCloseTo(distanceM(there, here), 6);
        expect(Math.abs(distanceM(here, there) / metres - 1)).toBeLessThan(0.01);
        const { east, north } = offsetM(here, there);
        expect(Math.abs(Math.hypot(east, north) / metres - 1)).toBeLessThan(0.01);
      }),
    );
  });

  test('a point in China is taken; swapped, at zero, abroad or no degrees at all it is told', () => {
    fc.assert(
      fc.property(inChina, (point) => {
        expect(pointFault(point)).toBeNull();
      }),
    );
    expect(pointFault({ lng: 39.9, lat: 116.4 })).toBe('swapped');
    expect(pointFault({ lng: 0, lat: 0 })).toBe('zero');
    expect(pointFault({ lng: 2.35, lat: 48.85 })).toBe('outside');
    expect(pointFault({ lng: -73.98, lat: 40.7 })).toBe('outside');
    expect(pointFault({ lng: 11_640, lat: 3_990 })).toBe('not_degrees');
    expect(pointFault({ lng: Number.NaN, lat: 30 })).toBe('not_degrees');
  });

  test('a datum is told from enough rows that lie around their centres, and from too few it is not', () => {
    const scattered = (count: number, lean: number): fc.Arbitrary<DatumSample[]> =>
      fc
        .array(fc.tuple(degrees(-4_000, 4_000), degrees(-4_000, 4_000), degrees(0, 2 * Math.PI)), {
          minLength: count,
          maxLength: count,
        })
        .map((rows) =>
          rows.map(([east, north, angle]) => {
            const shift = { east: 500 * Math.cos(angle), north: 500 * Math.sin(angle) };
            return { offset: { east: east + lean * shift.east, north: north + lean * shift.north }, shift };
          }),
        );
    for (const [lean, datum] of [
      [0, 'wgs84'],
      [1, 'gcj02'],
    ] as const) {
      fc.assert(
        fc.property(scattered(3_000, lean), (samples) => {
          const said = detectDatum(samples);
          // It may be silent, never wrong.
          expect([datum, null]).toContain(said?.datum ?? null);
        }),
        { numRuns: 20 },
      );
    }
    const [, some] = fc.sample(scattered(99, 1), 2);
    expect(detectDatum(some!)).toBeNull();
  });
});

describe('what a store has of what is wanted', () => {
  test('is here, few, movable or none, and more stock is never worse', () => {
    const rank = { here: 3, few: 2, movable: 1, none: 0 };
    const units = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(units, units, fc.integer({ min: 1, max: 99 }), (here, central, wanted) => {
        const said = stockHere(here, central, wanted);
        expect(said.kind === 'here' || said.kind === 'few').toBe(here >= wanted);
        expect(said.kind === 'none').toBe(here + central < wanted);
        expect(rank[stockHere(here + 1, central, wanted).kind]).toBeGreaterThanOrEqual(rank[said.kind]);
        expect(rank[stockHere(here, central + 1, wanted).kind]).toBeGreaterThanOrEqual(rank[said.kind]);
      }),
    );
    expect(stockHere(3, 0, 2)).toEqual({ kind: 'few', left: 3 });
  });

  test('a store hands goods over while it is open and says that it does', () => {
    expect(offersPickup({ state: 'open', services: ['pickup'] })).toBe(true);
    expect(offersPickup({ state: 'open', services: ['returns'] })).toBe(false);
    expect(offersPickup({ state: 'closed_temporarily', services: ['pickup'] })).toBe(false);
  });

  test('a code becomes an id that is plain, and the regions above a region are its city and province', () => {
    expect(storeIdOf('22901-225145', () => 'x')).toBe('s-22901-225145');
    expect(storeIdOf('门店 1', () => 'abc')).toBe('s.abc');
    expect(regionsAbove('310104')).toEqual({ province: '310000', city: '310100' });
  });
});
