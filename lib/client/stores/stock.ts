import type { StoreStock } from '../../contracts/store.ts';
import { type CellId, cellOf, withNeighbours } from '../../domain/store/cell.ts';
import type { KnownStore } from '../../domain/store/published.ts';
import { type StockHere, type StoreState, stockHere } from '../../domain/store/store.ts';

const WAIT_MS = 8_000;
/** Cells that one list asks about: what is farther says nothing of its stock until one is nearer. */
const CELLS_MAX = 6;

export type Wanted = { readonly skuId: string; readonly quantity: number };

/** What the stores around have, as of a moment of the server (epoch ms). */
export type StockAround = {
  readonly asOf: number;
  /** The state of a store as it is now; it may have changed since the publish. */
  stateOf(storeId: string): StoreState | null;
  /** What a store has of what is wanted; null: nothing was heard of it. */
  at(storeId: string, wanted: Wanted): StockHere | null;
};

/** The fewest cells whose neighbourhoods hold all these stores, nearest first. */
export function cellsToAsk(stores: readonly KnownStore[]): CellId[] {
  const asked: CellId[] = [];
  const covered = new Set<CellId>();
  for (const store of stores) {
    const cell = cellOf(store);
    if (covered.has(cell)) continue;
    if (asked.length >= CELLS_MAX) break;
    asked.push(cell);
    for (const near of withNeighbours(cell)) covered.add(near);
  }
  return asked;
}

async function askCell(cell: CellId, skus: string): Promise<StoreStock | null> {
  try {
    const url = `/api/public/store-stock/${cell}?skus=${encodeURIComponent(skus)}`;
    // The same for everybody: without a cookie a CDN may keep it.
    const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(WAIT_MS) });
    const answer = (await response.json()) as { ok: boolean; value?: StoreStock };
    return answer.ok && answer.value ? answer.value : null;
  } catch {
    return null;
  }
}

/**
 * Asks what these stores have. Of the phone's place nothing is sent but, for the stores around it, cells of about 5 km.
 * Null: no answer came.
 */
export async function stockAround(
  stores: readonly KnownStore[],
  skuIds: readonly string[],
): Promise<StockAround | null> {
  // In one order, so that a shared cache knows the question.
  const skus = [...skuIds].sort().join(',');
  if (skus === '' || stores.length === 0) return null;
  const answers = await Promise.all(cellsToAsk(stores).map((cell) => askCell(cell, skus)));
  const heard = answers.filter((answer) => answer !== null);
  if (heard.length === 0) return null;
  const rows = new Map(
    heard.flatMap((answer) => answer.stores.map(([id, state, units]) => [id, { state, units, answer }])),
  );
  return {
    asOf: Math.min(...heard.map(({ asOf }) => asOf)),
    stateOf: (storeId) => rows.get(storeId)?.state ?? null,
    at(storeId, { skuId, quantity }) {
      const row = rows.get(storeId);
      const place = row?.answer.skus.indexOf(skuId) ?? -1;
      if (!row || place < 0) return null;
      return stockHere(row.units[place] ?? 0, row.answer.central[place] ?? 0, quantity);
    },
  };
}
