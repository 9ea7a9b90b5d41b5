/* One seat: a process that answers attempts by one design. Arguments: design, number of the seat. */
import { openFesta } from './design-festa.ts';
import { openRedisReserve } from './design-redis.ts';
import { openForUpdate, openRowUpdate } from './designs-row.ts';
import { type Design, serveSeat } from './pipe.ts';

const url = process.env.BENCH_DATABASE ?? '';
const redisPort = Number(process.env.BENCH_REDIS);
const [name = '', number = '0'] = process.argv.slice(2);

const DESIGNS: Readonly<Record<string, () => Design | Promise<Design>>> = {
  festa: () => openFesta(url, Number(number)),
  'row-update': () => openRowUpdate(url, Number(number)),
  'for-update': () => openForUpdate(url, Number(number)),
  'redis-durable': () => openRedisReserve({ url, port: redisPort, seat: Number(number), isDurable: true }),
  'redis-early': () => openRedisReserve({ url, port: redisPort, seat: Number(number), isDurable: false }),
};

serveSeat(await DESIGNS[name]!());
