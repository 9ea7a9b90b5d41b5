import {
  type Applied,
  applyDelta,
  applySnapshot,
  type Frame,
  hasGap,
  type ShelfPicture,
} from '../../domain/inventory/frame.ts';

/** A gap is asked about after a moment of this length at most: many phones have it at once. */
const ASK_SPREAD_MS = 500;

export type ShelfBook = {
  delta(frame: Frame): void;
  snapshot(frame: Frame): void;
  /** A snapshot that may come from any cache: ignored when it is older than the last one of that shelf. */
  polled(frame: Frame, asOf: number): void;
  haveOf(shelf: string): { epoch: string; version: number } | undefined;
  pictures(): ReadonlyMap<string, ShelfPicture>;
};

/**
 * What the phone knows of each shelf. A gap asks for one snapshot, once, a little later.
 * @param ask one shelf whole; null when no answer came
 * @param onChange a picture has changed
 */
export function createShelfBook(
  ask: (shelf: string) => Promise<Frame | null>,
  onChange: () => void,
  random: () => number = Math.random,
): ShelfBook {
  const pictures = new Map<string, ShelfPicture>();
  const asking = new Set<string>();
  const asOfs = new Map<string, number>();

  function take(shelf: string, applied: Applied): void {
    if (applied.picture) pictures.set(shelf, applied.picture);
    if (applied.kind === 'applied') onChange();
    if (applied.kind === 'gap') askLater(shelf);
  }

  function askLater(shelf: string): void {
    if (asking.has(shelf)) return;
    asking.add(shelf);
    setTimeout(async () => {
      const held = pictures.get(shelf) ?? null;
      // What was missing may have come by itself.
      const frame = held && !hasGap(held) ? null : await ask(shelf);
      asking.delete(shelf);
      if (frame) take(shelf, applySnapshot(pictures.get(shelf) ?? null, frame));
      if (frame && hasGap(pictures.get(shelf) ?? null)) askLater(shelf);
    }, random() * ASK_SPREAD_MS);
  }

  return {
    delta: (frame) => take(frame[0], applyDelta(pictures.get(frame[0]) ?? null, frame)),
    snapshot: (frame) => take(frame[0], applySnapshot(pictures.get(frame[0]) ?? null, frame)),
    polled(frame, asOf) {
      if (asOf < (asOfs.get(frame[0]) ?? 0)) return;
      asOfs.set(frame[0], asOf);
      take(frame[0], applySnapshot(pictures.get(frame[0]) ?? null, frame));
    },
    haveOf(shelf) {
      const picture = pictures.get(shelf);
      return picture && { epoch: picture.epoch, version: picture.version };
    },
    pictures: () => pictures,
  };
}
