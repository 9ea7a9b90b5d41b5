/*
 * npm run check-invariants [-- --quiet] [--json]: asks the database of this Festa every invariant, changes nothing.
 * Exit codes: 0 all hold, 1 some are violated (each is listed), 2 the database cannot be asked.
 */
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { EmbeddedPostgresError } from '../platform/embedded-postgres-error.ts';
import { migrate } from '../platform/migrate.ts';
import { borrowDatabase } from '../start/database.ts';
import { type Checked, checkInvariants } from './check.ts';

const SHOWN_PER_INVARIANT = 20;

function table(checked: readonly Checked[], wholeMs: number): string {
  const lines = checked.flatMap(({ invariant: { id, name, says }, violations, total, ms }) => [
    `${total === 0 ? '✓' : '✗'} ${id} ${name.padEnd(36)} ${ms.toFixed(0).padStart(5)} ms  ${says.en}`,
    ...violations.slice(0, SHOWN_PER_INVARIANT).map(({ skuId, orderId, detail }) => {
      const where = [skuId && `SKU ${skuId}`, orderId && `order ${orderId}`].filter(Boolean).join(', ');
      return `    ${where === '' ? '' : `${where}: `}${detail}`;
    }),
    ...(total > SHOWN_PER_INVARIANT ? [`    … ${total} in all`] : []),
  ]);
  const broken = checked.filter(({ total }) => total > 0).length;
  const whole = `${checked.length - broken} of ${checked.length} hold, asked in ${wholeMs.toFixed(0)} ms`;
  return [...lines, '', whole].join('\n');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { quiet: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const config = readConfig(process.env, []);
  const database = await borrowDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`));
  const db = openDatabase(database.url, { max: 2 });
  try {
    await migrate(db);
    const startedAt = performance.now();
    const checked = await checkInvariants(db, { quiet: values.quiet, lanes: 2 });
    const ms = performance.now() - startedAt;
    const shown = values.json
      ? checked
          .map(({ invariant: { id, name, when }, ...rest }) => JSON.stringify({ id, name, when, ...rest }))
          .join('\n')
      : table(checked, ms);
    process.stdout.write(`${shown}\n`);
    return checked.some(({ total }) => total > 0) ? 1 : 0;
  } finally {
    await db.close();
    await database.stop();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    const isForPeople = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
    process.stderr.write(`${isForPeople ? error.message : (error.stack ?? error.message)}\n`);
    process.exitCode = 2;
  },
);
