import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pick, type Random } from '../crowd/random.ts';
import type { Cluster } from './cluster.ts';

export type Injected = {
  edge: number;
  worker: number;
  postgres: number;
  restart: number;
  freeze: number;
  clock: number;
  /** ms until Postgres was ready after each of its kills. */
  readonly readyMs: number[];
};

type What = 'edge' | 'worker' | 'postgres' | 'restart' | 'freeze' | 'clock';

const CHANCES: readonly What[] = [
  'edge',
  'edge',
  'edge',
  'worker',
  'worker',
  'postgres',
  'postgres',
  'restart',
  'freeze',
  'clock',
];
/** How far one process's clock goes wrong, live. */
const CLOCKS = ['+3600', '-3600', '+86400', '-86400'];

export const nothingInjected = (): Injected => ({
  edge: 0,
  worker: 0,
  postgres: 0,
  restart: 0,
  freeze: 0,
  clock: 0,
  readyMs: [],
});

export const killsOf = ({ edge, worker, postgres }: Injected) => edge + worker + postgres;

/**
 * Breaks one thing after the other at random moments until `isOver`, each once an edge sells again, and leaves all
 * clocks right.
 */
export async function injectFaults(options: {
  cluster: Cluster;
  random: Random;
  /** Mean of the time between two blows. */
  meanMs: number;
  injected: Injected;
  isOver: () => boolean;
}): Promise<void> {
  const { cluster, random, meanMs, injected, isOver } = options;
  const all = [...cluster.edges, cluster.worker];
  const setClock = (file: string | null, offset: string) => file && writeFileSync(file, offset);
  while (!isOver()) {
    await pause(-Math.log(1 - random()) * meanMs);
    if (isOver()) break;
    const what = pick(random, CHANCES) ?? 'edge';
    if (what === 'edge') pick(random, cluster.edges)?.kill();
    else if (what === 'worker') cluster.worker.kill();
    else if (what === 'postgres') injected.readyMs.push(await cluster.killPostgres());
    else if (what === 'restart') await cluster.restartPostgres();
    else if (what === 'freeze') await pick(random, all)?.freeze(100 + random() * 900);
    else {
      const one = pick(random, all);
      if (!one?.clockFile) continue;
      for (const other of all) setClock(other.clockFile, '+0');
      setClock(one.clockFile, pick(random, CLOCKS) ?? '+0');
    }
    injected[what] += 1;
    // The next blow falls on a shop that sells again, by one edge at least; how soon that is, is the machine's business.
    await cluster.oneUp();
  }
  for (const one of all) setClock(one.clockFile, '+0');
}

/** Lets time pass for some unpaid orders, as if their minutes were over: the worker must end them while others buy. */
export async function ageOrders(options: { cluster: Cluster; random: Random; share: number }): Promise<void> {
  await options.cluster.db.query(
    `with old as (
       update orders set pay_before = now() - interval '2 minutes'
       where state = 'pending_pay' and pay_before > now()
         and ('x' || substr(md5(id || $2), 1, 6))::bit(24)::integer < $1::double precision * 16777216 returning id
     )
     update reservation r set expires_at = now() - interval '1 minute' from old
     where r.order_id = old.id and r.state = 'active'`,
    [options.share, String(options.random())],
  );
}
