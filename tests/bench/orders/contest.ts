import type { ChildProcess } from 'node:child_process';
import type { LoadAnswer, LoadAsk } from './load.ts';
import { askProcess, startProcess, stopProcess } from './pipe.ts';
import { balance, type RedisServer, stockGoods, type World } from './world.ts';

export type Entrant = { readonly design: string; readonly seats: number; readonly load: ChildProcess };

export type Contest = {
  readonly name: string;
  readonly skus: number;
  readonly units: number;
  readonly skew: number;
  readonly attempts: number;
  readonly callers: number;
  /** Where a design is so slow that the whole sale would take minutes: ends after so many accepts. */
  readonly acceptedMax?: number;
};

export type Result = LoadAnswer & {
  readonly acceptedPerSecond: number;
  readonly answersPerSecond: number;
  readonly postgresUs: number;
};

let rounds = 0;

const ask = (load: ChildProcess, question: LoadAsk) => askProcess<LoadAnswer>(load, question);

/** Starts the processes of one design: a load generator and its seats. */
export async function enter(design: string, seats: number, world: World, redis: RedisServer | null): Promise<Entrant> {
  const load = await startProcess('./load.ts', []);
  const env = { BENCH_DATABASE: world.url, BENCH_REDIS: String(redis?.port ?? 0) };
  await ask(load, { do: 'open', design, seats, env });
  return { design, seats, load };
}

export async function leave({ load }: Entrant): Promise<void> {
  await stopProcess(load);
}

/** One round of one design on goods of its own; its books are balanced before its figures are believed. */
export async function compete(
  entrant: Entrant,
  world: World,
  redis: RedisServer | null,
  contest: Contest,
): Promise<Result> {
  rounds += 1;
  const { skus, units, skew, attempts, callers, acceptedMax = Number.MAX_SAFE_INTEGER } = contest;
  const skuIds = await stockGoods(world.db, `${contest.name}-${rounds}`, skus, units);
  await redis?.fill(skuIds, units);
  const before = await world.cpuUs();
  const answer = await ask(entrant.load, {
    do: 'run',
    round: rounds,
    skuIds,
    skew,
    attempts,
    callers,
    acceptedMax,
  });
  await ask(entrant.load, { do: 'settle' });
  const postgresUs = (await world.cpuUs()) - before;
  await balance(world.db, skuIds, answer);
  return {
    ...answer,
    acceptedPerSecond: answer.acknowledged.length / answer.sellingSeconds,
    answersPerSecond: answer.answered / answer.allSeconds,
    postgresUs,
  };
}
