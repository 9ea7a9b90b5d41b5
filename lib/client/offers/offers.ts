import type { OfferShown, OffersShown } from '../../contracts/store-offer.ts';
import { type BlockId, metresToBlock } from '../../domain/store/cell.ts';
import { FENCE_M, type Fix, fenceVerdict } from '../../domain/store/fence.ts';
import type { Point } from '../../domain/store/place.ts';
import type { KnownStore } from '../../domain/store/published.ts';
import { hearServerTime } from '../answer-clock.ts';
import { call } from '../api.ts';
import { openStoreFiles, type StoreFiles } from '../stores/files.ts';
import { learnWire } from '../wire.ts';
import { OFFER_WIRE } from '../wire-offer.ts';

learnWire(OFFER_WIRE);

/**
 * What stores give now: as the server says, the same to everybody, or as it was published where no answer comes. Null:
 * neither could be had.
 */
export async function readOffers(files: StoreFiles): Promise<OffersShown | null> {
  const answer = await call('public.store-offers', {}, { attemptsMax: 1 });
  if (answer.ok) {
    hearServerTime(answer.value.asOf);
    return answer.value;
  }
  return files.offers().catch(() => null);
}

/** A store that gives something, and how far it is. */
export type OfferingStore = {
  readonly store: KnownStore;
  readonly metres: number;
  /** What gives most first. */
  readonly offers: readonly OfferShown[];
};

/** Stores inside whose fence a phone is, nearest first; `imprecise`: where it is cannot be told well enough. */
export function offeringStores(
  fix: Fix,
  stores: readonly KnownStore[],
  offers: readonly OfferShown[],
): readonly OfferingStore[] | 'imprecise' {
  const found: OfferingStore[] = [];
  for (const store of stores) {
    const verdict = fenceVerdict(fix, store);
    if (verdict.kind === 'imprecise') return 'imprecise';
    if (verdict.kind !== 'inside' || store.state !== 'open') continue;
    const given = offers.filter(({ storeIds }) => storeIds.includes(store.id));
    if (given.length > 0) found.push({ store, metres: verdict.metres, offers: given });
  }
  return found.sort((a, b) => a.metres - b.metres);
}

/** Files that may hold a store within the fence: one, near an edge up to four. */
export const blocksInReach = (point: Point, blocks: readonly BlockId[]): BlockId[] =>
  blocks.filter((block) => metresToBlock(block, point) <= FENCE_M);

/** Loads what is around; of where the phone is nothing is sent but the names of public files. Null: no network. */
export async function lookAround(point: Point): Promise<{ stores: KnownStore[]; offers: OfferShown[] } | null> {
  try {
    const files = await openStoreFiles();
    const [shown, ...around] = await Promise.all([
      readOffers(files),
      ...blocksInReach(point, files.blocks).map((block) => files.block(block)),
    ]);
    if (shown === null || around.some((stores) => stores === null)) return null;
    return { stores: around.flatMap((stores) => [...(stores ?? [])]), offers: shown.offers };
  } catch {
    return null;
  }
}
