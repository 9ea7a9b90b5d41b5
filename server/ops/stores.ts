import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  OpsStore,
  opsSaveHoliday,
  opsSaveStoreDate,
  opsSaveStoreHours,
  opsSetStoreState,
  opsStores,
} from '../../lib/contracts/ops-store.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { hoursText, readHours } from '../../lib/domain/store/hours-text.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { STORE_SELECT } from '../store/store-rows.ts';
import { tellStores } from '../store/write-stores.ts';
import { audit } from './audit.ts';
import { containing } from './stock.ts';

const PAGE = 50;

type Row = Omit<OpsStore, 'hoursText'>;
type Holidays = ValueOf<typeof opsSaveHoliday>['holidays'];

function shown(row: Row): OpsStore {
  return { ...row, hoursText: row.hours && hoursText({ hours: row.hours, exceptions: [] }) };
}

/** What lies in the stores of a page, and is on its way to them. */
async function withStock(db: Queryable, stores: readonly object[]): Promise<OpsStore[]> {
  const rows = stores as Row[];
  type Sum = { id: string; onHand: number; reserved: number; arriving: number };
  const sums = await db.query<Sum>(
    `select place.id, coalesce(l.on_hand, 0)::integer as "onHand", coalesce(l.reserved, 0)::integer as reserved,
            coalesce(t.arriving, 0)::integer as arriving
     from unnest($1::text[]) as place (id)
     left join lateral (
       select sum(on_hand) as on_hand, sum(reserved) as reserved from stock_level
       where location_id = place.id and location_id <> 'central'
     ) l on true
     left join lateral (
       select sum(quantity) as arriving from stock_transfer where to_location = place.id and state = 'in_transit'
     ) t on true`,
    [rows.map(({ id }) => id)],
  );
  const byId = new Map(sums.map(({ id, ...sum }) => [id, sum]));
  return rows.map((row) => shown({ ...row, ...(byId.get(row.id) ?? { onHand: 0, reserved: 0, arriving: 0 }) }));
}

async function holidays(db: Queryable): Promise<Holidays> {
  return db.query(`select date::text, name from public_holiday where date >= current_date - 1 order by date`);
}

export async function listStores(
  db: Queryable,
  { search, state, after }: RequestOf<typeof opsStores>,
): Promise<ValueOf<typeof opsStores>> {
  const rows = await db.query<{ code: string }>(
    `${STORE_SELECT}
     where ($1::text is null or s.code > $1) and ($2::text is null or s.state = $2)
       and ($3::text is null or s.code ilike $3 or l.name ->> 'zh' ilike $3 or l.name ->> 'en' ilike $3
         or s.region ->> 'zh' ilike $3 or s.region ->> 'en' ilike $3 or s.address ->> 'zh' ilike $3)
     order by s.code limit ${PAGE + 1}`,
    [after ?? null, state ?? null, search?.trim() ? containing(search.trim()) : null],
  );
  const [counts] = await db.query<ValueOf<typeof opsStores>['counts']>(
    `select count(*) filter (where state = 'open') as open,
            count(*) filter (where state = 'closed_temporarily') as closed_temporarily,
            count(*) filter (where state = 'closed') as closed from store`,
  );
  const page = rows.slice(0, PAGE);
  return {
    stores: await withStock(db, page),
    nextAfter: rows.length > PAGE ? (page.at(-1)?.code ?? null) : null,
    counts: counts ?? { open: 0, closed_temporarily: 0, closed: 0 },
    holidays: await holidays(db),
  };
}

async function readOne(tx: Queryable, id: string): Promise<OpsStore> {
  const [store] = await withStock(tx, await tx.query<object>(`${STORE_SELECT} where s.id = $1`, [id]));
  if (!store) throw new Error(`store ${id} vanished`);
  return store;
}

/** Locks a store's row; false: there is none of this id. */
async function lockStore(tx: Queryable, id: string): Promise<boolean> {
  return (await tx.query('select 1 from store where id = $1 for update', [id])).length > 0;
}

