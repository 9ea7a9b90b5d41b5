import type { OffersShown } from '../../contracts/store-offer.ts';
import type { BlockId } from '../../domain/store/cell.ts';
import {
  type BlockFile,
  blocksOf,
  type KnownStore,
  type NameFile,
  type RegionFile,
  type StoreManifest,
  unpackBlock,
} from '../../domain/store/published.ts';

/** The publisher writes the files and tells the build the manifest's name; every name changes with its content. */
const MANIFEST_URL = process.env.NEXT_PUBLIC_STORES ?? '/store-files/none.json';

export type StoreFiles = {
  readonly total: number;
  readonly blocks: readonly BlockId[];
  readonly holidays: ReadonlySet<string>;
  /** Provinces with a file of names of their own; empty while one file has them all. */
  readonly isNamesByProvince: boolean;
  /** A block's stores; null: there is no network and it was never seen. */
  block(block: BlockId): Promise<readonly KnownStore[] | null>;
  /** @throws when there is no network and it was never seen. */
  regions(): Promise<RegionFile>;
  /** What stores gave when it was published. @throws as `regions`. */
  offers(): Promise<OffersShown>;
  /** @throws as `regions`. */
  names(province: string | null): Promise<NameFile>;
};

async function read<T>(name: string): Promise<T> {
  const response = await fetch(name.startsWith('/') ? name : `/store-files/${name}.json`);
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  return (await response.json()) as T;
}

function open(manifest: StoreManifest): StoreFiles {
  const names = blocksOf(manifest);
  const loaded = new Map<BlockId, Promise<readonly KnownStore[] | null>>();
  return {
    total: manifest.total,
    blocks: [...names.keys()],
    holidays: new Set(manifest.holidays),
    isNamesByProvince: !('all' in manifest.names),
    block(block) {
      const name = names.get(block);
      if (name === undefined) return Promise.resolve([]);
      let stores = loaded.get(block);
      if (!stores) {
        stores = read<BlockFile>(`b-${block}-${name}`).then(unpackBlock, () => {
          loaded.delete(block);
          return null;
        });
        loaded.set(block, stores);
      }
      return stores;
    },
    regions: () => read(`r-${manifest.regions}`),
    offers: () => read(`o-${manifest.offers}`),
    async names(province) {
      const shard = 'all' in manifest.names ? 'all' : (province ?? '');
      const name = manifest.names[shard];
      return name === undefined ? { rows: [] } : read(`n-${shard}-${name}`);
    },
  };
}

let opening: Promise<StoreFiles> | undefined;

/** The published stores; the manifest is fetched once. @throws when it cannot be had; a later call tries again. */
export function openStoreFiles(): Promise<StoreFiles> {
  opening ??= read<StoreManifest>(MANIFEST_URL).then(open, (cause: unknown) => {
    opening = undefined;
    throw cause;
  });
  return opening;
}
