import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sortByDistance } from '../../../lib/client/stores/near.ts';
import type { StoreFacts } from '../../../lib/contracts/store.ts';
import { blocksAround, centreOf } from '../../../lib/domain/store/cell.ts';
import { type BlockFile, blocksOf, type StoreManifest, unpackBlock } from '../../../lib/domain/store/published.ts';
import { demoStores } from '../../../server/publish/demo/stores.ts';
import { writeStoreFiles } from '../../../server/publish/stores.ts';
import type { BenchOptions } from '../report.ts';
import { median } from '../sharing/tree.ts';

const SEARCH_MS = 10;
const BYTES = 60 * 1_024;

/** What a phone in the densest place of 30,000 stores fetches and computes. */
export async function measurePhone({ quick, report }: BenchOptions): Promise<void> {
  const count = 30_000;
  const runs = quick ? 5 : 50;
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-phone-'));
  try {
    const stores = demoStores(count).map(({ datum: _, ...row }) => ({
      ...row,
      state: 'open',
      exceptions: [],
      stateNote: null,
    }));
    const path = await writeStoreFiles(stores as unknown as StoreFacts[], [], folder);
    const read = (name: string) => readFile(join(folder, name));
    const manifest = await read(path);
    const blocks = blocksOf(JSON.parse(manifest.toString()) as StoreManifest);
    const [cell] = [...Map.groupBy(stores, (store) => store.cell)].sort(([, a], [, b]) => b.length - a.length)[0]!;
    const files = await Promise.all(
      blocksAround(cell)
        .filter((block) => blocks.has(block))
        .map((block) => read(`store-files/b-${block}-${blocks.get(block)}.json`)),
    );
    const bytes = [manifest, ...files].reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
    const known = files.flatMap((file) => unpackBlock(JSON.parse(file.toString()) as BlockFile));
    const took = Array.from({ length: runs }, () => {
      const startedAt = performance.now();
      if (sortByDistance(centreOf(cell), known, 20).length !== 20) throw new Error('fewer than twenty were found');
      return performance.now() - startedAt;
    });
    const line = { runs, spread: `${Math.min(...took).toFixed(2)}–${Math.max(...took).toFixed(2)}` };
    const notes = `${known.length} stores of the four blocks around the densest cell of ${count}; the baseline is the promise`;
    report({
      ...line,
      notes,
      name: 'phone-search',
      ours: median(took),
      baseline: SEARCH_MS,
      ratio: SEARCH_MS / median(took),
      unit: 'ms',
    });
    report({
      ...line,
      spread: '',
      notes: `gzip, manifest and blocks; ${notes}`,
      name: 'phone-bytes',
      ours: bytes,
      baseline: BYTES,
      ratio: BYTES / bytes,
      unit: 'bytes',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
