import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta, applySnapshot, type Frame, hasGap, type ShelfPicture } from '../../lib/domain/inventory/frame.ts';

const SHELF = 'phones-1';

type Change = { slot: number; available: number };

/** A server that plays `changes`, one a tick; gives each delta and the snapshot at each version. */
function played(epoch: string, changes: readonly Change[]) {
  const shelf = new Map<number, number[]>();
  for (let slot = 0; slot < 4; slot += 1) shelf.set(slot, [slot, 50, 50, -1, 0]);
  const snapshotAt = (version: number): Frame => [SHELF, epoch, version, [...shelf.values()].flat()];
  const snapshots: Frame[] = [snapshotAt(0)];
  const deltas: Frame[] = changes.map(({ slot, available }, index) => {
    const cell = [slot, available, 50, -1, 0];
    shelf.set(slot, cell);
    snapshots.push(snapshotAt(index + 1));
    return [SHELF, epoch, index + 1, cell];
  });
  return { deltas, snapshots };
}

const availableIn = (picture: ShelfPicture | null) =>
  [...(picture?.cells ?? [])].sort(([a], [b]) => a - b).map(([slot, cell]) => [slot, cell.available]);

const changesArbitrary = fc.array(fc.record({ slot: fc.nat(3), available: fc.nat(50) }), {
  minLength: 1,
  maxLength: 60,
});

test('[LIV1] frames lost, doubled and out of order end at the server’s picture once gaps are answered', () => {
  fc.assert(
    fc.property(changesArbitrary, fc.infiniteStream(fc.nat(9_999)), (changes, dice) => {
      const roll = (sides: number) => dice.next().value! % sides;
      const { deltas, snapshots } = played('a', changes);
      const last = deltas.length;
      // Lost (1 of 5), doubled (1 of 5), and moved by up to 6 places.
      const sent = deltas
        .slice(0, -1)
        .flatMap((frame) => (roll(5) === 0 ? [] : roll(5) === 0 ? [frame, frame] : [frame]))
        .map((frame) => ({ frame, at: frame[2] + roll(6) }))
        .sort((x, y) => x.at - y.at)
        .map(({ frame }) => frame);
      sent.push(deltas[last - 1]!);

      let picture: ShelfPicture | null = applySnapshot(null, snapshots[roll(last + 1)]!).picture;
      let asked = 0;
      let version = picture!.version;
      for (const frame of sent) {
        const result = applyDelta(picture, frame);
        picture = result.picture;
        expect(picture!.version).toBeGreaterThanOrEqual(version);
        version = picture!.version;
        if (result.kind === 'gap') asked += 1;
        // The answer to a gap comes some frames later, and may itself be old by then.
        if (asked > 0 && roll(3) === 0) {
          picture = applySnapshot(picture, snapshots[Math.max(version, frame[2] - roll(3))]!).picture;
          version = picture!.version;
          asked = hasGap(picture) ? 1 : 0;
        }
      }
      if (hasGap(picture)) picture = applySnapshot(picture, snapshots[last]!).picture;
      expect(picture!.version).toBe(last);
      expect(availableIn(picture)).toEqual(availableIn(applySnapshot(null, snapshots[last]!).picture));
    }),
  );
});

test('an older snapshot of the same epoch changes nothing', () => {
  const { snapshots } = played('a', [
    { slot: 0, available: 3 },
    { slot: 0, available: 2 },
  ]);
  const held = applySnapshot(null, snapshots[2]!).picture;
  expect(applySnapshot(held, snapshots[1]!)).toEqual({ kind: 'ignored', picture: held });
});

test('a delta of another epoch is a gap, and the snapshot of that epoch replaces everything', () => {
  const held = applySnapshot(null, played('a', [{ slot: 0, available: 3 }]).snapshots[1]!).picture;
  const other = played('b', [{ slot: 1, available: 9 }]);
  expect(applyDelta(held, other.deltas[0]!).kind).toBe('gap');
  const replaced = applySnapshot(held, other.snapshots[0]!).picture!;
  expect([replaced.epoch, replaced.version]).toEqual(['b', 0]);
});

test('a delta that came early is used when the one before it comes, without a snapshot', () => {
  const { deltas, snapshots } = played('a', [
    { slot: 0, available: 40 },
    { slot: 1, available: 30 },
  ]);
  const held = applySnapshot(null, snapshots[0]!).picture;
  const early = applyDelta(held, deltas[1]!);
  expect(early.kind).toBe('gap');
  const mended = applyDelta(early.picture, deltas[0]!);
  expect(mended.kind).toBe('applied');
  expect(mended.picture!.version).toBe(2);
  expect(hasGap(mended.picture)).toBe(false);
});
