import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreFacts } from '../../lib/contracts/store.ts';
import type { OffersShown } from '../../lib/contracts/store-offer.ts';
import { blockOf } from '../../lib/domain/store/cell.ts';
import {
  type NameRow,
  packBlock,
  type RegionFile,
  type StoreManifest,
  writeBlocks,
} from '../../lib/domain/store/published.ts';
import { regionsAbove } from '../../lib/domain/store/store.ts';
import { regionByCode, regionWords } from '../store/regions.ts';
import { syllablesOf } from './search-index.ts';

/** Below so many stores one file of names is enough: some 60 bytes a store. */
const ONE_FILE_MAX = 2_000;

const hashOf = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(items, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A region's own name, without what is above it. */
function ownName(code: string): { zh: string; en: string } {
  const region = regionByCode(code);
  if (!region) return { zh: code, en: code };
  const { zh, en } = regionWords(region);
  const above = code.endsWith('0000') || region.city === null ? 0 : 1;
  return {
    zh: zh.split(' ').slice(above).join(' '),
    en: en
      .split(' ')
      .slice(above === 0 ? 0 : -1)
      .join(' '),
  };
}

function regionFile(stores: readonly StoreFacts[]): RegionFile {
  return {
    provinces: grouped(stores, ({ regionCode }) => regionsAbove(regionCode).province).map(([code, inProvince]) => ({
      code,
      name: ownName(code),
      count: inProvince.length,
      cities: grouped(inProvince, ({ regionCode }) => regionsAbove(regionCode).city).map(([city, inCity]) => ({
        code: city,
        name: ownName(city),
        count: inCity.length,
        blocks: [...new Set(inCity.map(({ cell }) => blockOf(cell)))].sort(),
      })),
    })),
  };
}

function nameRow({ id, cell, name, address }: StoreFacts): NameRow {
  return [
    id,
    blockOf(cell),
    `${name.zh} ${name.en} ${address.zh} ${address.en}`,
    syllablesOf(`${name.zh} ${address.zh}`),
  ];
}

/**
 * Writes the stores that are not closed for good as files below `store-files/`, each under a name that changes with its
 * content, and removes those that no longer belong to it.
 * @returns the manifest's path in the shop, for the build to put into the pages.
 */
export async function writeStoreFiles(
  stores: readonly StoreFacts[],
  holidays: readonly string[],
  publicFolder: string,
  offers: OffersShown = { asOf: 0, offers: [] },
): Promise<string> {
  const folder = join(publicFolder, 'store-files');
  await mkdir(folder, { recursive: true });
  const files = new Map<string, string>();
  const named = (name: (hash: string) => string, content: unknown, length = 8): string => {
    const text = JSON.stringify(content);
    const hash = hashOf(text, length);
    files.set(name(hash), text);
    return hash;
  };
  const blocks = new Map<string, string>();
  for (const [block, inBlock] of grouped(stores, ({ cell }) => blockOf(cell))) {
    // Six characters tell one version of a block from the next; its own name is in front of them.
    blocks.set(
      block,
      named((hash) => `b-${block}-${hash}.json`, packBlock(inBlock), 6),
    );
  }
  const regions = named((hash) => `r-${hash}.json`, regionFile(stores));
  const shards =
    stores.length <= ONE_FILE_MAX
      ? ([['all', [...stores]]] as [string, StoreFacts[]][])
      : grouped(stores, ({ regionCode }) => regionsAbove(regionCode).province);
  const names = Object.fromEntries(
    shards.map(([shard, rows]) => [shard, named((hash) => `n-${shard}-${hash}.json`, { rows: rows.map(nameRow) })]),
  );
  const manifest: StoreManifest = {
    version: 1,
    total: stores.length,
    blocks: writeBlocks(blocks),
    holidays,
    regions,
    offers: named((one) => `o-${one}.json`, offers),
    names,
  };
  const hash = named((one) => `m-${one}.json`, manifest, 12);
  for (const file of await readdir(folder)) if (!files.has(file)) await rm(join(folder, file));
  for (const [file, text] of files) await writeFile(join(folder, file), text);
  return `/store-files/m-${hash}.json`;
}
