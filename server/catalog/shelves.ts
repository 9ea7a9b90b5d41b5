import type { Queryable } from '../platform/database.ts';

/** SKUs of one shelf: what a page shows together, and what one frame may hold at ten frames a second. */
export const SHELF_SKUS_MAX = 48;

export type Place = { readonly shelf: string; readonly slot: number };

type Shelves = {
  /** The next free slot of every shelf. */
  readonly nextSlot: Map<string, number>;
  /** The number of the last shelf of every group. */
  readonly last: Map<string, number>;
};

const opened = new WeakMap<Queryable, Promise<Shelves>>();

async function openShelves(tx: Queryable): Promise<Shelves> {
  // Held until the transaction ends: two imports would give the same slot away.
  await tx.query("select pg_advisory_xact_lock(hashtext('festa:shelves'))");
  const rows = await tx.query<{ shelf: string; next: number }>(
    'select shelf, max(slot) + 1 as next from sku group by shelf',
  );
  const nextSlot = new Map(rows.map((row) => [row.shelf, row.next]));
  const last = new Map<string, number>();
  for (const shelf of nextSlot.keys()) {
    const [, group, number] = /^(.+)-(\d+)$/.exec(shelf) ?? [];
    if (group === undefined) continue;
    last.set(group, Math.max(last.get(group) ?? 0, Number(number)));
  }
  return { nextSlot, last };
}

/**
 * Gives the new SKUs of one product their places: on the last shelf of the group (a category's id, or a hall of a
 * session) when all fit there, else on a new shelf. A product is not split; one of more than 48 SKUs has a shelf to
 * itself. The caller inserts the rows in the same transaction, and never moves a SKU afterwards.
 *
 * The shelves are read once per transaction, so that an import of 50,000 variants asks once.
 */
export async function placeOnShelf(
  tx: Queryable,
  group: string,
  skuIds: readonly string[],
): Promise<Map<string, Place>> {
  let shelves = opened.get(tx);
  if (!shelves) {
    shelves = openShelves(tx);
    opened.set(tx, shelves);
  }
  const { nextSlot, last } = await shelves;
  let number = last.get(group) ?? 1;
  let slot = nextSlot.get(`${group}-${number}`) ?? 0;
  if (slot > 0 && slot + skuIds.length > SHELF_SKUS_MAX) {
    number += 1;
    slot = 0;
  }
  const shelf = `${group}-${number}`;
  last.set(group, number);
  nextSlot.set(shelf, slot + skuIds.length);
  return new Map(skuIds.map((id, index) => [id, { shelf, slot: slot + index }]));
}
