import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { counterHandOver, counterUndo } from '../../lib/contracts/counter.ts';
import { assert } from '../../lib/domain/assert.ts';
import { type CounterRefusal, mayHandOver, mayUndo, unitsToHand } from '../../lib/domain/pickup/at-the-counter.ts';
import type { LineUnits } from '../../lib/domain/pickup/pickup.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { logMove, postNews } from '../order/order-log.ts';
import { tellOrders } from '../order/tell-orders.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { logCounter, postOf } from './clerks.ts';
import { dressRefusal, handoverOf, needsPost, orderAfter, readFacts, storeNamed } from './counter-facts.ts';
import { epochMs } from './counter-orders.ts';
import type { Shown, TicketOffice } from './scan.ts';

/** A handing over that a clerk means: in person by the code that was shown, or without network by his device's word. */
export type Handing = {
  readonly key: string;
  readonly orderId: string;
  readonly codeId: string;
  readonly shown: Shown | 'offline';
  readonly clerkId: string;
  readonly storeId: string;
  readonly deviceId: string | null;
  readonly lines: readonly LineUnits[] | null;
  readonly offline?: { readonly leaseId: string; readonly at: number };
};

export type HandedOut = { readonly handoverId: string; readonly isReplay: boolean };
export type HandRefusal =
  | CounterRefusal
  | { code: 'key_reused' }
  | { code: 'friend_code_over' }
  | { code: 'pickup_not_paid' }
  | { code: 'too_many_to_hand'; lineNumber: number; left: number };

const EARLIER = `
  select order_id = $2 and clerk_id = $3 and asked is not distinct from $4::jsonb as "isSame", id
  from pickup_handover where id = $1`;

/**
 * One statement: the handing over with its units, and where nothing waits any more the end of the pickup. What it says
 * of the rows that it changes is guarded by what was read under their locks.
 */
const HAND = `
  with given as (
    select * from unnest($10::integer[], $11::integer[]) as g (line_number, quantity)
  ), handed as (
    insert into pickup_handover (id, order_id, store_id, clerk_id, shown, code_id, asked, lease_id, device_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0))
  ), units as (
    insert into pickup_handover_line (handover_id, line_number, quantity)
    select $1, line_number, quantity from given
  ), lines as (
    update pickup_line l set handed = l.handed + g.quantity from given g
    where l.order_id = $2 and l.line_number = g.line_number returning 1
  ), ended as (
    update pickup set handed_at = clock_timestamp(), state = case when $12 then 'handed_over' else state end,
      lease_id = case when $12 then null else lease_id end
    where order_id = $2 and state = 'ready' and store_id = $3 returning 1
  ), moved as (
    update orders set sequence = sequence + 1, state = case when $12 then 'received' else state end,
      received_at = case when $12 then now() else received_at end
    where id = $2 and state = 'paid' returning 1
  ), used as (
    update pickup_code set used_at = clock_timestamp()
    where id = $6 and kind = 'friend' and used_at is null and revoked_at is null
  )
  select (select count(*) from lines) as lines, (select count(*) from ended) as ended, (select count(*) from moved) as moved`;

/**
 * Hands over inside a transaction, under the locks of order and pickup. Twice with one key is once; whoever comes second
 * with another key is told who was first.
 */
