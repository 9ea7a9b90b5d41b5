/*
 * Live numbers: how long a change takes to every phone, and what a delivered frame costs beside a plain ws broadcast,
 * socket.io's room emit and an emit per change. Servers and phones are processes of their own.
 */
import { randomBytes } from 'node:crypto';
import {
  type Child,
  median,
  type PhonesAnswer,
  type PhonesAsk,
  type ServerAnswer,
  type ServerAsk,
  SHELF_SKUS,
  SHELVES,
  startChild,
} from './live/shared.ts';
import type { BenchOptions } from './report.ts';

type Kind = 'festa' | 'ws' | 'ws-frames' | 'room';
type Bench = {
  readonly server: Child<ServerAsk, ServerAnswer>;
  readonly phones: Child<PhonesAsk, PhonesAnswer>;
  stop(): Promise<void>;
};

const CHANGES_PER_SECOND = 20_000;
const SKUS = SHELVES * SHELF_SKUS;

async function start(kind: Kind): Promise<Bench> {
  const secret = randomBytes(16).toString('hex');
  const server = await startChild<ServerAsk, ServerAnswer>('./server.ts', [kind, secret]);
  const phones = await startChild<PhonesAsk, PhonesAnswer>('./phones.ts', [kind, String(server.hello.port), secret]);
  return {
    server,
    phones,
    async stop() {
      await phones.stop();
      await server.stop();
    },
  };
}

/** Waits until the phones have read everything that was written to them; refuses books that do not balance. */
async function settle({ server, phones }: Bench, sentBefore: number): Promise<PhonesAnswer> {
  for (let turn = 0; turn < 150; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [{ frames }, read] = [await server.ask({ do: 'read' }), await phones.ask({ do: 'read' })];
    if (frames - sentBefore === read.frames) return read;
  }
  throw new Error('the phones have not read what the server says it wrote');
}

/** CPU of the server per delivered frame, µs: every shelf changes ten times a second. */
async function fanOut(bench: Bench, seconds: number): Promise<number> {
  await bench.phones.ask({ do: 'reset' });
  const before = await bench.server.ask({ do: 'read' });
  const after = await bench.server.ask({ do: 'fan-out', seconds });
  const read = await settle(bench, before.frames);
  if (read.gaps > 0) throw new Error(`${read.gaps} versions were skipped`);
  return (after.cpuUs - before.cpuUs) / read.frames;
}

