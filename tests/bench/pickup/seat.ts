/* The stores of one edge on a database, behind the real door: `seat.ts DATABASE_URL`. Prints its port. */
import fastify from 'fastify';
import { openDatabase } from '../../../server/platform/database.ts';
import { openDoor } from '../../../server/platform/door.ts';
import { openLog } from '../../../server/platform/log.ts';
import { openMetrics } from '../../../server/platform/metrics.ts';
import { openStockBoard } from '../../../server/store/stock-board.ts';
import { storeRoutes } from '../../../server/store/store.http.ts';

const [url = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 4 });
const log = openLog('warn');
const board = openStockBoard({ db, log });
const app = fastify();
const nobody = async () => {
  throw new Error('nobody signs in here');
};
openDoor(app, storeRoutes({ db, board }), {
  people: { personOf: async () => null, makeShopper: nobody, isLoadIdentity: () => true },
  log,
  metrics: openMetrics(),
  sentence: (_locale, { code }) => code,
});
const origin = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(origin).port}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  await board.stop();
  await db.close();
});