export async function handOverIn(tx: Queryable, handing: Handing): Promise<Result<HandedOut, HandRefusal>> {
  const { key, orderId, storeId, clerkId, offline } = handing;
  const asked = handing.lines && JSON.stringify(handing.lines);
  const facts = await readFacts(tx, orderId, { isLocked: true });
  const [earlier] = await tx.query<{ isSame: boolean }>(EARLIER, [key, orderId, clerkId, asked]);
  if (earlier) return earlier.isSame ? accept({ handoverId: key, isReplay: true }) : refuse({ code: 'key_reused' });
  if (!facts) return refuse({ code: 'pickup_not_paid' });
  // What was handed over in time without network was handed over in time, however late it is heard.
  const at = offline ? Math.min(offline.at, facts.now) : facts.now;
  const may = mayHandOver(facts, handing, at);
  if (!may.ok) return may;
  const units = unitsToHand(facts.lines, handing.lines);
  if (!units.ok) return refuse({ ...units.refusal, code: 'too_many_to_hand' });
  if (handing.shown.startsWith('friend_')) {
    const [live] = await tx.query(
      'select 1 from pickup_code where id = $1 and used_at is null and revoked_at is null for update',
      [handing.codeId],
    );
    if (!live) return refuse({ code: 'friend_code_over' });
  }
  const [done] = await tx.query<{ lines: number; ended: number; moved: number }>(HAND, [
    key,
    orderId,
    storeId,
    clerkId,
    handing.shown,
    handing.codeId,
    asked,
    offline?.leaseId ?? null,
    offline?.at ?? null,
    units.value.units.map(({ lineNumber }) => lineNumber),
    units.value.units.map(({ quantity }) => quantity),
    units.value.isRest,
  ]);
  assert(done?.ended === 1 && done.moved === 1, 'what may be handed over is handed over');
  assert(done.lines === units.value.units.length, 'every line that is handed over is a line of the order');
  const news = units.value.isRest ? 'pickup_handed' : 'pickup_handed_part';
  if (units.value.isRest) {
    const actor = `clerk:${clerkId}`;
    await logMove(tx, [orderId], { from: 'paid', to: 'received', actor, reason: 'handed_over', news });
  } else {
    await postNews(tx, [orderId], news);
    await tellOrders(tx, [orderId]);
  }
  return accept({ handoverId: key, isReplay: false });
}

/** Takes a handing over back: its units wait again. */
const UNDO = `
  with undone as (
    update pickup_handover set undone_at = clock_timestamp(), undone_by = $3 where id = $1 and undone_at is null returning code_id
  ), lines as (
    update pickup_line l set handed = l.handed - h.quantity from pickup_handover_line h
    where h.handover_id = $1 and l.order_id = $2 and l.line_number = h.line_number
  ), again as (
    update pickup set state = 'ready', handed_at = null where order_id = $2 and state in ('handed_over', 'ready')
  ), moved as (
    update orders set sequence = sequence + 1, state = 'paid', received_at = null where id = $2 and state in ('received', 'paid')
  )
  update pickup_code c set used_at = null from undone
  where c.id = undone.code_id and c.kind = 'friend' and c.revoked_at is null
    and not exists (select 1 from pickup_code n where n.order_id = c.order_id and n.kind = 'friend' and n.id <> c.id
                    and n.used_at is null and n.revoked_at is null)`;

type HandAnswer = AnswerOf<typeof counterHandOver>;
type UndoAnswer = AnswerOf<typeof counterUndo>;
type Handed = { order_id: string; store_id: string; clerk_id: string; at: number; undone_at: Date | null };

