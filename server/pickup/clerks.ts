import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { opsClerks, opsPostClerk } from '../../lib/contracts/ops-pickup.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { audit } from '../ops/audit.ts';
import { operatorActor } from '../ops/orders.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { epochMs } from './counter-orders.ts';

type Words = { zh: string; en: string };

/** Where a clerk stands. */
export type Post = { readonly storeId: string; readonly name: Words };

/**
 * The store that a clerk is posted at now. Inside a transaction his post stays what it is until the commit: whoever
 * posts him elsewhere waits.
 */
export async function postOf(tx: Queryable, clerkId: string, { isKept = false } = {}): Promise<Post | null> {
  const [post] = await tx.query<Post>(
    `select c.store_id as "storeId", l.name from clerk_post c join location l on l.id = c.store_id
     where c.clerk_id = $1 and c.ended_at is null${isKept ? ' for share of c' : ''}`,
    [clerkId],
  );
  return post ?? null;
}

type Clerk = ValueOf<typeof opsClerks>['clerks'][number];

function readClerks(db: Queryable): Promise<Clerk[]> {
  return db.query<Clerk>(
    `select p.id, trim(p.display_name) as name, p.email, ${epochMs('c.begun_at')} as since,
       case when t.locked_until > ${epochMs('clock_timestamp()')} then t.locked_until end as "lockedUntil",
       case when l.id is not null then jsonb_build_object('id', l.id, 'name', l.name) end as store
     from person p left join clerk_post c on c.clerk_id = p.id and c.ended_at is null
     left join location l on l.id = c.store_id left join counter_tries t on t.clerk_id = p.id
     where p.role = 'clerk' order by p.created_at, p.id`,
  );
}

export async function listClerks(db: Queryable): Promise<ValueOf<typeof opsClerks>> {
  const [time] = await db.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
  const conflicts = await db.query<ValueOf<typeof opsClerks>['conflicts'][number]>(
    `select c.id, ${epochMs('c.at')} as at, jsonb_build_object('id', l.id, 'name', l.name) as store,
       c.order_id as "orderId", coalesce(trim(p.display_name), '') as "clerkName", c.reason
     from pickup_conflict c join location l on l.id = c.store_id left join person p on p.id = c.clerk_id
     order by c.at desc limit 100`,
  );
  return { now: time?.now ?? 0, clerks: await readClerks(db), conflicts };
}

/** Posts a clerk; from the commit on he belongs to this store and to no other. */
export function postClerk(
  db: Database,
  { clerkId, storeId }: { clerkId: string; storeId: string | null },
  operatorId: string,
): Promise<AnswerOf<typeof opsPostClerk>> {
  const post = () =>
    db.transaction(async (tx): Promise<AnswerOf<typeof opsPostClerk>> => {
      const [clerk] = await tx.query(`select 1 from person where id = $1 and role = 'clerk'`, [clerkId]);
      if (!clerk) return refuse({ code: 'unknown_clerk' });
      const [store] = await tx.query('select 1 from store where id = $1', [storeId]);
      if (storeId !== null && !store) return refuse({ code: 'unknown_store' });
      await tx.query(
        `update clerk_post set ended_at = clock_timestamp()
         where clerk_id = $1 and ended_at is null and store_id is distinct from $2`,
        [clerkId, storeId],
      );
      const actor = operatorActor(operatorId);
      if (storeId !== null) {
        await tx.query(
          `insert into clerk_post (clerk_id, store_id, posted_by) select $1, $2, $3
           where not exists (select 1 from clerk_post where clerk_id = $1 and ended_at is null)`,
          [clerkId, storeId, actor],
        );
      }
      await audit(tx, { actor, action: 'ops.postClerk', target: clerkId, detail: { storeId } });
      return accept({ clerks: await readClerks(tx) });
    });
  return againIfRaced(post);
}

/**
 * The demo's clerks stand at one of its stores, so that each is the other's second person; called when they were made.
 * Without demo stores nothing happens.
 */
export async function postDemoClerks(db: Queryable): Promise<void> {
  await db.query(
    `insert into clerk_post (clerk_id, store_id, posted_by)
     select p.id, s.id, 'demo' from person p
     cross join (select id from store where is_demo and state = 'open' and 'pickup' = any (services) order by id limit 1) s
     where p.role = 'clerk' and p.is_demo
     on conflict do nothing`,
  );
}

/** Writes down what a clerk did besides handing over; append-only. */
export async function logCounter(
  tx: Queryable,
  entry: { storeId: string; clerkId: string; what: string; orderId?: string; units?: number },
): Promise<void> {
  await tx.query('insert into counter_log (store_id, clerk_id, what, order_id, units) values ($1, $2, $3, $4, $5)', [
    entry.storeId,
    entry.clerkId,
    entry.what,
    entry.orderId ?? null,
    entry.units ?? 0,
  ]);
}
