import { SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import { listen } from '../platform/listen.ts';
import type { Board } from '../platform/live/board.ts';
import type { Log } from '../platform/log.ts';
import { startLoop } from '../platform/loop.ts';
import { changedSkus, lastMoveId, type PlacedCell, readAllCells, readCells, untilNextBoundary } from './stock-cells.ts';

/** Writers say on this channel which SKUs have changed: ids with commas between, or `*` for all. */
const STOCK_CHANNEL = 'stock';

const TICK_MS = 100;
const BATCH = 2_000;
const NET_MS = 5 * SECOND_MS;
/** Moves are looked at again for this many rounds: a transaction may commit after one with a higher id. */
const NET_ROUNDS = 4;

export type StockFeed = {
  /** Resolves when the board holds every SKU. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Keeps the board at what Postgres says. Notices only say where to look: whatever was said is read from the tables, in
 * one query a tick. A net of every 5 s finds what no notice told, and sessions that have started or ended.
 */
export function startStockFeed({ db, board, log }: { db: Database; board: Board; log: Log }): StockFeed {
  const dirty = new Set<string>();
  const movesSeen: number[] = [];
  let isAllDirty = true;
  let lastRunAt = 0;
  let boundaryTimer: NodeJS.Timeout | undefined;
  let setReady: () => void;
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });

  function show(cells: readonly PlacedCell[]): void {
    for (const { skuId, shelf, slot, available, total, tierIndex, tierLeft } of cells) {
      board.place(skuId, shelf, slot);
      board.offer(skuId, { available, total, tierIndex, tierLeft });
    }
  }

  async function tick(): Promise<boolean> {
    lastRunAt = performance.now();
    if (isAllDirty) {
      isAllDirty = false;
      dirty.clear();
      await readAllCells(db).then(show, (error) => {
        isAllDirty = true;
        throw error;
      });
      setReady();
      // Sessions may be among what is new.
      net.nudge();
      return false;
    }
    if (dirty.size === 0) return false;
    const ids = [...dirty].slice(0, BATCH);
    for (const id of ids) dirty.delete(id);
    await readCells(db, ids).then(show, (error) => {
      for (const id of ids) dirty.add(id);
      throw error;
    });
    return dirty.size > 0;
  }
  const ticks = startLoop('stock-feed', TICK_MS, tick, log);

  function look(): void {
    // At once after a quiet moment; in a rush the next tick takes all of it.
    if (performance.now() - lastRunAt >= TICK_MS) ticks.nudge();
  }

  function onNotice(payload: string): void {
    for (const id of payload.split(',')) {
      if (id === '*') isAllDirty = true;
      else if (id !== '') dirty.add(id);
    }
    look();
  }

  const net = startLoop(
    'stock-net',
    NET_MS,
    async () => {
      movesSeen.push(await lastMoveId(db));
      if (movesSeen.length > NET_ROUNDS) movesSeen.shift();
      for (const id of await changedSkus(db, movesSeen[0]!, NET_MS * 2)) dirty.add(id);
      look();
      const boundaryMs = await untilNextBoundary(db);
      clearTimeout(boundaryTimer);
      if (boundaryMs !== null && boundaryMs < NET_MS) boundaryTimer = setTimeout(() => net.nudge(), boundaryMs + 5);
    },
    log,
  );

  const listener = listen(
    db.url,
    { [STOCK_CHANNEL]: onNotice },
    {
      log,
      onGap: () => {
        isAllDirty = true;
        look();
      },
    },
  );

  return {
    ready,
    async stop() {
      clearTimeout(boundaryTimer);
      await Promise.all([listener.close(), ticks.stop(), net.stop()]);
    },
  };
}
