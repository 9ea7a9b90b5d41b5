import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cellOf } from '../../../lib/domain/store/cell.ts';
import { distanceM, type Point } from '../../../lib/domain/store/place.ts';
import { randomOf } from '../../crowd/random.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';
import type { Seen } from '../sharing/load.ts';
import { median } from '../sharing/tree.ts';
import { startProgram } from '../shop/processes.ts';
import { fillStores, skuIds } from './stores.ts';

const RATE = 500;
/** Goods of one cart. */
const WANTED = 5;

/** What an open-source mall does: distances to every store, in SQL, and what the nearest twenty have. */
const HAVERSINE = `
  select s.id, 12742017.6 * asin(least(1, sqrt(power(sin(radians(s.lat - $2) / 2), 2) +
           cos(radians($2)) * cos(radians(s.lat)) * power(sin(radians(s.lng - $1) / 2), 2)))) as metres,
         array(select least(99, l.on_hand - l.reserved) from unnest($3::text[]) with ordinality w (id, n)
               join stock_level l on l.sku_id = w.id and l.location_id = s.id order by n) as units
  from store s where s.state <> 'closed' order by metres, s.id limit 20`;

type Around = { stores: [string, string, number[]][] };

/** "Near me with stock": the cell's answer at 500/s, and its rate beside a haversine scan over all rows. */
export async function measureNear({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 2_000 : 30_000;
  const runs = quick ? 1 : 5;
  const seconds = quick ? 2 : 5;
  const world = await openWorld();
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-pickup-'));
  try {
    const stores = await fillStores(world.db, count);
    const byId = new Map(stores.map((store) => [store.id, store]));
    const random = randomOf(7);
    /** People are where stores are: beside one, up to two kilometres off. */
    const people = Array.from({ length: 5_000 }, () => {
      const { lng, lat } = stores[Math.floor(random() * stores.length)]!;
      const point: Point = { lng: lng + (random() - 0.5) * 0.04, lat: lat + (random() - 0.5) * 0.036 };
      const first = Math.floor(random() * (skuIds.length - WANTED));
      return { point, skus: skuIds.slice(first, first + WANTED) };
    });
    const pathOf = ({ point, skus }: (typeof people)[number]) =>
      `/api/public/store-stock/${cellOf(point)}?skus=${skus.join(',')}`;
    const file = join(folder, 'paths.json');
    await writeFile(file, JSON.stringify(people.map(pathOf)));
    const edge = await startProgram('../pickup/seat.ts', [world.url]);
    try {
      const load = async (rate: number): Promise<Seen> => {
        const args = [join(import.meta.dirname, '../sharing/load.ts'), edge.port, seconds, rate, file].map(String);
        const { stdout } = await promisify(execFile)(process.execPath, args);
        const seen = JSON.parse(stdout) as Seen;
        if (seen.wrong > 0 || seen.answers === 0) throw new Error(`wrong answers: ${stdout}`);
        return seen;
      };
      const cold = await load(RATE);
      // The same twenty stores with the same units, where the neighbourhood has so many: else the phone asks further.
      let compared = 0;
      for (const person of people.slice(0, 200)) {
        const answer = await fetch(`http://127.0.0.1:${edge.port}${pathOf(person)}`);
        const { value } = (await answer.json()) as { value: Around };
        const found = value.stores
          .map(([id, , units]) => ({ id, units, metres: distanceM(person.point, byId.get(id)!) }))
          .sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1))
          .slice(0, 20);
        const truth = await world.db.query<{ id: string; metres: number; units: number[] }>(HAVERSINE, [
          person.point.lng,
          person.point.lat,
          person.skus,
        ]);
        // Within three kilometres the neighbourhood is whole (tests/domain/store-places.test.ts).
        const near = truth.filter(({ metres }) => metres <= 3_000);
        const same = near.every(({ id, units }, at) => found[at]?.id === id && `${found[at]?.units}` === `${units}`);
        if (!same) throw new Error(`not the same stores for ${JSON.stringify(person)}`);
        compared += near.length;
      }
      const ours: Seen[] = [];
      const steady: Seen[] = [];
      const scans: number[] = [];
      for (let round = 0; round < runs; round += 1) {
        const startedAt = performance.now();
        let done = 0;
        const until = startedAt + seconds * 1_000;
        await Promise.all(
          Array.from({ length: 4 }, async (_, lane) => {
            for (let n = lane; performance.now() < until; n += 4) {
              const { point, skus } = people[n % people.length]!;
              await world.db.query(HAVERSINE, [point.lng, point.lat, skus]);
              done += 1;
            }
          }),
        );
        scans.push((done * 1_000) / (performance.now() - startedAt));
        ours.push(await load(0));
        steady.push(await load(RATE));
      }
      const spread = (values: readonly number[]) =>
        `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
      const rates = ours.map(({ perSecond }) => perSecond);
      const [a, b] = [median(rates), median(scans)];
      report({
        name: 'near-me-vs-haversine',
        ours: a,
        baseline: b,
        ratio: a / b,
        unit: 'answers/s',
        runs,
        spread: spread(rates),
        notes: `${count} stores × ${skuIds.length} SKUs, ${WANTED} wanted; ours over HTTP, the scan asked of Postgres at once; ${compared} stores compared, the same in the same order`,
      });
      const p99 = steady.map(({ p99Ms }) => p99Ms);
      report({
        name: 'near-me-p99-at-500',
        ours: median(p99),
        baseline: 50,
        ratio: 50 / median(p99),
        unit: 'ms',
        runs,
        spread: spread(p99),
        notes: `open loop at ${RATE}/s, no cache before the edge; the baseline is the promise; p50 ${median(steady.map(({ p50Ms }) => p50Ms)).toFixed(1)} ms; the first ${seconds} s, with every cell read for the first time: p99 ${cold.p99Ms.toFixed(0)} ms`,
      });
    } finally {
      await edge.stop();
    }
  } finally {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
