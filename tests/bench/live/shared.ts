import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const SHELVES = 5;
export const SHELF_SKUS = 40;

/** `slot, stamp of the newest change, stamp of the oldest change that no frame has told`. */
export type Cell = readonly [slot: number, stamp: number, oldest: number];

export type ServerAsk =
  | { do: 'read' }
  | { do: 'memory' }
  | { do: 'fan-out'; seconds: number }
  | { do: 'changes'; perSecond: number; total: number; skus: number };
export type ServerAnswer = { cpuUs: number; rss: number; frames: number; ticks: number };

export type PhonesAsk =
  | { do: 'connect'; count: number; shelvesEach: number; isOneShelf?: boolean }
  | { do: 'reset' }
  | { do: 'read' }
  | { do: 'close' };
export type PhonesAnswer = {
  connected: number;
  frames: number;
  /** Versions that were skipped by any phone. */
  gaps: number;
  /** Of the oldest change in each read frame, ms. */
  latency: { p50: number; p99: number; max: number; count: number };
};

/** Tenths of a millisecond on the machine's monotonic clock, which all processes share. */
export function stampNow(): number {
  return Number((process.hrtime.bigint() / 100_000n) % 1_000_000_000n);
}

type Asked<A> = { id: number; ask: A };

/** In a child: answers the parent's questions one after the other. */
export function answerParent<A>(answer: (ask: A) => Promise<unknown>): void {
  process.on('message', async ({ id, ask }: Asked<A>) => {
    try {
      process.send!({ id, answer: await answer(ask) });
    } catch (error) {
      process.send!({ id, error: String((error as Error).stack) });
    }
  });
  process.on('disconnect', () => process.exit(0));
}

export type Child<A, R> = { ask(question: A): Promise<R>; readonly hello: { port: number }; stop(): Promise<void> };

/** Starts a child that says hello with its port, and asks it things. */
export async function startChild<A, R>(file: string, args: readonly string[]): Promise<Child<A, R>> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [hello] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it was ready`))),
  ])) as [{ port: number }];
  const waiting = new Map<number, { resolve: (value: R) => void; reject: (error: Error) => void }>();
  child.on('message', ({ id, answer, error }: { id: number; answer: R; error?: string }) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error) waiter?.reject(new Error(error));
    else waiter?.resolve(answer);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended`));
  });
  let next = 0;
  return {
    hello,
    ask: (question) =>
      new Promise((resolve, reject) => {
        next += 1;
        waiting.set(next, { resolve, reject });
        child.send({ id: next, ask: question } satisfies Asked<A>);
      }),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
