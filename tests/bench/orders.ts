/*
 * The contested order, measured at the sequencer's port beside the ways one would do it otherwise, on the same Postgres,
 * with the same rows and the same durability, in turn. `--only hot,zipf` runs some of the lines. Every round's books are
 * balanced before its figures are believed.
 */
import { measureCosts } from './orders/costs.ts';
import { measureDoor } from './orders/door.ts';
import { measureExpiry } from './orders/expiry.ts';
import { measureHot } from './orders/hot.ts';
import { measureZipf } from './orders/zipf.ts';
import type { BenchOptions } from './report.ts';

const LINES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  hot: (options) => measureHot(options, 0),
  'slow-sync': (options) => measureHot(options, 1_000),
  zipf: measureZipf,
  expiry: measureExpiry,
  costs: measureCosts,
  door: measureDoor,
};

/** Runs the group `orders`. @throws when the books do not balance: no figure is printed then. */
export async function run(options: BenchOptions): Promise<void> {
  const wanted = options.only.length > 0 ? options.only : Object.keys(LINES);
  for (const name of wanted) {
    const line = LINES[name];
    if (!line) throw new Error(`No line "${name}". Known: ${Object.keys(LINES).join(', ')}`);
    await line(options);
  }
}
