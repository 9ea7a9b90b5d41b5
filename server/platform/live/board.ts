import { stockChanged, stockSnapshot } from '../../../lib/contracts/live.ts';
import type { Frame, StockCell } from '../../../lib/domain/inventory/frame.ts';
import { type Encoded, encodeEvent } from './wire.ts';

/** Deltas kept per shelf for phones that come back. */
const RING = 32;

type Shelf = {
  readonly id: string;
  version: number;
  /** What frames have told so far: the picture at `version`. */
  readonly told: Map<number, StockCell>;
  readonly latest: Map<number, StockCell>;
  readonly dirty: Set<number>;
  /** The last deltas, oldest first; the newest is of `version`. */
  readonly ring: Encoded[];
  snapshot: { readonly frame: Frame; readonly encoded: Encoded } | null;
};

/** What a phone says it still holds of a shelf. */
export type Have = { readonly epoch: string; readonly version: number };

export type Board = {
  /** One life of one board; versions are compared only within it. */
  readonly epoch: string;
  /** Gives a SKU its place; a second call moves it. */
  place(skuId: string, shelf: string, slot: number): void;
  hasSku(skuId: string): boolean;
  hasShelf(shelf: string): boolean;
  /** The latest truth of a SKU; only the last of a tick is told. Unknown SKUs are left out. */
  offer(skuId: string, cell: StockCell): void;
  /** Told once by the hub: which shelves are looked at. The next frame of such a shelf belongs to the tick. */
  watchedWhere(isWatched: (shelf: string) => boolean): void;
  /** One finished frame per shelf that has changed and is looked at; the others stay dirty until somebody looks. */
  collect(): { readonly shelf: string; readonly encoded: Encoded }[];
  /** The whole shelf; null: there is no such shelf. */
  snapshot(shelf: string): { readonly frame: Frame; readonly encoded: Encoded } | null;
  /** What brings a phone that holds `have` up to date: nothing, the deltas it missed, or a snapshot. */
  resume(shelf: string, have: Have | undefined): readonly Encoded[];
  /** Offers taken since the start. */
  offers(): number;
};

function isSame(a: StockCell | undefined, b: StockCell): boolean {
  return (
    a !== undefined &&
    a.available === b.available &&
    a.total === b.total &&
    a.tierIndex === b.tierIndex &&
    a.tierLeft === b.tierLeft
  );
}

function pushCell(ints: number[], slot: number, cell: StockCell): void {
  ints.push(slot, cell.available, cell.total, cell.tierIndex, cell.tierLeft);
}

/** The latest value of every SKU and the frames that tell of it. Holds no sockets and no clock. */
export function createBoard(epoch: string): Board {
  const shelves = new Map<string, Shelf>();
  const places = new Map<string, { shelf: Shelf; slot: number }>();
  const dirty = new Set<Shelf>();
  let offered = 0;
  let isWatched: (shelf: string) => boolean = () => false;

  function shelfOf(id: string): Shelf {
    let shelf = shelves.get(id);
    if (!shelf) {
      shelf = { id, version: 0, told: new Map(), latest: new Map(), dirty: new Set(), ring: [], snapshot: null };
      shelves.set(id, shelf);
    }
    return shelf;
  }

  /** Moves a shelf to its next version; null when everything came back to what was told. */
  function advance(shelf: Shelf): Encoded | null {
    dirty.delete(shelf);
    const cells: number[] = [];
    for (const slot of shelf.dirty) {
      const cell = shelf.latest.get(slot)!;
      if (isSame(shelf.told.get(slot), cell)) continue;
      shelf.told.set(slot, cell);
      pushCell(cells, slot, cell);
    }
    shelf.dirty.clear();
    if (cells.length === 0) return null;
    shelf.version += 1;
    shelf.snapshot = null;
    const encoded = encodeEvent(stockChanged.event, [shelf.id, epoch, shelf.version, cells]);
    shelf.ring.push(encoded);
    if (shelf.ring.length > RING) shelf.ring.shift();
    return encoded;
  }

  function wholeOf(shelf: Shelf) {
    if (!shelf.snapshot) {
      const cells: number[] = [];
      for (const [slot, cell] of shelf.told) pushCell(cells, slot, cell);
      const frame: Frame = [shelf.id, epoch, shelf.version, cells];
      shelf.snapshot = { frame, encoded: encodeEvent(stockSnapshot.event, frame) };
    }
    return shelf.snapshot;
  }

  /** A shelf that nobody looked at has saved up its changes: they are told to the first who looks. */
  function fresh(id: string): Shelf | null {
    const shelf = shelves.get(id) ?? null;
    if (shelf && dirty.has(shelf) && !isWatched(id)) advance(shelf);
    return shelf;
  }

  return {
    epoch,
    place(skuId, shelfId, slot) {
      const known = places.get(skuId);
      if (known && known.shelf.id === shelfId && known.slot === slot) return;
      places.set(skuId, { shelf: shelfOf(shelfId), slot });
    },
    hasSku: (skuId) => places.has(skuId),
    hasShelf: (shelf) => shelves.has(shelf),
    offer(skuId, cell) {
      const place = places.get(skuId);
      if (!place) return;
      offered += 1;
      const { shelf, slot } = place;
      shelf.latest.set(slot, cell);
      shelf.dirty.add(slot);
      dirty.add(shelf);
    },
    watchedWhere(answer) {
      isWatched = answer;
    },
    collect() {
      const frames: { shelf: string; encoded: Encoded }[] = [];
      for (const shelf of dirty) {
        if (!isWatched(shelf.id)) continue;
        const encoded = advance(shelf);
        if (encoded) frames.push({ shelf: shelf.id, encoded });
      }
      return frames;
    },
    snapshot(id) {
      const shelf = fresh(id);
      return shelf && wholeOf(shelf);
    },
    resume(id, have) {
      const shelf = fresh(id);
      if (!shelf) return [];
      const missed = have?.epoch === epoch ? shelf.version - have.version : Number.POSITIVE_INFINITY;
      if (missed === 0) return [];
      if (missed > 0 && missed <= shelf.ring.length) return shelf.ring.slice(-missed);
      return [wholeOf(shelf).encoded];
    },
    offers: () => offered,
  };
}
