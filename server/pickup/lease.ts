import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { counterLease, counterReconcile } from '../../lib/contracts/counter.ts';
import { LEASE_MARGIN_MS, LEASE_MS } from '../../lib/domain/pickup/deadlines.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { logCounter, postOf } from './clerks.ts';
import type { CodeRow, PickupCodes } from './codes.ts';
import { needsPost } from './counter-facts.ts';
import { epochMs, readCounterOrder } from './counter-orders.ts';
import { handOverIn } from './hand-over.ts';
import { openTries } from './wrong-codes.ts';

const ORDERS_MAX = 300;

type Lease = { id: string; device_id: string; salt: string; until: number; now: number };
type Leased = ValueOf<typeof counterLease>['lease']['orders'][number];
type Given = RequestOf<typeof counterReconcile>['handovers'][number];
type Outcome = ValueOf<typeof counterReconcile>['results'][number];

/** What a counter without network holds typed digits against. */
export const proofOf = (salt: string, digits: string, lastFour: string): string =>
  createHash('sha256').update(`${salt}|${digits}|${lastFour}`).digest('hex');

/** Ends leases whose time is over, of one store or of all; their orders are everybody's again. */
export async function endOldLeases(tx: Queryable, storeId: string | null): Promise<void> {
  await tx.query(
    `with over as (
       update pickup_lease set ended_at = clock_timestamp()
       where ended_at is null and until <= clock_timestamp() and ($1::text is null or store_id = $1) returning id
     )
     update pickup p set lease_id = null from over where p.lease_id = over.id`,
    [storeId],
  );
}

