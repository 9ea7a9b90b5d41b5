/*
 * The load generator of team packets and growing packets, a process of its own and the parent of its seat: so many callers who wait for
 * their answer before they ask again. It counts nothing but what it was told; the tables are counted by who asked.
 */
import type { ChildProcess } from 'node:child_process';
import { type Answered, type Asked, CODE, startProcess, stopProcess } from '../orders/pipe.ts';

export type TeamLoadAsk =
  /** `seat`: the program that answers; the teams', unless it is said. */
  | { do: 'open'; design: string; seat?: string; env: Record<string, string> }
  /** Flat: shopper, key, what the command is about. */
  | { do: 'run'; attempts: string[]; callers: number };

export type TeamLoadAnswer = {
  readonly accepted: number;
  readonly refused: number;
  /** The first answer that was neither accepted nor an ordinary refusal. */
  readonly firstFailure: string;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
};

let seat: ChildProcess | null = null;

async function run({ attempts, callers }: Extract<TeamLoadAsk, { do: 'run' }>): Promise<TeamLoadAnswer> {
  const total = attempts.length / 3;
  const sentAt = new Float64Array(total);
  const latencies = new Float64Array(total);
  let [next, answered, accepted, refused] = [0, 0, 0, 0];
  let firstFailure = '';
  const to = seat as ChildProcess;
  let end: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  function send(many: number): void {
    const asked: Asked = [];
    const now = performance.now();
    for (let n = 0; n < many && next < total; n += 1, next += 1) {
      sentAt[next] = now;
      asked.push(next, attempts[next * 3]!, attempts[next * 3 + 1]!, attempts[next * 3 + 2]!);
    }
    if (asked.length > 0) to.send(asked);
    else if (answered === total) end();
  }

  function take(answers: Answered): void {
    const now = performance.now();
    for (let at = 0; at < answers.length; at += 3) {
      const code = answers[at + 1] as number;
      latencies[answered] = now - sentAt[answers[at] as number]!;
      answered += 1;
      if (code === CODE.accepted) accepted += 1;
      else if (code === CODE.other) refused += 1;
      if (code !== CODE.accepted && firstFailure === '') firstFailure = String(answers[at + 2]);
    }
  }

  const onMessage = (message: unknown) => {
    if (!Array.isArray(message)) return;
    take(message as Answered);
    send(message.length / 3);
  };
  const startedAt = performance.now();
  to.on('message', onMessage);
  send(callers);
  await ended;
  const seconds = (performance.now() - startedAt) / 1_000;
  to.off('message', onMessage);
  const sorted = latencies.sort();
  const at = (share: number) => sorted[Math.min(total - 1, Math.floor(total * share))] ?? 0;
  return { accepted, refused, firstFailure, seconds, p50: at(0.5), p99: at(0.99) };
}

process.on('message', async (ask: TeamLoadAsk | { do: 'stop' }) => {
  try {
    if (ask.do === 'open') {
      seat = await startProcess(ask.seat ?? '../packets/team-seat.ts', [ask.design], ask.env);
      process.send!({ ok: true });
    } else if (ask.do === 'run') process.send!(await run(ask));
    else {
      if (seat) await stopProcess(seat);
      process.exit(0);
    }
  } catch (error) {
    process.send!({ error: String((error as Error).stack) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');
