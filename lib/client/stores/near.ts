import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { type BlockId, metresToBlock } from '../../domain/store/cell.ts';
import { distanceM, type Point } from '../../domain/store/place.ts';
import type { KnownStore } from '../../domain/store/published.ts';

/** A store and how far it is, metres; null where nobody said from where. */
export type FoundStore = { readonly store: KnownStore; readonly metres: number | null };

/** The stores nearest to a point, nearest first. */
export function sortByDistance(point: Point, stores: readonly KnownStore[], count: number): FoundStore[] {
  if (stores.length === 0) return [];
  const tree = new KDBush(stores.length);
  for (const { lng, lat } of stores) tree.add(lng, lat);
  tree.finish();
  return around(tree, point.lng, point.lat, count).map((at) => {
    const store = stores[at as number]!;
    return { store, metres: distanceM(point, store) };
  });
}

/** More blocks than this are not asked for: whoever is that far from everything sees what was found. */
const BLOCKS_MAX = 24;
const AT_ONCE = 4;

/**
 * The stores nearest to a point, exactly: blocks are loaded, nearest first, until none that is left could hold a nearer
 * store. `load` answers null for a block that cannot be had (no network); then what was found is all there is.
 */
export async function nearestStores(
  point: Point,
  count: number,
  blocks: readonly BlockId[],
  load: (block: BlockId) => Promise<readonly KnownStore[] | null>,
): Promise<{ readonly found: FoundStore[]; readonly isWhole: boolean }> {
  const ahead = blocks
    .map((block) => ({ block, metres: metresToBlock(block, point) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, BLOCKS_MAX);
  let stores: KnownStore[] = [];
  let found: FoundStore[] = [];
  let isWhole = true;
  for (let next = 0; next < ahead.length; next += AT_ONCE) {
    const reach = found.length < count ? Number.POSITIVE_INFINITY : (found.at(-1)?.metres ?? 0);
    const batch = ahead.slice(next, next + AT_ONCE).filter(({ metres }) => metres <= reach);
    if (batch.length === 0) break;
    for (const loaded of await Promise.all(batch.map(({ block }) => load(block)))) {
      if (loaded) stores = [...stores, ...loaded];
      else isWhole = false;
    }
    found = sortByDistance(point, stores, count);
  }
  return { found, isWhole };
}
