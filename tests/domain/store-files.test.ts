import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreFacts } from '../../lib/contracts/store.ts';
import { blockOf, blocksAround, cellOf } from '../../lib/domain/store/cell.ts';
import {
  type BlockFile,
  blocksOf,
  type NameFile,
  packBlock,
  type RegionFile,
  type StoreManifest,
  unpackBlock,
} from '../../lib/domain/store/published.ts';
import { demoStores } from '../../server/publish/demo/stores.ts';
import { writeStoreFiles } from '../../server/publish/stores.ts';

const facts = (count: number): StoreFacts[] =>
  demoStores(count).map(({ datum: _, services, ...row }) => ({
    ...row,
    services: [...services],
    hours: row.hours as StoreFacts['hours'],
    exceptions: [],
    state: 'open',
    stateNote: null,
  }));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'festa-stores-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bytes = async (path: string) => gzipSync(await readFile(join(folder, path)), { level: 9 }).length;
const read = async <T>(path: string) => JSON.parse(await readFile(join(folder, path), 'utf8')) as T;

describe('the published stores', () => {
  test('are on the phone what they were on the server', () => {
    const [first, second, ...rest] = facts(60);
    const special: StoreFacts[] = [
      { ...first!, zone: 'Asia/Urumqi', exceptions: [{ date: '2026-11-11', spans: [[0, 60]], note: null }] },
      { ...second!, state: 'closed_temporarily', stateNote: { zh: '装修', en: 'Works' }, hours: null, phone: null },
    ];
    const stores = [...special, ...rest];
    expect(unpackBlock(JSON.parse(JSON.stringify(packBlock(stores))) as BlockFile)).toEqual(
      stores.map(({ cell: _, ...store }) => store),
    );
  });

  test('are all found by block, by region and by name, in files that only content renames', async () => {
    const stores = facts(400);
    const path = await writeStoreFiles(stores, ['2027-01-01'], folder);
    const manifest = await read<StoreManifest>(path);
    expect(manifest).toMatchObject({ total: 400, holidays: ['2027-01-01'] });
    const found: string[] = [];
    for (const [block, name] of blocksOf(manifest)) {
      const inBlock = unpackBlock(await read<BlockFile>(`store-files/b-${block}-${name}.json`));
      for (const store of inBlock) expect(blockOf(cellOf(store))).toBe(block);
      found.push(...inBlock.map(({ id }) => id));
    }
    expect(found.sort()).toEqual(stores.map(({ id }) => id).sort());
    const regions = await read<RegionFile>(`store-files/r-${manifest.regions}.json`);
    expect(regions.provinces.reduce((sum, { count }) => sum + count, 0)).toBe(400);
    expect(regions.provinces.find(({ code }) => code === '440000')?.name).toEqual({ zh: '广东省', en: 'Guangdong' });
    expect(Object.keys(manifest.names)).toEqual(['all']);
    const names = await read<NameFile>(`store-files/n-all-${manifest.names.all}.json`);
    expect(names.rows).toHaveLength(400);

    const before = await readdir(join(folder, 'store-files'));
    expect(await writeStoreFiles(stores, ['2027-01-01'], folder)).toBe(path);
    const changed = stores.map((store, at) => (at === 0 ? { ...store, phone: '1' } : store));
    expect(await writeStoreFiles(changed, ['2027-01-01'], folder)).not.toBe(path);
    const after = await readdir(join(folder, 'store-files'));
    expect(after.filter((file) => !before.includes(file))).toHaveLength(2);
    expect(after).toHaveLength(before.length);
  });

  test('of 30,000 are at most 60 KB where they are densest: the manifest and four blocks', async () => {
    const stores = facts(30_000);
    const path = await writeStoreFiles(stores, [], folder);
    const blocks = blocksOf(await read<StoreManifest>(path));
    const counts = Map.groupBy(stores, ({ cell }) => cell);
    const [densest] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0]!;
    let total = await bytes(path);
    for (const block of blocksAround(densest)) {
      const name = blocks.get(block);
      if (name) total += await bytes(`store-files/b-${block}-${name}.json`);
    }
    expect(total).toBeLessThanOrEqual(60 * 1_024);
  }, 120_000);
});
