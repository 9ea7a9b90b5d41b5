import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/*
 * Words used here:
 *
 * - seat: one process that answers attempts by one design
 * - load: the process that asks; it is the parent of its seats, so that commands cross one pipe
 */

/** How an attempt was answered. `other` is a refusal that this crowd should never meet. */
export const CODE = { accepted: 0, soldOut: 1, limit: 2, replay: 3, other: 4, failed: 5 } as const;
export type Code = (typeof CODE)[keyof typeof CODE];

/** Up, flat: id, shopper, key, SKU. */
export type Asked = (number | string)[];
/** Down, flat: id, code, order id or what went wrong. */
export type Answered = (number | string)[];

export type SeatStats = { readonly cpuUs: number; readonly batches: number; readonly commands: number };

export type Design = {
  /** Answers one attempt. */
  ask(shopperId: string, key: string, skuId: string): Promise<{ code: Code; reference: string }>;
  stats(): { batches: number; commands: number };
  /** Waits until everything that was acknowledged has been written. */
  settle?(): Promise<void>;
  close(): Promise<void>;
};

/** In a seat: answers whatever comes, many answers in one message. */
export function serveSeat(design: Design): void {
  let answers: Answered = [];
  function flush(): void {
    process.send!(answers);
    answers = [];
  }
  function answer(id: number, code: Code, reference: string): void {
    if (answers.length === 0) setImmediate(flush);
    answers.push(id, code, reference);
  }
  process.on('message', async (asked: Asked | { do: 'stats' | 'settle' | 'stop' }) => {
    if (!Array.isArray(asked)) {
      if (asked.do === 'stats') {
        const { user, system } = process.cpuUsage();
        process.send!({ cpuUs: user + system, ...design.stats() });
      } else if (asked.do === 'settle') {
        await design.settle?.();
        process.send!({ ok: true });
      } else {
        await design.close();
        process.exit(0);
      }
      return;
    }
    for (let at = 0; at < asked.length; at += 4) {
      const id = asked[at] as number;
      design.ask(asked[at + 1] as string, asked[at + 2] as string, asked[at + 3] as string).then(
        ({ code, reference }) => answer(id, code, reference),
        (error: Error) => answer(id, CODE.failed, error.message),
      );
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send!('ready');
}

/** Starts a program of this folder and waits for its first word. */
export async function startProcess(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ${args[0]} ended before it was ready`))),
  ]);
  return child;
}

/** Asks a child one thing whose answer is the next object that it sends. */
export function askProcess<R>(child: ChildProcess, question: object): Promise<R> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('a process of the bench ended'));
    const onMessage = (message: unknown) => {
      if (Array.isArray(message)) return;
      child.off('exit', onExit);
      child.off('message', onMessage);
      const { error, ...answer } = message as { error?: string };
      if (error) reject(new Error(error));
      else resolve(answer as R);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.send(question);
  });
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.send({ do: 'stop' });
  await ended;
}
