import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { migrate } from '../platform/migrate.ts';
import { borrowDatabase } from '../start/database.ts';
import { explainStartFault } from '../start/sentences.ts';
import { BuildError } from './next-build.ts';
import { killWorker } from './publish.ts';
import { publishShop } from './shop.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);
const HELP = 'npm run publish-shop [-- --force | --kill-worker]';

function optionsOf(argv: readonly string[]): { force: boolean; killWorker: boolean } {
  try {
    const options = { force: { type: 'boolean' }, 'kill-worker': { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...argv], options });
    return { force: values.force === true, killWorker: values['kill-worker'] === true };
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n${HELP}`);
  }
}

/** Publishes the shop once and ends; a running server takes the new release over by itself. */
async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  const config = readConfig(process.env, []);
  if (options.killWorker) {
    const { id } = await killWorker(config.home, process.cwd());
    say(`The kill switch is served as /sw.js (release ${id}). The next publish brings the worker back.`);
    return;
  }
  const database = await borrowDatabase(config, say);
  const db = openDatabase(database.url, { max: 4 });
  try {
    await migrate(db);
    const given = { db, say, home: config.home, origin: config.publicUrl };
    const { id, isUnchanged } = await publishShop({ ...given, force: options.force });
    if (isUnchanged) say(`Nothing has changed since ${id}; --force publishes all the same.`);
  } finally {
    await db.close();
    await database.stop();
  }
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof BuildError;
  const sentence = known ? error.message : explainStartFault(error, null);
  process.stderr.write(`${sentence ?? (error as Error).stack ?? String(error)}\n`);
  process.exit(1);
});
