import type { StoreFacts } from '../../lib/contracts/store.ts';
import type { Queryable } from '../platform/database.ts';

/** A store as its rows say, with its exceptions from yesterday on. */
export const STORE_SELECT = `
  select s.id, s.code, l.name, s.address, s.region_code as "regionCode", s.region, s.lng, s.lat, s.cell, s.phone,
         s.services, s.zone, s.hours, s.state, s.state_note as "stateNote",
         coalesce((
           select jsonb_agg(jsonb_build_object('date', e.date, 'spans', e.spans, 'note', e.note) order by e.date)
           from store_exception e where e.store_id = s.id and e.date >= (now() at time zone s.zone)::date - 1
         ), '[]') as exceptions
  from store s join location l on l.id = s.id`;

/** One store, whatever its state; null: there is none of this id. */
export async function storeOf(db: Queryable, id: string): Promise<StoreFacts | null> {
  const [row] = await db.query<StoreFacts>(`${STORE_SELECT} where s.id = $1`, [id]);
  return row ?? null;
}

/** Every store but those that are closed for good, by id. */
export function liveStores(db: Queryable): Promise<StoreFacts[]> {
  return db.query<StoreFacts>(`${STORE_SELECT} where s.state <> 'closed' order by s.id`);
}

/** Public holidays from yesterday on, `YYYY-MM-DD`. */
export async function holidaysAhead(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ date: string }>(
    `select date::text from public_holiday where date >= current_date - 1 order by date`,
  );
  return rows.map(({ date }) => date);
}
