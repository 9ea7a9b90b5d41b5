import type { Locale } from '../../lib/contracts/contract.ts';
import { sendFrom } from '../../lib/domain/outreach/purpose.ts';
import { inLocale, pathInLocale } from '../../lib/messages/define.ts';
import { outreachMessages } from '../../lib/messages/outreach.ts';
import { queuePush } from '../outreach/push-queue.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from './coupon-rows.ts';

type Due = {
  readonly shopperId: string;
  readonly locale: Locale;
  /** Of the one that runs out first. */
  readonly couponId: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly validUntil: number;
  /** That one's end, as people in China write it. */
  readonly until: string;
  readonly count: number;
  readonly now: number;
};

/**
 * Coupons that run out within a day (within the last quarter of a shorter time) of people who agreed to be told of rewards
 * on a device. Growing packets tell so themselves. Each is marked: a coupon is told of once.
 */
const TAKE = `
  with due as (
    select c.id from coupon c
    where c.shopper_id in (select person_id from push_device where 'rewards' = any (purposes))
      and c.state = 'usable' and c.growth is null and c.reminded_at is null
      and c.valid_until > now()
      and c.valid_until <= now() + least($1 * interval '1 millisecond', (c.valid_until - c.claimed_at) / 4)
      and (c.held_until is null or c.held_until <= now())
    order by c.id limit $2 for update of c skip locked
  ), told as (
    update coupon c set reminded_at = now() from due d where c.id = d.id
    returning c.id, c.shopper_id, c.template_id, c.valid_until
  )
  select distinct on (c.shopper_id) c.shopper_id as "shopperId", coalesce(p.locale, 'zh-CN') as locale, c.id as "couponId",
    t.name, ${epochMs('c.valid_until')} as "validUntil",
    to_char((c.valid_until - interval '1 minute') at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as until,
    count(*) over (partition by c.shopper_id)::integer as count, ${epochMs('now()')} as now
  from told c join coupon_template t on t.id = c.template_id left join person p on p.id = c.shopper_id
  order by c.shopper_id, c.valid_until, c.id`;

/** Tells each owner once of all his coupons that run out soon, by day. @returns whether there may be more */
export function remindOfCoupons(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await tx.query<Due>(TAKE, [LIMITS.coupon.remindMs, LIMITS.coupon.sweepMax]);
    for (const { shopperId, locale, couponId, name, validUntil, until, count, now } of due) {
      // What waits for the morning may be of no use by then.
      const goodForMs = validUntil - sendFrom('rewards', now);
      if (goodForMs <= 0) continue;
      await queuePush(tx, {
        personId: shopperId,
        key: `coupon.lapsing:${couponId}`,
        purpose: 'rewards',
        body: outreachMessages[locale].couponsLapsing(inLocale(name, locale), count, until),
        path: pathInLocale('/wallet', locale),
        goodForMs,
      });
    }
    return due.reduce((sum, { count }) => sum + count, 0) >= LIMITS.coupon.sweepMax;
  });
}
