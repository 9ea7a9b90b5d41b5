import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta, applySnapshot, type Frame, type ShelfPicture } from '../../lib/domain/inventory/frame.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import { createBoard } from '../../server/platform/live/board.ts';
import { createTickets } from '../../server/platform/live/tickets.ts';
import { canSendFrames, type Encoded, encodeEvent, textOf } from '../../server/platform/live/wire.ts';

const cell = (available: number) => ({ available, total: 100, tierIndex: -1, tierLeft: 0 });
const parse = (encoded: Encoded) => JSON.parse(textOf(encoded).slice(2)) as [event: string, frame: Frame];

function apply(picture: ShelfPicture | null, encoded: Encoded): ShelfPicture | null {
  const [event, frame] = parse(encoded);
  return (event === 'stock:snapshot' ? applySnapshot : applyDelta)(picture, frame).picture;
}

function boardOf(skus: number, isWatched: () => boolean = () => true) {
  const board = createBoard('e1');
  board.watchedWhere(isWatched);
  for (let slot = 0; slot < skus; slot += 1) {
    board.place(`k${slot}`, 'shelf', slot);
    board.offer(`k${slot}`, cell(100));
  }
  return board;
}

test('this version of ws writes finished frames as they are', () => {
  expect(canSendFrames()).toBe(true);
});

test('a finished frame is a valid text frame at each of the three lengths', () => {
  for (const length of [1, 200, 70_000])
    expect(textOf(encodeEvent('e', 'x'.repeat(length)))).toContain('x'.repeat(length));
});

test('of many offers in a tick only the last is told, in one frame per shelf', () => {
  const board = boardOf(3);
  board.collect();
  for (let available = 99; available >= 40; available -= 1) board.offer('k1', cell(available));
  const frames = board.collect();
  expect(frames).toHaveLength(1);
  expect(parse(frames[0]!.encoded)).toEqual(['stock:changed', ['shelf', 'e1', 2, [1, 40, 100, -1, 0]]]);
});

test('a value that came back to what was told makes no frame and no version', () => {
  const board = boardOf(1);
  board.collect();
  board.offer('k0', cell(3));
  board.offer('k0', cell(100));
  expect(board.collect()).toHaveLength(0);
  expect(board.snapshot('shelf')!.frame[2]).toBe(1);
});

test('a shelf that nobody looks at saves its changes and tells them to the first who looks', () => {
  const board = boardOf(1, () => false);
  board.offer('k0', cell(7));
  expect(board.collect()).toHaveLength(0);
  const [whole] = board.resume('shelf', undefined);
  expect(parse(whole!)[1][3]).toEqual([0, 7, 100, -1, 0]);
});

test('what a phone lacks: nothing, the missed deltas, or a snapshot when it was away too long or in another epoch', () => {
  const board = boardOf(1);
  const events = (have: { epoch: string; version: number } | undefined) =>
    board.resume('shelf', have).map((encoded) => parse(encoded)[0]);
  for (let tick = 0; tick < 40; tick += 1) {
    board.offer('k0', cell(tick));
    board.collect();
  }
  expect(events({ epoch: 'e1', version: 40 })).toEqual([]);
  expect(events({ epoch: 'e1', version: 37 })).toEqual(['stock:changed', 'stock:changed', 'stock:changed']);
  expect(events({ epoch: 'e1', version: 8 })).toHaveLength(32);
  expect(events({ epoch: 'e1', version: 7 })).toEqual(['stock:snapshot']);
  expect(events({ epoch: 'e0', version: 40 })).toEqual(['stock:snapshot']);
  expect(events({ epoch: 'e1', version: 41 })).toEqual(['stock:snapshot']);
  expect(events(undefined)).toEqual(['stock:snapshot']);
  expect(board.resume('no-such-shelf', undefined)).toEqual([]);
});

test('[LIV1] a phone that leaves and comes back at any moment ends with the board’s picture', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('offer' as const), sku: fc.nat(3), available: fc.nat(9) }),
    fc.record({ kind: fc.constantFrom('tick' as const, 'leave' as const, 'return' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let isThere = false;
      const board = boardOf(4, () => isThere);
      let picture: ShelfPicture | null = null;
      const comeBack = () => {
        const have = picture ? { epoch: picture.epoch, version: picture.version } : undefined;
        for (const encoded of board.resume('shelf', have)) picture = apply(picture, encoded);
        isThere = true;
      };
      for (const one of steps) {
        if (one.kind === 'offer') board.offer(`k${one.sku}`, cell(one.available));
        if (one.kind === 'leave') isThere = false;
        if (one.kind === 'return') comeBack();
        if (one.kind !== 'tick') continue;
        const frames = board.collect();
        if (isThere) for (const { encoded } of frames) picture = apply(picture, encoded);
      }
      comeBack();
      for (const { encoded } of board.collect()) picture = apply(picture, encoded);
      const whole = applySnapshot(null, board.snapshot('shelf')!.frame).picture!;
      expect(picture!.version).toBe(whole.version);
      expect([...picture!.cells].sort()).toEqual([...whole.cells].sort());
    }),
  );
});

test('a ticket is good for its 5 seconds, for this secret, and for the kind it was signed as', () => {
  const tickets = createTickets('one', 5_000);
  const now = toEpochMs(1_800_000_000_000);
  const { ticket, expiresAt } = tickets.issue('visitor', now);
  expect(expiresAt).toBe(now + 5_000);
  expect(tickets.verify(ticket, now)).toBe('visitor');
  expect(tickets.verify(ticket, toEpochMs(now + 5_001))).toBeNull();
  expect(tickets.verify(ticket.replace(/^v/, 'l'), now)).toBeNull();
  expect(createTickets('two', 5_000).verify(ticket, now)).toBeNull();
  expect(tickets.verify(createTickets('one', 60_000).issue('visitor', now).ticket, now)).toBeNull();
  for (const junk of ['', '....', 'v.1.2.3', 'x'.repeat(4_000)]) expect(tickets.verify(junk, now)).toBeNull();
});
