/*
 * The load generator, a process of its own: callers who wait for their answer before they ask again, spread evenly over
 * the seats of one design. Answers with rates, latencies and what was acknowledged, for the books to be compared with.
 */
import type { ChildProcess } from 'node:child_process';
import { crowdOf } from './attempts.ts';
import { type Answered, type Asked, askProcess, CODE, type SeatStats, startProcess, stopProcess } from './pipe.ts';

export type LoadAsk =
  | { do: 'open'; design: string; seats: number; env: Record<string, string> }
  | {
      do: 'run';
      round: number;
      skuIds: string[];
      skew: number;
      attempts: number;
      callers: number;
      /** Ends earlier when this many were accepted, for slow designs. */
      acceptedMax: number;
    }
  | { do: 'settle' };

export type LoadAnswer = {
  readonly counts: number[];
  /** Until the last accept, seconds. */
  readonly sellingSeconds: number;
  readonly allSeconds: number;
  readonly answered: number;
  readonly p50: number;
  readonly p99: number;
  /** Order ids that were acknowledged as new. */
  readonly acknowledged: string[];
  /** Repeats of an accepted key that got another answer than its order. */
  readonly wrongRepeats: number;
  readonly firstFailure: string;
  /** Of all seats, during the run. */
  readonly cpuUs: number;
  readonly batches: number;
  readonly commands: number;
};

let seats: ChildProcess[] = [];

async function statsOf(): Promise<SeatStats> {
  const all = await Promise.all(seats.map((seat) => askProcess<SeatStats>(seat, { do: 'stats' })));
  const sum = (field: keyof SeatStats) => all.reduce((total, one) => total + one[field], 0);
  return { cpuUs: sum('cpuUs'), batches: sum('batches'), commands: sum('commands') };
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function run(ask: Extract<LoadAsk, { do: 'run' }>): Promise<LoadAnswer> {
  const { attempts, callers, acceptedMax } = ask;
  // Made beforehand: what the generator spends during the run is taken from who answers.
  const crowd = Array.from({ length: attempts }, (_, index) => index).map(crowdOf(ask));
  const attemptOf = (index: number) => crowd[index]!;
  const sentAt = new Float64Array(attempts);
  const answeredAt = new Float64Array(attempts);
  const codes = new Uint8Array(attempts).fill(255);
  const orders = new Map<number, string>();
  const before = await statsOf();
  const counts = [0, 0, 0, 0, 0, 0];
  const latencies: number[] = [];
  let [next, answered, wrongRepeats, lastAcceptAt] = [0, 0, 0, 0];
  let firstFailure = '';
  let end: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const repeats: [attempt: number, reference: string][] = [];

  function send(seat: ChildProcess, many: number): void {
    const asked: Asked = [];
    const now = performance.now();
    for (let n = 0; n < many && next < attempts && counts[CODE.accepted]! < acceptedMax; n += 1) {
      const { shopperId, key, skuId } = attemptOf(next);
      sentAt[next] = now;
      asked.push(next, shopperId, key, skuId);
      next += 1;
    }
    if (asked.length > 0) seat.send(asked);
    else if (answered === next) end();
  }

  function take(answers: Answered): void {
    const now = performance.now();
    for (let at = 0; at < answers.length; at += 3) {
      const id = answers[at] as number;
      const code = answers[at + 1] as number;
      const reference = answers[at + 2] as string;
      counts[code]! += 1;
      codes[id] = code;
      answeredAt[id] = now;
      answered += 1;
      if (code === CODE.accepted) {
        orders.set(id, reference);
        lastAcceptAt = now;
        latencies.push(now - sentAt[id]!);
      } else if (code === CODE.replay) repeats.push([id, reference]);
      else if (code > CODE.replay && firstFailure === '') firstFailure = reference;
    }
  }

  const startedAt = performance.now();
  const listeners = seats.map((seat) => {
    const onMessage = (message: unknown) => {
      if (!Array.isArray(message)) return;
      take(message as Answered);
      send(seat, message.length / 3);
    };
    seat.on('message', onMessage);
    return () => seat.off('message', onMessage);
  });
  for (const seat of seats) send(seat, Math.floor(callers / seats.length));
  await ended;
  const endedAt = performance.now();
  for (const stop of listeners) stop();

  const byKey = new Map([...orders].map(([id, order]) => [attemptOf(id).original, { order, at: answeredAt[id]! }]));
  for (const [id, reference] of repeats) {
    const first = byKey.get(attemptOf(id).original);
    if (first && first.order !== reference) wrongRepeats += 1;
  }
  for (let id = 0; id < next; id += 1) {
    const first = byKey.get(attemptOf(id).original);
    const isRepeat = first !== undefined && orders.get(id) !== first.order;
    // Sent when the first answer was already here: nothing but that order is a right answer.
    if (isRepeat && sentAt[id]! >= first.at && codes[id] !== CODE.replay) wrongRepeats += 1;
  }
  const after = await statsOf();
  const sorted = Float64Array.from(latencies).sort();
  return {
    counts,
    sellingSeconds: (lastAcceptAt - startedAt) / 1_000,
    allSeconds: (endedAt - startedAt) / 1_000,
    answered,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    acknowledged: [...orders.values()],
    wrongRepeats,
    firstFailure,
    cpuUs: after.cpuUs - before.cpuUs,
    batches: after.batches - before.batches,
    commands: after.commands - before.commands,
  };
}

process.on('message', async (ask: LoadAsk | { do: 'stop' }) => {
  try {
    if (ask.do === 'open') {
      seats = [];
      for (let n = 0; n < ask.seats; n += 1) {
        seats.push(await startProcess('./seat.ts', [ask.design, String(n)], ask.env));
      }
      process.send!({ ok: true });
    } else if (ask.do === 'run') {
      process.send!(await run(ask));
    } else if (ask.do === 'settle') {
      await Promise.all(seats.map((seat) => askProcess(seat, { do: 'settle' })));
      process.send!({ ok: true });
    } else {
      await Promise.all(seats.map(stopProcess));
      process.exit(0);
    }
  } catch (error) {
    process.send!({ error: String((error as Error).stack) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');