export function handOvers({ db, tickets }: { db: Database; tickets: TicketOffice }) {
  return {
    async handOver(clerkId: string, request: RequestOf<typeof counterHandOver>): Promise<HandAnswer> {
      const { key, lines, deviceId } = request;
      const ticket = tickets.read(request.ticket);
      if (ticket?.clerkId !== clerkId) return refuse({ code: 'ticket_over' });
      const { orderId, codeId, shown } = ticket;
      // What is answered is read inside the transaction: its statements are prepared there, and it is of this moment.
      const hand = () =>
        db.hotTransaction(async (tx): Promise<HandAnswer> => {
          const [posted, [known]] = await Promise.all([
            postOf(tx, clerkId, { isKept: true }),
            tx.query<{ isOver: boolean }>(
              `select ${epochMs('clock_timestamp()')} >= $1::bigint and not exists (
                 select 1 from pickup_handover where id = $2) as "isOver"`,
              [ticket.until, key],
            ),
          ]);
          const post = needsPost(posted);
          if (!post.ok) return post;
          if (known?.isOver) return refuse({ code: 'ticket_over' });
          const { storeId } = post.value;
          const wanted = { key, orderId, codeId, shown, clerkId, storeId, lines: lines ?? null };
          const handed = await handOverIn(tx, { ...wanted, deviceId: deviceId ?? null });
          if (!handed.ok) {
            const { refusal } = handed;
            return refuse(isCounterRefusal(refusal) ? await dressRefusal(tx, { orderId, clerkId }, refusal) : refusal);
          }
          const after = await orderAfter(tx, orderId, clerkId);
          const { handoverId, isReplay } = handed.value;
          return accept({ ...after, handover: handoverOf(after.order, handoverId), isReplay });
        });
      return againIfRaced(hand);
    },

    async undo(clerkId: string, { handoverId }: RequestOf<typeof counterUndo>): Promise<UndoAnswer> {
      const undone = await db.transaction(async (tx): Promise<Result<string, UndoRefusal>> => {
        const post = needsPost(await postOf(tx, clerkId, { isKept: true }));
        if (!post.ok) return post;
        const [known] = await tx.query<Handed>(
          `select order_id, store_id, clerk_id, ${epochMs('at')} as at, undone_at from pickup_handover where id = $1`,
          [handoverId],
        );
        if (!known) return refuse({ code: 'not_found' });
        const facts = await readFacts(tx, known.order_id, { isLocked: true });
        assert(facts !== null, 'what was handed over is an order for pickup');
        const [now] = await tx.query<Handed>('select undone_at from pickup_handover where id = $1', [handoverId]);
        if (now?.undone_at) return accept(known.order_id);
        const handed = { handoverId, at: known.at, clerkId: known.clerk_id, storeId: known.store_id };
        const may = mayUndo(handed, { clerkId, storeId: post.value.storeId }, facts.now);
        if (!may.ok) return may;
        // A part was handed over, and its owner has asked for the rest of his money since; or he gives it all back.
        if (facts.orderState !== 'received' && facts.orderState !== 'paid')
          return refuse({ code: 'refund_in_progress' });
        await tx.query(UNDO, [handoverId, known.order_id, clerkId]);
        const units = facts.lines.reduce((sum, { handed: n }) => sum + n, 0);
        await logCounter(tx, { storeId: post.value.storeId, clerkId, what: 'undone', orderId: known.order_id, units });
        const actor = `clerk:${clerkId}`;
        if (facts.orderState === 'received') {
          await logMove(tx, [known.order_id], {
            from: 'received',
            to: 'paid',
            actor,
            reason: 'undone',
            news: 'pickup_undone',
          });
        } else await tellOrders(tx, [known.order_id]);
        return accept(known.order_id);
      });
      if (undone.ok) return accept(await orderAfter(db, undone.value, clerkId));
      const { refusal } = undone;
      if (refusal.code !== 'wrong_store' || !('storeId' in refusal)) return refuse(refusal);
      return refuse({ code: 'wrong_store', store: await storeNamed(db, refusal.storeId) });
    },
  };
}

type UndoRefusal =
  | { code: 'no_store' }
  | { code: 'not_found' }
  | { code: 'refund_in_progress' }
  | { code: 'wrong_store'; storeId: string }
  | { code: 'second_person_needed' }
  | { code: 'undo_too_late' };

const COUNTER_CODES: readonly string[] = [
  'wrong_store',
  'already_handed',
  'refund_in_progress',
  'pickup_refunded',
  'pickup_not_ready',
  'pickup_expired',
  'held_by_counter',
] satisfies CounterRefusal['code'][];

export function isCounterRefusal(refusal: { code: string }): refusal is CounterRefusal {
  return COUNTER_CODES.includes(refusal.code);
}
