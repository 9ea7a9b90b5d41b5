// One process of Festa as server/main.ts wires it, without the parts that make a shop from nothing (embedded database,
// demo, publishing): the harness kills and starts these by the hundred. Settings come from the environment.
import { readConfig } from '../../server/platform/config.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { waitForDatabase } from '../../server/start/wait-for-database.ts';
import { wireFesta } from '../../server/wire.ts';

const config = readConfig(process.env, []);
const db = openDatabase(config.databaseUrl ?? '', { max: 16, isServing: true });
const log = openLog(config.logLevel);
await waitForDatabase(db, log);
const festa = await wireFesta({ config, db, log });
await festa.listen();
if (config.role !== 'edge') festa.startJobs();
process.stdout.write('ready\n');
process.once('SIGTERM', () => {
  festa
    .drain()
    .then(() => db.close())
    .finally(() => process.exit(0));
});
