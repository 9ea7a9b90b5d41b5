/*
 * Pickup: what stores have beside a haversine scan, what a phone fetches and computes, the import of a chain, how long a
 * clerk waits for the screen, and the same codes at two counters at once.
 */
import { measureHandovers } from './pickup/handovers.ts';
import { measureImport } from './pickup/import.ts';
import { measureNear } from './pickup/near.ts';
import { measurePhone } from './pickup/phone.ts';
import { measureScan } from './pickup/scan.ts';
import type { BenchOptions } from './report.ts';

const LINES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  near: measureNear,
  phone: measurePhone,
  import: measureImport,
  scan: measureScan,
  handover: measureHandovers,
};

/** Runs the group `pickup`. @throws when an answer is wrong or the books do not balance: no figure is printed then. */
export async function run(options: BenchOptions): Promise<void> {
  const wanted = options.only.length > 0 ? options.only : Object.keys(LINES);
  for (const name of wanted) {
    const line = LINES[name];
    if (!line) throw new Error(`No line "${name}". Known: ${Object.keys(LINES).join(', ')}`);
    await line(options);
  }
}
