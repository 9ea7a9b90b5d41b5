import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { applyDelta, applySnapshot, type Frame, type ShelfPicture } from '../../lib/domain/inventory/frame.ts';
import { createBoard } from '../../server/platform/live/board.ts';
import { type Hub, startHub } from '../../server/platform/live/hub.ts';
import { LIVE_LIMITS, type LiveLimits } from '../../server/platform/live/limits.ts';
import { openLiveMetrics } from '../../server/platform/live/metrics.ts';
import { type Encoded, type RawSocket, textOf } from '../../server/platform/live/wire.ts';
import { until } from '../support/live.ts';

let hub: Hub;
afterEach(() => hub.stop());

function start(limits: Partial<LiveLimits> = {}) {
  const board = createBoard('e');
  board.place('k', 's', 0);
  hub = startHub({
    board,
    limits: { ...LIVE_LIMITS, tickMs: 5, ...limits },
    metrics: openLiveMetrics(new Registry()),
    log: pino({ level: 'silent' }),
    isFast: true,
  });
  return { offer: (available: number) => board.offer('k', { available, total: 100, tierIndex: -1, tierLeft: 0 }) };
}

/** The other side of a connection: `waiting` bytes that the kernel has not taken, and what was written. */
function phone(onWrite: () => void = () => {}) {
  const written: [event: string, frame: Frame][] = [];
  const connection = { writableLength: 0 };
  const ws = {
    readyState: 1,
    OPEN: 1,
    _socket: connection,
    _sender: {
      sendFrame(encoded: Encoded) {
        onWrite();
        const [event, frame] = JSON.parse(textOf(encoded).slice(2)) as [string, Frame];
        if (event.startsWith('stock:')) written.push([event, frame]);
      },
    },
  } as unknown as RawSocket;
  const member = hub.add(ws);
  hub.watch(member, [{ id: 's' }], false);
  return { member, written, connection };
}

test('a slow phone is owed one snapshot, gets nothing in between, and goes on from there without a gap', async () => {
  const { offer } = start();
  offer(100);
  const { written, connection } = phone();
  connection.writableLength = 1;
  for (const available of [9, 8, 7]) {
    const { stale } = hub.stats();
    offer(available);
    await until(() => hub.stats().stale > stale, 2_000);
  }
  expect(written.map(([event]) => event)).toEqual(['stock:snapshot']);
  connection.writableLength = 0;
  await until(() => written.length === 2, 2_000);
  offer(6);
  await until(() => written.length === 3, 2_000);
  expect(written.map(([event]) => event)).toEqual(['stock:snapshot', 'stock:snapshot', 'stock:changed']);
  let picture: ShelfPicture | null = null;
  for (const [event, frame] of written) {
    const applied = (event === 'stock:snapshot' ? applySnapshot : applyDelta)(picture, frame);
    expect(applied.kind).toBe('applied');
    picture = applied.picture;
  }
  expect(picture!.cells.get(0)!.available).toBe(6);
});

test('in a long sweep others get their turn', async () => {
  const { offer } = start({ chunk: 10 });
  let writes = 0;
  for (let count = 0; count < 100; count += 1) {
    phone(() => {
      writes += 1;
    });
  }
  // Each got its snapshot when it began to watch.
  writes = 0;
  const turns: number[] = [];
  const look = () => {
    turns.push(writes);
    if (writes < 100) setImmediate(look);
  };
  offer(5);
  look();
  await until(() => writes >= 100, 5_000);
  const during = turns.filter((seen) => seen > 0 && seen < 100);
  expect(during.length).toBeGreaterThanOrEqual(5);
});

test('a sweep takes half of the time at most: the tick stretches with it', async () => {
  const { offer } = start();
  for (let count = 0; count < 20; count += 1) {
    phone(() => {
      const end = performance.now() + 2;
      while (performance.now() < end);
    });
  }
  let turn = 0;
  const changing = setInterval(() => {
    turn += 1;
    offer(turn % 90);
  }, 1);
  await until(() => hub.stats().lastSweepMs > 30, 5_000);
  clearInterval(changing);
  const { lastSweepMs, periodMs } = hub.stats();
  expect(lastSweepMs).toBeGreaterThan(30);
  expect(periodMs).toBeGreaterThanOrEqual(lastSweepMs * 2);
});

test('a phone that has left gets nothing more', async () => {
  const { offer } = start();
  offer(9);
  const [gone, there] = [phone(), phone()];
  hub.remove(gone.member);
  offer(4);
  await until(() => there.written.length === 2, 2_000);
  expect(there.written).toHaveLength(2);
  expect(gone.written).toHaveLength(1);
});
