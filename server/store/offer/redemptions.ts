import type { AnswerOf } from '../../../lib/contracts/contract.ts';
import type { counterCoupons, Redemption } from '../../../lib/contracts/counter-coupon.ts';
import { UNDO_MS } from '../../../lib/domain/pickup/deadlines.ts';
import { accept } from '../../../lib/domain/result.ts';
import { maskPhone } from '../../order/order-rows.ts';
import { postOf } from '../../pickup/clerks.ts';
import { needsPost } from '../../pickup/counter-facts.ts';
import type { Queryable } from '../../platform/database.ts';
import { databaseNow, epochMs } from '../../promo/coupon-rows.ts';

const SELECT = `
  select r.id, ${epochMs('r.at')} as at, jsonb_build_object('id', l.id, 'name', l.name) as store, t.name as "couponName",
    r.cut_fen as "cutFen", coalesce(p.phone_number, '') as phone, coalesce(trim(k.display_name), '') as "clerkName",
    r.clerk_id = $1 as "isMine", ${epochMs('r.undone_at')} as "undoneAt", trim(u.display_name) as "undoneBy", r.shown
  from store_redemption r join coupon c on c.id = r.coupon_id join coupon_template t on t.id = c.template_id
  join location l on l.id = r.store_id left join person p on p.id = c.shopper_id
  left join person k on k.id = r.clerk_id left join person u on u.id = r.undone_by`;

type Row = Omit<Redemption, 'phoneMasked' | 'undoUntil'> & { phone: string };

const toShown = ({ phone, ...row }: Row): Redemption => ({
  ...row,
  phoneMasked: maskPhone(phone),
  undoUntil: row.at + UNDO_MS,
});

/** One redemption as this clerk sees it. @throws when it vanished */
export async function readRedemption(db: Queryable, id: string, clerkId: string): Promise<Redemption> {
  const [row] = await db.query<Row>(`${SELECT} where r.id = $2`, [clerkId, id]);
  if (!row) throw new Error(`redemption ${id} vanished`);
  return toShown(row);
}

const TODAY = `r.store_id = $1 and r.at >= (clock_timestamp() at time zone 'Asia/Shanghai')::date::timestamp at time zone 'Asia/Shanghai'`;

/** What this clerk's store took today in China. */
export async function redemptionsToday(db: Queryable, clerkId: string): Promise<AnswerOf<typeof counterCoupons>> {
  const post = needsPost(await postOf(db, clerkId));
  if (!post.ok) return post;
  const { storeId } = post.value;
  const rows = await db.query<Row>(`${SELECT} where ${TODAY.replace('$1', '$2')} order by r.at desc limit 100`, [
    clerkId,
    storeId,
  ]);
  const [sum] = await db.query<{ taken: number; cutFen: number }>(
    `select count(*)::integer as taken, coalesce(sum(r.cut_fen), 0)::bigint as "cutFen" from store_redemption r
     where ${TODAY} and r.undone_at is null`,
    [storeId],
  );
  const { taken, cutFen } = sum ?? { taken: 0, cutFen: 0 };
  return accept({ now: await databaseNow(db), taken, cutFen, redemptions: rows.map(toShown) });
}
