import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { pickupCode, pickupFriend, pickupGiveFriendCode } from '../../lib/contracts/pickup.ts';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { isShareCode } from '../platform/share-code.ts';
import type { CodeRow, PickupCodes } from './codes.ts';
import { readFacts } from './counter-facts.ts';
import { epochMs } from './counter-orders.ts';
import { PICKUP_BRIEF } from './pickup-brief.ts';

type Code = CodeRow & { made_at: number; key: string | null };

const SELECT = `select c.*, ${epochMs('c.made_at')} as made_at from pickup_code c`;
const LIVE_FRIEND = `c.kind = 'friend' and c.used_at is null and c.revoked_at is null`;

/** What owners and friends show. */
export function shownCodes({ db, codes }: { db: Database; codes: PickupCodes }) {
  async function isOwn(tx: Queryable, shopperId: string, orderId: string): Promise<boolean> {
    const found = await tx.query('select 1 from orders where id = $1 and shopper_id = $2 and store_id is not null', [
      orderId,
      shopperId,
    ]);
    return found.length > 0;
  }

  function friendOf(row: Code) {
    return { code: codes.open(row).link ?? '', madeAt: row.made_at };
  }

  function shown(row: Code) {
    const { digits, secret } = codes.open(row);
    return { codeId: row.id, digits, secret };
  }

  return {
    async own(shopperId: string, orderId: string): Promise<AnswerOf<typeof pickupCode>> {
      const [order] = await db.query<{ pickup: PickupBrief; phone: string; now: number }>(
        `select (${PICKUP_BRIEF}) as pickup, o.address ->> 'phone' as phone, ${epochMs('clock_timestamp()')} as now
         from orders o where o.id = $1 and o.shopper_id = $2 and o.store_id is not null`,
        [orderId, shopperId],
      );
      if (!order) return refuse({ code: 'not_found' });
      const isReady = order.pickup.state === 'ready';
      const rows = isReady
        ? await db.query<Code>(`${SELECT} where c.order_id = $1 and (c.kind = 'own' or ${LIVE_FRIEND})`, [orderId])
        : [];
      const [own, friend] = [rows.find(({ kind }) => kind === 'own'), rows.find(({ kind }) => kind === 'friend')];
      return accept({
        now: order.now,
        orderId,
        pickup: order.pickup,
        code: own ? shown(own) : null,
        lastFour: order.phone.slice(-4),
        friend: friend ? friendOf(friend) : null,
      });
    },

    giveFriend(shopperId: string, orderId: string, key: string): Promise<AnswerOf<typeof pickupGiveFriendCode>> {
      const give = () =>
        db.transaction(async (tx): Promise<AnswerOf<typeof pickupGiveFriendCode>> => {
          if (!(await isOwn(tx, shopperId, orderId))) return refuse({ code: 'not_found' });
          const facts = await readFacts(tx, orderId, { isLocked: true });
          const [same] = await tx.query<Code>(`${SELECT} where c.order_id = $1 and c.key = $2`, [orderId, key]);
          if (same) return accept({ friend: friendOf(same) });
          if (facts?.state !== 'ready' || facts.orderState !== 'paid') {
            return refuse({ code: 'pickup_cannot_move', state: facts?.state ?? null });
          }
          await revoke(tx, orderId);
          await codes.make(tx, { orderId, storeId: facts.storeId, kind: 'friend', key });
          const [made] = await tx.query<Code>(`${SELECT} where c.order_id = $1 and c.key = $2`, [orderId, key]);
          if (!made) throw new Error('a code was not written');
          return accept({ friend: friendOf(made) });
        });
      return againIfRaced(give);
    },

    async takeFriend(shopperId: string, orderId: string) {
      if (!(await isOwn(db, shopperId, orderId))) return refuse({ code: 'not_found' as const });
      await revoke(db, orderId);
      return accept({});
    },

    /** What a friend shows; nothing that says whose order it is or what it cost. */
    async friend(link: string): Promise<AnswerOf<typeof pickupFriend>> {
      if (!isShareCode(link)) return refuse({ code: 'friend_code_over' });
      const [row] = await db.query<Code>(`${SELECT} where c.link_hash = $1 and ${LIVE_FRIEND}`, [
        codes.hashOfLink(link),
      ]);
      const [order] = await db.query<{ pickup: PickupBrief; lines: FriendLines | null; now: number; state: string }>(
        `select (${PICKUP_BRIEF}) as pickup, o.state, ${epochMs('clock_timestamp()')} as now,
           (select jsonb_agg(jsonb_build_object('title', l.title, 'choice', l.choice,
                                                'quantity', p.quantity - p.handed - l.refunded_quantity) order by l.line_number)
            from pickup_line p join order_line l using (order_id, line_number)
            where p.order_id = o.id and p.quantity > p.handed + l.refunded_quantity) as lines
         from orders o where o.id = $1`,
        [row?.order_id ?? ''],
      );
      const fetchBefore = order?.pickup.fetchBefore ?? null;
      if (!row || !order || order.state !== 'paid' || order.pickup.state !== 'ready' || fetchBefore === null) {
        return refuse({ code: 'friend_code_over' });
      }
      const { now, pickup, lines } = order;
      return accept({ now, code: shown(row), store: pickup.store, fetchBefore, lines: lines ?? [] });
    },
  };
}

type FriendLines = { title: { zh: string; en: string }; choice: { zh: string; en: string }; quantity: number }[];

async function revoke(tx: Queryable, orderId: string): Promise<void> {
  await tx.query(`update pickup_code c set revoked_at = clock_timestamp() where c.order_id = $1 and ${LIVE_FRIEND}`, [
    orderId,
  ]);
}
