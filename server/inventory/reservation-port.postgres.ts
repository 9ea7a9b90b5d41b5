import type { Database, Queryable } from '../platform/database.ts';
import { endUnits, holdId, holdUnits } from './holds.ts';
import type { Branch, HoldState, ReservationPort, TryOutcome } from './reservation-port.ts';
import { serveWaitlist } from './waitlist-offers.ts';

type Row = {
  id: string;
  sku_id: string;
  location_id: string;
  quantity: number;
  state: 'active' | HoldState;
  ends_at: number;
};

const CENTRAL = 'central';

/** Calls for one owner come one after the other; taken before any stock row, and by nobody who holds one. */
async function oneAtATime(tx: Queryable, ownerId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`hold:${ownerId}`]);
}

function readRows(tx: Queryable, ownerId: string): Promise<Row[]> {
  return tx.query<Row>(
    `select id, sku_id, location_id, quantity, state, (extract(epoch from expires_at) * 1000)::bigint as ends_at
     from reservation where order_id = $1 order by sku_id`,
    [ownerId],
  );
}

/** Locks stock rows in SKU order; `free` is what somebody new may have: nothing while others wait for it. */
function lockBranches(tx: Queryable, branches: readonly Pick<Branch, 'skuId' | 'locationId'>[]) {
  return tx.query<{ sku_id: string; location_id: string; free: number; now: number }>(
    `select sku_id, location_id, case when waiting > 0 then 0 else on_hand - reserved end as free,
            (extract(epoch from clock_timestamp()) * 1000)::bigint as now
     from stock_level
     where (sku_id, location_id) in (select * from unnest($1::text[], $2::text[]))
     order by sku_id, location_id for update`,
    [branches.map((branch) => branch.skuId), branches.map((branch) => branch.locationId)],
  );
}

const branchOf = (row: Row): Branch => ({ skuId: row.sku_id, locationId: row.location_id, quantity: row.quantity });

function isSame(rows: readonly Row[], branches: readonly Branch[]): boolean {
  const asked = new Map(branches.map((branch) => [branch.skuId, branch]));
  return (
    rows.length === branches.length &&
    rows.every(
      (row) =>
        asked.get(row.sku_id)?.quantity === row.quantity && asked.get(row.sku_id)?.locationId === row.location_id,
    )
  );
}

/** What came of a try before; null when there was none. */
function earlier(rows: readonly Row[], branches: readonly Branch[]): TryOutcome | null {
  const [first] = rows;
  if (!first) return null;
  const ended = rows.find((row) => row.state !== 'active');
  if (ended) return { kind: 'over', state: ended.state as HoldState };
  return isSame(rows, branches) ? { kind: 'held', endsAt: first.ends_at, isReplay: true } : { kind: 'owner_reused' };
}

/**
 * Our own stock behind the port. The rows are those that the order path and the waitlist write (holds.ts): one
 * `reservation` per owner and SKU is hold and fence in one, its primary key is what a late try runs into.
 */
export function postgresReservations(db: Database): ReservationPort {
  /** Ends what an owner holds and gives what is free now to who waits for it. */
  async function end(tx: Queryable, ownerIds: readonly string[], rows: readonly Row[], state: HoldState) {
    await endUnits(tx, ownerIds, state);
    const freed = rows.filter((row) => row.location_id === CENTRAL).map((row) => row.sku_id);
    if (state !== 'confirmed' && freed.length > 0) await serveWaitlist(tx, [...new Set(freed)].sort());
  }

  return {
    try({ ownerId, shopperId, branches, holdMs }) {
      return db.transaction(async (tx): Promise<TryOutcome> => {
        await oneAtATime(tx, ownerId);
        const levels = await lockBranches(tx, branches);
        const before = earlier(await readRows(tx, ownerId), branches);
        if (before) return before;
        const free = new Map(levels.map((level) => [`${level.sku_id}|${level.location_id}`, level.free]));
        const leftOf = (branch: Branch) => free.get(`${branch.skuId}|${branch.locationId}`);
        const unknown = branches.filter((branch) => leftOf(branch) === undefined);
        if (unknown.length > 0) return { kind: 'unknown_sku', skuIds: unknown.map((branch) => branch.skuId) };
        const short = branches
          .map((branch) => ({ ...branch, left: leftOf(branch) ?? 0 }))
          .filter((branch) => branch.left < branch.quantity);
        if (short.length > 0) return { kind: 'sold_out', short };
        const endsAt = (levels[0]?.now ?? 0) + holdMs;
        await holdUnits(
          tx,
          branches.map((branch) => ({ ...branch, ownerId, shopperId, endsAt })),
        );
        return { kind: 'held', endsAt, isReplay: false };
      });
    },

    confirm(ownerId) {
      return db.transaction(async (tx): Promise<HoldState | 'unknown'> => {
        await oneAtATime(tx, ownerId);
        await lockBranches(tx, (await readRows(tx, ownerId)).map(branchOf));
        const rows = await readRows(tx, ownerId);
        const [first] = rows;
        if (!first) return 'unknown';
        const ended = rows.find((row) => row.state !== 'active');
        if (ended) return ended.state as HoldState;
        await end(tx, [ownerId], rows, 'confirmed');
        return 'confirmed';
      });
    },

    cancel(ownerId, branches) {
      return db.transaction(async (tx): Promise<HoldState> => {
        await oneAtATime(tx, ownerId);
        const held = (await readRows(tx, ownerId)).map(branchOf);
        await lockBranches(tx, held.length > 0 ? held : branches);
        const rows = await readRows(tx, ownerId);
        const ended = rows.find((row) => row.state !== 'active');
        if (ended) return ended.state as HoldState;
        if (rows.length > 0) {
          await end(tx, [ownerId], rows, 'cancelled');
          return 'cancelled';
        }
        await tx.query(
          `insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, state, expires_at, ended_at, is_fence)
           select f.id, $1, f.sku_id, f.location_id, '', f.quantity, 'cancelled', clock_timestamp(), clock_timestamp(), true
           from unnest($2::text[], $3::text[], $4::text[], $5::integer[]) as f (id, sku_id, location_id, quantity)
           join stock_level l on l.sku_id = f.sku_id and l.location_id = f.location_id`,
          [
            ownerId,
            branches.map((branch) => holdId(ownerId, branch.skuId)),
            branches.map((branch) => branch.skuId),
            branches.map((branch) => branch.locationId),
            branches.map((branch) => branch.quantity),
          ],
        );
        return 'cancelled';
      });
    },

    expireDue(limit) {
      return db.transaction(async (tx) => {
        const due = await tx.query<{ order_id: string }>(
          `select distinct r.order_id from reservation r
           where r.state = 'active' and r.expires_at <= clock_timestamp()
             and not exists (select 1 from orders o where o.id = r.order_id)
             and not exists (select 1 from waitlist_entry w where w.id = r.order_id)
           limit $1`,
          [limit],
        );
        if (due.length === 0) return 0;
        const ownerIds = due.map((row) => row.order_id);
        const rows = await tx.query<Row>(
          `select id, sku_id, location_id, quantity, state, 0 as ends_at from reservation where order_id = any ($1::text[])`,
          [ownerIds],
        );
        await lockBranches(tx, rows.map(branchOf));
        const before = await tx.query<{ n: number }>(
          `select count(*) as n from reservation where order_id = any ($1::text[]) and state = 'active'`,
          [ownerIds],
        );
        await end(tx, ownerIds, rows, 'expired');
        return before[0]?.n ?? 0;
      });
    },
  };
}
