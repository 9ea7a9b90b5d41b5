import type { StoreStock } from '../../lib/contracts/store.ts';
import { type CellId, withNeighbours } from '../../lib/domain/store/cell.ts';
import { type StoreState, UNITS_SHOWN_MAX } from '../../lib/domain/store/store.ts';
import type { Database, Queryable } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { startLoop } from '../platform/loop.ts';

/*
 * Words used in this file:
 *
 * - place: a store, or `central`, with its units
 * - units: a byte for each SKU, by the SKU's number on this board; 99 for 99 or more
 * - tail:  moves of stores' stock after the last that was seen
 */

type Place = { readonly id: string; state: StoreState; units: Uint8Array };
type Cell = { readonly places: readonly Place[]; readonly readAt: number };

const CENTRAL = 'central';
const TICK_MS = 100;
/** What no notice told is found so soon; and so old may the units of `central` be, of which there are many changes. */
const NET_MS = 2_000;
/** A move whose transaction commits after one with a higher id is found for so many rounds of the net. */
const NET_ROUNDS = 5;
/** A cell that was read so long ago is read again when it is asked for: what no notice and no move tells. */
const CELL_MS = 60_000;
/** 30,000 stores are in some 3,000 cells. */
const CELLS_MAX = 20_000;
/** Some hundred stores with all their SKUs. */
const WARM_AT_ONCE = 16;

export type StockBoard = {
  /** Units of these SKUs in the stores of a cell and its neighbours, and in `central`. */
  around(cell: CellId, skus: readonly string[]): Promise<Pick<StoreStock, 'central' | 'stores'>>;
  /** A notice of the database: stock of some SKU has changed somewhere. */
  hearStock(): void;
  /** A notice of the database: stores have changed. */
  hearStores(): void;
  /** Notices may have been missed. */
  hearAll(): void;
  stop(): Promise<void>;
};

const shown = (alias: string) =>
  `least(${UNITS_SHOWN_MAX}, greatest(0, case when ${alias}.waiting > 0 then 0 else ${alias}.on_hand - ${alias}.reserved end))::integer`;

/**
 * What every store has, in memory: read cell by cell from the start on, or when a cell is asked about before its turn;
 * moves of stock keep it true. A byte a store and SKU: 30,000 stores with 200 SKUs are 6 MB.
 */
