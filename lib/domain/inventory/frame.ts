/*
 * Words used in this file:
 *
 * - shelf:    the SKUs that a page shows together; a SKU has a slot on it
 * - cell:     one SKU's numbers, `CELL_INTS` whole numbers in a row
 * - frame:    `[shelf, epoch, version, cells]`, what changed (delta) or everything (snapshot)
 * - picture:  what a phone knows of one shelf: the cells at a version of an epoch
 *
 * Every value is absolute, so a frame may come twice and the newest wins.
 */

/** `slot, available, total, tierIndex, tierLeft`. */
const CELL_INTS = 5;

/** Deltas that came before the one they build on are kept, this many at most; a snapshot then needs no second asking. */
const AHEAD_MAX = 32;

/** Units; `total` = on hand + sold. `tierIndex` −1: no tier has an open slot. */
export type StockCell = {
  readonly available: number;
  readonly total: number;
  readonly tierIndex: number;
  readonly tierLeft: number;
};

/** As it travels: `[shelf, epoch, version, [slot, available, total, tierIndex, tierLeft, …]]`. */
export type Frame = readonly [shelf: string, epoch: string, version: number, cells: readonly number[]];

export type ShelfPicture = {
  readonly epoch: string;
  readonly version: number;
  readonly cells: ReadonlyMap<number, StockCell>;
  /** Deltas of the same epoch that are newer than `version + 1`, by version. */
  readonly ahead: ReadonlyMap<number, Frame>;
};

/** `gap`: the picture cannot go on from what came; ask for a snapshot once. */
export type Applied =
  | { readonly kind: 'applied'; readonly picture: ShelfPicture }
  | { readonly kind: 'ignored'; readonly picture: ShelfPicture }
  | { readonly kind: 'gap'; readonly picture: ShelfPicture | null };

function withCells(cells: ReadonlyMap<number, StockCell>, ints: readonly number[]): Map<number, StockCell> {
  const next = new Map(cells);
  for (let at = 0; at + CELL_INTS <= ints.length; at += CELL_INTS) {
    const [slot, available, total, tierIndex, tierLeft] = ints.slice(at, at + CELL_INTS) as [
      number,
      number,
      number,
      number,
      number,
    ];
    next.set(slot, { available, total, tierIndex, tierLeft });
  }
  return next;
}

/** Applies the deltas that waited, as far as they follow one another. */
function catchUp(picture: ShelfPicture): ShelfPicture {
  let { version, cells } = picture;
  const ahead = new Map(picture.ahead);
  for (const known of [...ahead.keys()]) if (known <= version) ahead.delete(known);
  for (let next = ahead.get(version + 1); next; next = ahead.get(version + 1)) {
    version += 1;
    cells = withCells(cells, next[3]);
    ahead.delete(version);
  }
  return { epoch: picture.epoch, version, cells, ahead };
}

/** Keeps a delta that came too early, unless too many wait already. */
function keepAhead(picture: ShelfPicture, frame: Frame): ShelfPicture {
  if (picture.ahead.size >= AHEAD_MAX) return picture;
  return { ...picture, ahead: new Map(picture.ahead).set(frame[2], frame) };
}

/**
 * One delta: applied when it is the next of the same epoch, ignored when it is known, else a gap.
 * The version of a picture never goes back within an epoch.
 */
export function applyDelta(picture: ShelfPicture | null, frame: Frame): Applied {
  const [, epoch, version, cells] = frame;
  if (!picture || picture.epoch !== epoch) return { kind: 'gap', picture };
  if (version <= picture.version) return { kind: 'ignored', picture };
  if (version > picture.version + 1) return { kind: 'gap', picture: keepAhead(picture, frame) };
  return { kind: 'applied', picture: catchUp({ ...picture, version, cells: withCells(picture.cells, cells) }) };
}

/** A whole shelf: replaces a picture of another epoch and an older one of its own, and is ignored when it is older. */
export function applySnapshot(picture: ShelfPicture | null, frame: Frame): Applied {
  const [, epoch, version, cells] = frame;
  const isSameEpoch = picture?.epoch === epoch;
  if (isSameEpoch && version <= picture.version) return { kind: 'ignored', picture };
  const ahead = isSameEpoch ? picture.ahead : new Map<number, Frame>();
  return { kind: 'applied', picture: catchUp({ epoch, version, cells: withCells(new Map(), cells), ahead }) };
}

/** Whether deltas wait for one that has not come: the snapshot that answers a gap is still needed. */
export function hasGap(picture: ShelfPicture | null): boolean {
  return picture !== null && picture.ahead.size > 0;
}