export function leases({ db, codes, secret }: { db: Database; codes: PickupCodes; secret: string }) {
  const sign = (text: string) => createHmac('sha256', `pickup-lease:${secret}`).update(text).digest('base64url');

  async function leasedOrders(tx: Queryable, lease: Lease): Promise<Leased[]> {
    const rows = await tx.query<CodeRow & { phone: string; fetch_before: number; lines: Leased['lines'] }>(
      `select c.*, o.address ->> 'phone' as phone, ${epochMs('p.fetch_before')} as fetch_before,
         (select jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'title', l.title, 'choice', l.choice,
             'quantity', x.quantity - x.handed - l.refunded_quantity) order by l.line_number)
          from pickup_line x join order_line l using (order_id, line_number)
          where x.order_id = o.id and x.quantity > x.handed + l.refunded_quantity) as lines
       from pickup p join orders o on o.id = p.order_id join pickup_code c on c.order_id = p.order_id and c.kind = 'own'
       where p.lease_id = $1 order by p.order_id`,
      [lease.id],
    );
    return rows.map((row) => ({
      orderId: row.order_id,
      phoneMasked: `${row.phone.slice(0, 3)}****${row.phone.slice(-4)}`,
      fetchBefore: row.fetch_before,
      proof: proofOf(lease.salt, codes.open(row).digits, row.phone.slice(-4)),
      lines: row.lines,
    }));
  }

  /** One device's turn: a new one, or its own made longer. */
  async function take(tx: Queryable, storeId: string, clerkId: string, deviceId: string) {
    await endOldLeases(tx, storeId);
    const [open] = await tx.query<Lease>(
      `select id, device_id, salt, ${epochMs('until')} as until, 0 as now from pickup_lease
       where store_id = $1 and ended_at is null for update`,
      [storeId],
    );
    if (open && open.device_id !== deviceId) return refuse({ code: 'held_by_counter', until: open.until });
    const [lease] = await tx.query<Lease>(
      `insert into pickup_lease (id, store_id, device_id, clerk_id, salt, until)
       values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond')
       on conflict (id) do update set until = excluded.until
       returning id, device_id, salt, ${epochMs('until')} as until, ${epochMs('clock_timestamp()')} as now`,
      [open?.id ?? randomUUID(), storeId, deviceId, clerkId, randomBytes(16).toString('hex'), LEASE_MS],
    );
    return lease ? accept(lease) : refuse({ code: 'held_by_counter', until: 0 });
  }

  /** What one device says that it handed over. */
  async function settle(tx: Queryable, lease: LeaseRow, clerkId: string, given: Given): Promise<string | null> {
    const [known] = await tx.query<{ isSame: boolean }>(
      'select order_id = $2 as "isSame" from pickup_handover where id = $1',
      [given.key, given.orderId],
    );
    if (known) return known.isSame ? null : 'key_reused';
    const [code] = await tx.query<CodeRow & { phone: string }>(
      `select c.*, o.address ->> 'phone' as phone from pickup_code c join orders o on o.id = c.order_id
       where c.order_id = $1 and c.kind = 'own' and c.store_id = $2`,
      [given.orderId, lease.store_id],
    );
    const tries = await openTries(tx, clerkId);
    if (tries.lockedUntil() !== null) return 'counter_locked';
    if (!code || codes.open(code).digits !== given.digits || !code.phone.endsWith(given.lastFour)) {
      await tries.wrong(lease.store_id);
      return 'wrong_proof';
    }
    const handed = await handOverIn(tx, {
      key: given.key,
      orderId: given.orderId,
      codeId: code.id,
      shown: 'offline',
      clerkId,
      storeId: lease.store_id,
      deviceId: lease.device_id,
      lines: given.lines ?? null,
      offline: { leaseId: lease.id, at: given.at },
    });
    return handed.ok ? null : handed.refusal.code;
  }

  return {
    async lease(clerkId: string, deviceId: string): Promise<AnswerOf<typeof counterLease>> {
      const work = () =>
        db.transaction(async (tx): Promise<Result<{ lease: Lease; orders: Leased[] }, LeaseRefusal>> => {
          const post = needsPost(await postOf(tx, clerkId, { isKept: true }));
          if (!post.ok) return post;
          const taken = await take(tx, post.value.storeId, clerkId, deviceId);
          if (!taken.ok) return taken;
          // An order that somebody moves just now is left out: nobody waits for a list. Orders are locked before pickups.
          const free = await tx.query<{ id: string }>(
            `select o.id from orders o join pickup p on p.order_id = o.id
             where p.store_id = $1 and p.state = 'ready' and o.state = 'paid'
             order by o.id limit ${ORDERS_MAX} for update of o skip locked`,
            [post.value.storeId],
          );
          await tx.query(`update pickup set lease_id = $2 where order_id = any ($1::text[]) and state = 'ready'`, [
            free.map(({ id }) => id),
            taken.value.id,
          ]);
          const orders = await leasedOrders(tx, taken.value);
          await logCounter(tx, { storeId: post.value.storeId, clerkId, what: 'leased', units: orders.length });
          return accept({ lease: taken.value, orders });
        });
      const leased = await againIfRaced(work);
      if (!leased.ok) return leased;
      const { lease, orders } = leased.value;
      const list = { id: lease.id, until: lease.until - LEASE_MARGIN_MS, salt: lease.salt, orders };
      return accept({ now: lease.now, lease: { ...list, signature: sign(JSON.stringify(list)) } });
    },

    async reconcile(
      clerkId: string,
      { leaseId, deviceId, handovers }: RequestOf<typeof counterReconcile>,
    ): Promise<AnswerOf<typeof counterReconcile>> {
      const post = needsPost(await postOf(db, clerkId));
      if (!post.ok) return post;
      const { storeId } = post.value;
      const [lease] = await db.query<LeaseRow>(
        'select id, store_id, device_id from pickup_lease where id = $1 and device_id = $2 and store_id = $3',
        [leaseId, deviceId, storeId],
      );
      if (!lease) return refuse({ code: 'unknown_lease' });
      const results: Outcome[] = [];
      for (const given of handovers) {
        const reason = await againIfRaced(() =>
          db.transaction(async (tx) => {
            const lost = await settle(tx, lease, clerkId, given);
            if (lost === null) return null;
            await tx.query(
              `insert into pickup_conflict (id, lease_id, order_id, store_id, clerk_id, reason, device_at)
               values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0)) on conflict do nothing`,
              [given.key, leaseId, given.orderId, storeId, clerkId, lost, given.at],
            );
            await logCounter(tx, { storeId, clerkId, what: 'conflict', orderId: given.orderId });
            return lost;
          }),
        );
        const order = await readCounterOrder(db, given.orderId, clerkId);
        results.push({
          key: given.key,
          orderId: given.orderId,
          outcome: reason === null ? 'handed' : 'conflict',
          reason,
          // What belongs to another store is not shown here.
          order: reason === 'wrong_proof' || reason === 'counter_locked' ? null : order,
        });
      }
      const [time] = await db.transaction(async (tx) => {
        await tx.query('update pickup_lease set ended_at = clock_timestamp() where id = $1 and ended_at is null', [
          leaseId,
        ]);
        await tx.query('update pickup set lease_id = null where lease_id = $1', [leaseId]);
        await logCounter(tx, { storeId, clerkId, what: 'reconciled', units: handovers.length });
        return tx.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
      });
      return accept({ now: time?.now ?? 0, results });
    },
  };
}

type LeaseRow = { id: string; store_id: string; device_id: string };
type LeaseRefusal = { code: 'no_store' } | { code: 'held_by_counter'; until: number };
