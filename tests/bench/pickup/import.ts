import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStores } from '../../../server/publish/demo/stores.ts';
import { delimited } from '../../support/import-files.ts';
import { openWorld } from '../orders/world.ts';
import type { BenchOptions } from '../report.ts';

const PROGRAM = join(import.meta.dirname, '../../../server/store/import/main.ts');
const SECONDS = 60;
const MIB = 512;

/** The command over a CSV of 30,000 stores: seconds, and the most memory that it had. */
export async function measureImport({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 1_000 : 30_000;
  const world = await openWorld();
  const folder = await mkdtemp(join(tmpdir(), 'festa-bench-import-'));
  try {
    const file = join(folder, 'stores.csv');
    const header = ['code', 'name', 'name_en', 'address', 'region_code', 'lng', 'lat', 'datum', 'hours', 'phone'];
    const rows = demoStores(count).map((row) => [
      row.code,
      row.name.zh,
      row.name.en,
      row.address.zh,
      row.regionCode,
      String(row.lng),
      String(row.lat),
      'wgs84',
      'Mo-Su 10:00-22:00; PH 10:00-18:00',
      row.phone ?? '',
    ]);
    await writeFile(file, delimited([header, ...rows]));
    const env = { ...process.env, DATABASE_URL: world.url, FESTA_HOME: folder };
    const startedAt = performance.now();
    const child = spawn(process.execPath, [PROGRAM, file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (text: Buffer) => {
      printed += text;
    });
    let peakKib = 0;
    const watch = setInterval(async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    }, 50);
    const code = await new Promise((done) => child.once('exit', done));
    clearInterval(watch);
    const seconds = (performance.now() - startedAt) / 1_000;
    const [stored] = await world.db.query<{ n: number }>('select count(*)::integer as n from store');
    if (code !== 0 || stored?.n !== count)
      throw new Error(`exit ${code}, ${stored?.n} stores: ${printed.slice(0, 2_000)}`);
    const notes = `${count} rows of CSV by npm run import-stores, database outside; the baseline is the promise`;
    const line = { runs: 1, spread: '', notes };
    report({ ...line, name: 'import-seconds', ours: seconds, baseline: SECONDS, ratio: SECONDS / seconds, unit: 's' });
    const mib = peakKib / 1_024;
    report({ ...line, name: 'import-memory', ours: mib, baseline: MIB, ratio: MIB / mib, unit: 'MiB' });
  } finally {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