export function openStockBoard({ db, log }: { db: Database; log: Log }): StockBoard {
  const numbers = new Map<string, number>();
  const cells = new Map<CellId, Cell>();
  const loading = new Map<CellId, Promise<void>>();
  const places = new Map<string, Place>();
  const seen: number[] = [];
  let isTailDue = false;

  const central: Place = { id: CENTRAL, state: 'open', units: new Uint8Array(256) };
  function put(place: Place, skuId: string, units: number): void {
    let number = numbers.get(skuId);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(skuId, number);
    }
    if (number >= place.units.length) {
      const grown = new Uint8Array(Math.max(64, 2 ** Math.ceil(Math.log2(number + 1))));
      grown.set(place.units);
      place.units = grown;
    }
    place.units[number] = units;
  }

  /** Reads the stores of cells with all that they have, in one statement: a row a store. */
  async function readCells(tx: Queryable, wanted: readonly CellId[]): Promise<void> {
    type Row = { id: string; cell: string; state: StoreState; skus: string[] | null; units: number[] | null };
    const rows = await tx.query<Row>(
      `select s.id, s.cell, s.state, l.skus, l.units
       from store s
       left join lateral (
         select array_agg(l.sku_id) as skus, array_agg(${shown('l')}) as units
         from stock_level l where l.location_id = s.id and l.location_id <> 'central'
       ) l on true
       where s.cell = any ($1::text[]) and s.state <> 'closed' order by s.id`,
      [wanted],
    );
    const byCell = Map.groupBy(rows, ({ cell }) => cell);
    for (const cell of wanted) {
      const inCell = (byCell.get(cell) ?? []).map(({ id, state, skus, units }) => {
        const place: Place = { id, state, units: new Uint8Array(0) };
        for (const [at, skuId] of (skus ?? []).entries()) put(place, skuId, units?.[at] ?? 0);
        places.set(id, place);
        return place;
      });
      cells.set(cell, { places: inCell, readAt: performance.now() });
    }
    for (const [cell, { places: inCell }] of cells) {
      if (cells.size <= CELLS_MAX) break;
      for (const { id } of inCell) places.delete(id);
      cells.delete(cell);
    }
  }

  /** What is known answers once more, and is read again then. */
  function renew(): void {
    for (const [cell, { places: inCell }] of cells)
      cells.set(cell, { places: inCell, readAt: Number.NEGATIVE_INFINITY });
  }

  async function ensure(wanted: readonly CellId[]): Promise<void> {
    const now = performance.now();
    const missing = wanted.filter((cell) => {
      const known = cells.get(cell);
      return !loading.has(cell) && (!known || now - known.readAt > CELL_MS);
    });
    if (missing.length > 0) {
      const reading = readCells(db, missing).finally(() => {
        for (const cell of missing) loading.delete(cell);
      });
      for (const cell of missing) loading.set(cell, reading);
    }
    // A cell that is only old answers at once; its renewal is heard by the next question.
    const needed = wanted.filter((cell) => !cells.has(cell)).map((cell) => loading.get(cell));
    if (needed.length > 0) await Promise.all(needed);
    else for (const cell of missing) loading.get(cell)?.catch(() => {});
  }

  async function readCentral(): Promise<void> {
    const rows = await db.query<{ skuId: string; units: number }>(
      `select l.sku_id as "skuId", ${shown('l')} as units
       from sku join stock_level l on l.sku_id = sku.id and l.location_id = 'central'`,
    );
    for (const { skuId, units } of rows) put(central, skuId, units);
  }

  /** Levels of stores that moved after the oldest move that may still be followed by a late one. */
  async function readTail(): Promise<void> {
    if (!isTailDue) return;
    isTailDue = false;
    try {
      const rows = await db.query<{ skuId: string; placeId: string; units: number }>(
        `select l.sku_id as "skuId", l.location_id as "placeId", ${shown('l')} as units
         from (select distinct sku_id, location_id from stock_move where id > $1 and location_id <> 'central') m
         join stock_level l on l.sku_id = m.sku_id and l.location_id = m.location_id`,
        [seen[0]],
      );
      for (const { placeId, skuId, units } of rows) {
        const place = places.get(placeId);
        if (place) put(place, skuId, units);
      }
    } catch (error) {
      isTailDue = true;
      throw error;
    }
  }

  let setReady: () => void;
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const net = startLoop(
    'store-stock-net',
    NET_MS,
    async () => {
      const [row] = await db.query<{ id: number }>('select coalesce(max(id), 0) as id from stock_move');
      seen.push(row?.id ?? 0);
      if (seen.length > NET_ROUNDS) seen.shift();
      isTailDue = true;
      await readCentral();
      setReady();
    },
    log,
  );
  let isStopped = false;
  /** Reads every cell with stores once, a few at a time: else the first to ask about each would wait for it. */
  async function warm(): Promise<void> {
    await ready;
    const rows = await db.query<{ cell: string }>(`select distinct cell from store where state <> 'closed'`);
    for (let at = 0; at < rows.length && !isStopped; at += WARM_AT_ONCE) {
      await ensure(rows.slice(at, at + WARM_AT_ONCE).map(({ cell }) => cell));
    }
  }
  const warmed = warm().catch((error: unknown) =>
    log.warn({ err: error }, 'the stock of stores is read as it is asked'),
  );

  // The tail is followed from the net's first look on.
  const ticks = startLoop('store-stock', TICK_MS, () => ready.then(readTail), log);

  return {
    async around(cell, skus) {
      const wanted = withNeighbours(cell);
      await ready;
      await ensure(wanted);
      const at = skus.map((skuId) => numbers.get(skuId) ?? -1);
      const unitsOf = ({ units }: Place) => at.map((number) => (number < 0 ? 0 : (units[number] ?? 0)));
      const stores: StoreStock['stores'] = [];
      for (const one of wanted) {
        for (const place of cells.get(one)?.places ?? []) stores.push([place.id, place.state, unitsOf(place)]);
      }
      stores.sort(([a], [b]) => (a < b ? -1 : 1));
      return { central: unitsOf(central), stores };
    },
    hearStock() {
      isTailDue = true;
    },
    // A store that is new or has moved is of a cell that may be known without it: all are renewed as they are asked.
    hearStores: renew,
    hearAll() {
      renew();
      isTailDue = true;
    },
    async stop() {
      isStopped = true;
      setReady();
      await Promise.all([ticks.stop(), net.stop(), warmed]);
    },
  };
}