/** Opens or closes a store. What is held or expected there keeps it from being closed for good. */
export function setStoreState(
  db: Database,
  { id, state, note, reason }: RequestOf<typeof opsSetStoreState>,
  actor: string,
): Promise<AnswerOf<typeof opsSetStoreState>> {
  return db.transaction(async (tx): Promise<AnswerOf<typeof opsSetStoreState>> => {
    if (!(await lockStore(tx, id))) return refuse({ code: 'not_found' });
    if (state === 'closed') {
      const { reserved, arriving } = await readOne(tx, id);
      const [open] = await tx.query<{ orders: number }>(
        `select count(*)::integer as orders from pickup where store_id = $1 and state in ('preparing', 'ready')`,
        [id],
      );
      const orders = open?.orders ?? 0;
      if (reserved + arriving + orders > 0) return refuse({ code: 'store_busy', reserved, arriving, orders });
    }
    await tx.query('update store set state = $2, state_note = $3, updated_at = now() where id = $1', [
      id,
      state,
      state === 'open' || note === null ? null : JSON.stringify(note),
    ]);
    await tellStores(tx, [id]);
    await audit(tx, { actor, action: 'ops.setStoreState', target: id, detail: { state, note, reason } });
    return accept({ store: await readOne(tx, id) });
  });
}

export function saveStoreHours(
  db: Database,
  { id, hours }: RequestOf<typeof opsSaveStoreHours>,
  actor: string,
): Promise<AnswerOf<typeof opsSaveStoreHours>> {
  return db.transaction(async (tx): Promise<AnswerOf<typeof opsSaveStoreHours>> => {
    if (!(await lockStore(tx, id))) return refuse({ code: 'not_found' });
    const read = hours === null ? null : readHours(hours);
    if (read && 'fault' in read) return refuse({ code: 'hours_unreadable', fault: read.fault });
    // A date is an exception of its own (ops.saveStoreDate): here it would be lost with the next edit of the week.
    if (read && read.exceptions.length > 0) {
      return refuse({ code: 'hours_unreadable', fault: read.exceptions[0]?.date ?? '' });
    }
    await tx.query('update store set hours = $2, updated_at = now() where id = $1', [
      id,
      read === null ? null : JSON.stringify(read.hours),
    ]);
    await tellStores(tx, [id]);
    await audit(tx, { actor, action: 'ops.saveStoreHours', target: id, detail: { hours } });
    return accept({ store: await readOne(tx, id) });
  });
}

export function saveStoreDate(
  db: Database,
  { id, date, hours, note }: RequestOf<typeof opsSaveStoreDate>,
  actor: string,
): Promise<AnswerOf<typeof opsSaveStoreDate>> {
  return db.transaction(async (tx): Promise<AnswerOf<typeof opsSaveStoreDate>> => {
    if (!(await lockStore(tx, id))) return refuse({ code: 'not_found' });
    if (hours === null) {
      await tx.query('delete from store_exception where store_id = $1 and date = $2', [id, date]);
    } else {
      // The same words as a day of the week has: read as every day, of which one is taken.
      const read = readHours(/^[^;]*$/.test(hours) ? `Mo-Su ${hours}` : hours);
      if ('fault' in read || hours.includes(';')) return refuse({ code: 'hours_unreadable', fault: hours });
      await tx.query(
        `insert into store_exception (store_id, date, spans, note, made_by) values ($1, $2, $3, $4, $5)
         on conflict (store_id, date) do update
           set spans = excluded.spans, note = excluded.note, made_by = excluded.made_by, made_at = now()`,
        [id, date, JSON.stringify(read.hours.weekly[0]), note && JSON.stringify(note), actor],
      );
    }
    await tellStores(tx, [id]);
    await audit(tx, { actor, action: 'ops.saveStoreDate', target: id, detail: { date, hours, note } });
    return accept({ store: await readOne(tx, id) });
  });
}

export function saveHoliday(
  db: Database,
  { date, name }: RequestOf<typeof opsSaveHoliday>,
  actor: string,
): Promise<AnswerOf<typeof opsSaveHoliday>> {
  return db.transaction(async (tx) => {
    if (name === null) await tx.query('delete from public_holiday where date = $1', [date]);
    else {
      await tx.query(
        `insert into public_holiday (date, name, made_by) values ($1, $2, $3)
         on conflict (date) do update set name = excluded.name, made_by = excluded.made_by, made_at = now()`,
        [date, JSON.stringify(name), actor],
      );
    }
    await audit(tx, { actor, action: 'ops.saveHoliday', target: date, detail: { name } });
    return accept({ holidays: await holidays(tx) });
  });
}
