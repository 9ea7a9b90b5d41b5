/*
 * `npm run bench -- GROUP… [--json] [--quick] [--only LINE,…]`. Each group is a module of this folder with
 * `run(options: BenchOptions): Promise<void>`; it is loaded only when it is asked for.
 */
import { parseArgs } from 'node:util';
import { leaveNothingBehind } from './leave-nothing.ts';
import { type BenchOptions, printLine } from './report.ts';

type Group = { run(options: BenchOptions): Promise<void> };

const GROUPS: Readonly<Record<string, () => Promise<Group>>> = {
  live: () => import('./live.ts'),
  clock: () => import('./clock.ts'),
  shop: () => import('./shop.ts'),
  checker: () => import('./checker.ts'),
  orders: () => import('./orders.ts'),
  packets: () => import('./packets.ts'),
  sharing: () => import('./sharing.ts'),
  pickup: () => import('./pickup.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const known = Object.keys(GROUPS).join(', ');
const unknown = positionals.find((name) => !(name in GROUPS));
if (positionals.length === 0 || unknown !== undefined) {
  process.stderr.write(`${unknown === undefined ? 'Which group?' : `No group "${unknown}".`} Known: ${known}\n`);
  process.exit(2);
}
leaveNothingBehind();
for (const name of positionals) {
  const group = await GROUPS[name]!();
  await group.run({
    ...values,
    only: values.only.split(',').filter(Boolean),
    report: (line) => printLine(line, values.json),
  });
}
