import type { StoreStock } from '../../lib/contracts/store.ts';
import { withNeighbours } from '../../lib/domain/store/cell.ts';
import { type StoreState, UNITS_SHOWN_MAX } from '../../lib/domain/store/store.ts';
import type { Queryable } from '../platform/database.ts';

type Row = { id: string; state: StoreState; units: number[] };

/** Units of SKUs in the stores of a cell and its neighbours, and where orders are served from, in one statement. */
export async function readStoreStock(
  db: Queryable,
  { cell, skus }: { cell: string; skus: readonly string[] },
): Promise<Pick<StoreStock, 'central' | 'stores'>> {
  const rows = await db.query<Row>(
    `with place as (
       select id, state from store where cell = any ($1::text[]) and state <> 'closed'
       union all select 'central', 'open'
     )
     select place.id, place.state, array(
       select coalesce(least(${UNITS_SHOWN_MAX}, greatest(0, case when l.waiting > 0 then 0 else l.on_hand - l.reserved end)), 0)
       from unnest($2::text[]) with ordinality wanted (sku_id, n)
       left join stock_level l on l.sku_id = wanted.sku_id and l.location_id = place.id
       order by n
     ) as units
     from place order by place.id`,
    [withNeighbours(cell), skus],
  );
  return {
    central: rows.find(({ id }) => id === 'central')?.units ?? [],
    stores: rows.filter(({ id }) => id !== 'central').map(({ id, state, units }) => [id, state, units]),
  };
}
