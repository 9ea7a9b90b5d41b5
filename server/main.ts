import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE_MS } from '../lib/domain/time.ts';
import { createDemoStaff, needsDemoStaff } from './identity/staff.ts';
import { postDemoClerks } from './pickup/clerks.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { openLog } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { publishAtStart } from './publish/at-start.ts';
import { loadDemo, startDemoClock } from './publish/demo/load.ts';
import { hasRelease } from './publish/publish.ts';
import { localCertificate } from './start/certificate.ts';
import { startDatabase } from './start/database.ts';
import { demoLoginTable, greeting } from './start/greeting.ts';
import { assertPortIsFree } from './start/port.ts';
import { explainStartFault } from './start/sentences.ts';
import { stopOnSignals } from './start/stop.ts';
import { waitForDatabase } from './start/wait-for-database.ts';
import { wireFesta } from './wire.ts';

/** Until the pictures of a first start are drawn nobody knows when the shop opens; sooner than this it does. */
const FIRST_START_MS_MAX = 10 * MINUTE_MS;
/** About how long the pages take after that. */
const FIRST_PAGES_MS = 25_000;

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Starts one process of Festa: database, schema, goods, shop, doors, jobs; stops it in the opposite order. */
async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const log = openLog(config.logLevel);
  const place = { host: config.host, port: config.port, home: config.home, databaseUrl: config.databaseUrl };
  // What is open so far; Ctrl-C in the middle of a start and a start that fails close exactly that.
  const opened: (() => Promise<void>)[] = [];
  const drain = async () => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  const { isStopping } = stopOnSignals({ say, drain });
  try {
    const database = await startDatabase(config, say);
    opened.push(database.stop);
    await assertPortIsFree(config.host, config.port);
    if (config.isDev && config.port > 0) await assertPortIsFree('127.0.0.1', config.port + 1);
    // Setting up takes the time it needs; serving bounds every wait.
    const db = openDatabase(database.url, { max: 4 });
    opened.push(db.close);
    await waitForDatabase(db, log);
    await migrate(db);
    const isFirst = !config.isDev && !(await hasRelease(config.home));
    if (config.role !== 'edge') {
      const startedAt = Date.now() + (isFirst ? FIRST_START_MS_MAX : 0);
      await loadDemo(db, { startedAt, stores: config.demoStores });
    }
    if (config.role !== 'edge' && !config.isDev) {
      // The festival's clock starts when the shop opens, which the very first time is when its pages are built.
      const onFirstPictures = () => startDemoClock(db, { startedAt: Date.now() + FIRST_PAGES_MS });
      const shop = { db, log, say, home: config.home, origin: config.publicUrl };
      opened.push(await publishAtStart({ ...shop, onFirstPictures }));
    }
    const tls = config.isHttps ? await localCertificate(config.home) : undefined;
    const serving = openDatabase(database.url, { max: 16, isServing: true });
    opened.push(serving.close);
    const festa = await wireFesta({ config, db: serving, log, ...(tls ? { tls } : {}) });
    opened.push(festa.drain);
    const { host, port } = await festa.listen();
    // With a database of one's own, `npm run create-operator` makes the first one.
    const isDemo = database.isEmbedded && config.role !== 'edge' && (await needsDemoStaff(db));
    const logins = isDemo ? await createDemoStaff({ auth: festa.identity.auth, db }) : [];
    if (isDemo) await postDemoClerks(db);
    if (config.isTest && logins.length > 0) {
      await writeFile(join(config.home, 'demo-logins.json'), JSON.stringify(logins), { mode: 0o600 });
    }
    if (config.role !== 'edge') festa.startJobs();
    say(
      greeting({
        host,
        port,
        isHttps: config.isHttps,
        certificateFile: tls?.file ?? null,
        isEmbedded: database.isEmbedded,
      }),
    );
    if (logins.length > 0) say(demoLoginTable(logins));
  } catch (error) {
    // Ctrl-C has closed what this start was using: no fault, and the drain ends the process.
    if (isStopping()) return;
    await drain().catch(() => {});
    const sentence = explainStartFault(error, place);
    if (sentence === null) throw error;
    process.stderr.write(`\n${sentence}\n`);
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});