const spreadOf = (values: readonly number[]) => `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;

/** Our hub in turn with what others do, and memory as the phones come. */
async function measureDelivery({ quick, report }: BenchOptions): Promise<void> {
  const count = quick ? 400 : 2_000;
  const [rounds, seconds] = quick ? [2, 2] : [5, 4];
  const kinds: readonly Kind[] = ['festa', 'ws', 'ws-frames', 'room'];
  const benches = new Map<Kind, Bench>();
  const bytes = new Map<Kind, number>();
  const costs = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
  try {
    for (const kind of kinds) {
      const bench = await start(kind);
      benches.set(kind, bench);
      // The code of connecting is warm before memory is read.
      await bench.phones.ask({ do: 'connect', count: 500, shelvesEach: 1 });
      await bench.server.ask({ do: 'fan-out', seconds: 1 });
      await bench.phones.ask({ do: 'close' });
      // Closed sockets keep their memory until their close timers have run out.
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      const empty = await bench.server.ask({ do: 'memory' });
      await bench.phones.ask({ do: 'connect', count, shelvesEach: 1 });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const full = await bench.server.ask({ do: 'memory' });
      bytes.set(kind, (full.rss - empty.rss) / count);
    }
    for (let round = -1; round < rounds; round += 1) {
      for (const kind of kinds) {
        const cost = await fanOut(benches.get(kind)!, seconds);
        // The first round warms up.
        if (round >= 0) costs.get(kind)!.push(cost);
      }
    }
  } finally {
    for (const bench of benches.values()) await bench.stop();
  }
  const ours = median(costs.get('festa')!);
  const names = {
    ws: 'live-delivery-vs-ws',
    'ws-frames': 'live-delivery-vs-ws-frames',
    room: 'live-delivery-vs-room-emit',
  };
  for (const kind of ['ws', 'ws-frames', 'room'] as const) {
    const pairs = costs.get('festa')!.map((cost, round) => costs.get(kind)![round]! / cost);
    const baseline = median(costs.get(kind)!);
    report({
      name: names[kind],
      ours,
      baseline,
      ratio: median(pairs),
      unit: 'µs CPU per delivered frame',
      runs: rounds,
      spread: spreadOf(pairs),
      notes: `${count} phones, ${SHELVES} shelves of ${SHELF_SKUS} SKUs, 10 frames/s each`,
    });
  }
  const memory = bytes.get('festa')!;
  report({
    name: 'live-memory-per-connection',
    ours: memory,
    baseline: 20_480,
    ratio: 20_480 / memory,
    unit: 'bytes resident',
    runs: 1,
    spread: '',
    notes: `baseline is the budget; plain ws in the same run: ${Math.round(bytes.get('ws')!)}`,
  });
}

/** How long the oldest change in a frame has waited when a phone reads it. */
async function measureLatency({ quick, report }: BenchOptions): Promise<void> {
  const [count, seconds] = quick ? [400, 3] : [2_000, 10];
  const bench = await start('festa');
  try {
    await bench.phones.ask({ do: 'connect', count, shelvesEach: 1 });
    const cold = await bench.server.ask({ do: 'read' });
    await bench.server.ask({ do: 'changes', perSecond: CHANGES_PER_SECOND, total: CHANGES_PER_SECOND, skus: SKUS });
    await settle(bench, cold.frames);
    await bench.phones.ask({ do: 'reset' });
    const before = await bench.server.ask({ do: 'read' });
    const startedAt = performance.now();
    const after = await bench.server.ask({
      do: 'changes',
      perSecond: CHANGES_PER_SECOND,
      total: CHANGES_PER_SECOND * seconds,
      skus: SKUS,
    });
    const tookMs = performance.now() - startedAt;
    const read = await settle(bench, before.frames);
    if (read.gaps > 0) throw new Error(`${read.gaps} versions were skipped`);
    const due = Math.floor(tookMs / 100);
    report({
      name: 'live-change-to-phone-p99',
      ours: read.latency.p99,
      baseline: 250,
      ratio: 250 / read.latency.p99,
      unit: 'ms',
      runs: 1,
      spread: `p50 ${read.latency.p50}, max ${read.latency.max}`,
      notes: `baseline is the promise; ${count} phones, ${CHANGES_PER_SECOND} changes/s over ${SKUS} SKUs; the oldest untold change of each frame`,
    });
    report({
      name: 'live-ticks-kept',
      ours: after.ticks - before.ticks,
      baseline: due,
      ratio: (after.ticks - before.ticks) / due,
      unit: 'ticks',
      runs: 1,
      spread: '',
      notes: `in ${(tookMs / 1_000).toFixed(1)} s; ${read.frames} frames read, no version skipped; server CPU ${Math.round((after.cpuUs - before.cpuUs) / tookMs / 10)} %`,
    });
  } finally {
    await bench.stop();
  }
}

/** One hot SKU at 100 phones: conflated, and told change by change. */
async function measureConflation({ quick, report }: BenchOptions): Promise<void> {
  const rounds = quick ? 2 : 5;
  const [ours, naive]: [number[], number[]] = [[], []];
  const [festa, room] = [await start('festa'), await start('room')];
  try {
    for (const bench of [festa, room]) {
      await bench.phones.ask({ do: 'connect', count: 100, shelvesEach: 1, isOneShelf: true });
    }
    for (let round = -1; round < rounds; round += 1) {
      for (const [bench, total, costs] of [
        [festa, CHANGES_PER_SECOND * 2, ours],
        [room, 1_500, naive],
      ] as const) {
        await bench.phones.ask({ do: 'reset' });
        const before = await bench.server.ask({ do: 'read' });
        await bench.server.ask({ do: 'changes', perSecond: CHANGES_PER_SECOND, total, skus: 1 });
        await settle(bench, before.frames);
        // What was still in buffers when the last change had been made is paid for too.
        const after = await bench.server.ask({ do: 'read' });
        if (round >= 0) costs.push((after.cpuUs - before.cpuUs) / total);
      }
    }
  } finally {
    await festa.stop();
    await room.stop();
  }
  const pairs = ours.map((cost, round) => naive[round]! / cost);
  report({
    name: 'live-change-vs-emit-per-change',
    ours: median(ours),
    baseline: median(naive),
    ratio: median(pairs),
    unit: 'µs CPU per change',
    runs: rounds,
    spread: spreadOf(pairs),
    notes: 'one hot SKU at 20,000 changes/s, 100 phones',
  });
}

/** Runs the group `live`. @throws when the books do not balance: no figure is printed then. */
export async function run(options: BenchOptions): Promise<void> {
  await measureLatency(options);
  await measureDelivery(options);
  await measureConflation(options);
}
