// A process that starts the database of its first argument, says so in one line, and lives until it is killed.
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';

const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
console.log(JSON.stringify({ url: postgres.url, port: postgres.port, pid: postgres.pid }));
setInterval(() => {}, 1 << 30);
