import type { Locale } from '../../lib/contracts/contract.ts';
import { outreachMessages } from '../../lib/messages/outreach.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { MessagePort } from './message-port.ts';
import { queuePush } from './push-queue.ts';
import { wishOf } from './push-wish.ts';

type Due = {
  id: number;
  topic: string;
  /** What it is about: an order, an entry of the waitlist, a coupon (a packet is one), or a team. */
  aggregate: string;
  state: string;
  closed_because: string | null;
  carrier: string | null;
  tracking_number: string | null;
  phone: string | null;
  person_id: string | null;
  /** He has agreed to notices on some device. */
  has_device: boolean;
  locale: Locale;
  is_demo: boolean;
  title: { zh: string; en: string } | null;
  minutes: number | null;
  coupon: { zh: string; en: string } | null;
  /** Until when it can be used, in China. */
  coupon_until: string | null;
  team: { zh: string; en: string } | null;
  /** Until when a share must be opened, in China. */
  open_until: string | null;
  /** Where an order is fetched, and until when, in China. */
  store: { zh: string; en: string } | null;
  fetch_until: string | null;
};

const BATCH = 100;

/** Takes the oldest unsent rows; what is not marked as sent is due again later (2 s … 10 min, doubling). */
const TAKE = `
  with due as (
    update outbox set attempts = attempts + 1,
      next_try_at = now() + least(interval '10 minutes', interval '2 seconds' * power(2, least(attempts, 9)))
    where id in (select id from outbox where sent_at is null and next_try_at <= now()
                 order by next_try_at, id limit $1 for update skip locked)
    returning id, topic, aggregate, body
  )
  select d.id, d.topic, d.aggregate, coalesce(d.body ->> 'state', 'pending_pay') as state, o.closed_because,
         o.carrier, o.tracking_number, p.phone_number as phone, p.id as person_id,
         exists (select 1 from push_device h where h.person_id = p.id) as has_device, coalesce(p.locale, 'zh-CN') as locale,
         coalesce(p.is_demo, false) as is_demo, g.title, t.name as coupon,
         to_char(c.valid_until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as coupon_until,
         tt.name as team, to_char(tm.open_until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as open_until,
         pl.name as store, to_char(pk.fetch_before at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as fetch_until,
         ceil(extract(epoch from w.offer_ends_at - clock_timestamp()) / 60)::integer as minutes
  from due d
  left join orders o on o.id = d.aggregate
  left join location pl on pl.id = o.store_id left join pickup pk on pk.order_id = o.id
  left join waitlist_entry w on w.id = d.aggregate
  left join sku s on s.id = w.sku_id left join product g on g.handle = s.product_handle
  left join coupon c on c.id = d.aggregate left join coupon_template t on t.id = c.template_id
  left join team tm on tm.id = d.aggregate
  left join team_member mm on mm.team_id = tm.id and mm.place = (d.body ->> 'place')::integer
  left join coupon_template tt on tt.id = mm.campaign_id
  left join person p on p.id = coalesce(o.shopper_id, w.shopper_id, c.shopper_id, mm.shopper_id)
  order by d.id`;

/** What is told of a turn in the waitlist; an offer that is over by now is not announced any more. */
function waitlistMessage(due: Due): string | null {
  const say = outreachMessages[due.locale];
  const title = due.title?.[due.locale === 'zh-CN' ? 'zh' : 'en'] ?? '';
  if (due.topic === 'waitlist.lapsed') return say.offerLapsed(title);
  return due.minutes !== null && due.minutes > 0 ? say.offered(title, due.minutes) : null;
}

/** What the owner of a coupon is told that others have moved. */
function couponMessage(due: Due): string {
  const say = outreachMessages[due.locale];
  const name = due.coupon?.[due.locale === 'zh-CN' ? 'zh' : 'en'] ?? '';
  if (due.topic === 'coupon.freed') return say.couponFreed(name);
  return due.topic === 'coupon.refused' ? say.couponRefused(name) : say.couponWithdrawn(name);
}

/** What a member of a team is told. */
function teamMessage(due: Due): string {
  const say = outreachMessages[due.locale];
  const name = due.team?.[due.locale === 'zh-CN' ? 'zh' : 'en'] ?? '';
  if (due.topic === 'team.split') return say.teamSplit(name, due.open_until ?? '');
  if (due.topic === 'team.lapsing') return say.teamLapsing(name, due.open_until ?? '');
  return due.topic === 'team.failed' ? say.teamFailed(name) : say.teamWithdrawn(name);
}

/** What the owner of an order for pickup is told; null for what he sees on the page. */
function pickupMessage(due: Due): string | null {
  const say = outreachMessages[due.locale];
  const order = due.aggregate.slice(-6);
  const store = due.store?.[due.locale === 'zh-CN' ? 'zh' : 'en'] ?? '';
  const until = due.fetch_until ?? '';
  switch (due.state) {
    case 'pickup_ready':
      return say.pickupReady(order, store, until);
    case 'pickup_waits':
      return say.pickupWaits(order, store, until);
    case 'pickup_extended':
      return say.pickupExtended(order, until);
    case 'pickup_handed':
      return say.pickupHanded(order, store);
    case 'pickup_handed_part':
      return say.pickupHandedPart(order, store);
    case 'pickup_undone':
      return say.pickupUndone(order, store);
    default:
      return null;
  }
}

/** What the shopper is told of a move; null for moves that he made himself or sees on the page. */
export function messageOf(due: Due): string | null {
  if (due.topic.startsWith('waitlist.')) return waitlistMessage(due);
  if (due.topic.startsWith('team.')) return teamMessage(due);
  if (due.state.startsWith('pickup_')) return pickupMessage(due);
  const say = outreachMessages[due.locale];
  if (due.topic === 'packet.lapsing')
    return say.packetLapsing(due.coupon?.[due.locale === 'zh-CN' ? 'zh' : 'en'] ?? '', due.coupon_until ?? '');
  if (due.topic.startsWith('coupon.')) return couponMessage(due);
  const order = due.aggregate.slice(-6);
  if (due.topic === 'review.held') return say.reviewHeld(order);
  if (due.topic === 'review.freed') return say.reviewFreed(order);
  if (due.topic === 'review.refused') return say.reviewRefused(order);
  switch (due.state) {
    case 'paid':
      return say.paid(order);
    case 'shipped':
      return say.shipped(order, due.carrier ?? '', due.tracking_number ?? '');
    case 'refunded':
      return say.refunded(order);
    case 'part_refunded':
      return say.partRefunded(order);
    case 'request_refused':
      return say.requestRefused(order);
    case 'closed':
      if (due.closed_because === 'cancelled') return null;
      return say.closed(order);
    case 'money_returned':
      return say.moneyReturned(order);
    default:
      return null;
  }
}

/**
 * Sends what the outbox holds; a row is marked once its message has been taken by the port. Devices get theirs by a queue
 * of their own, each tried again by itself.
 */
export function startOutbox(deps: { db: Database; messages: MessagePort; log: Log }): Loop {
  const { db, messages, log } = deps;
  return startLoop(
    'outbox',
    1_000,
    async () => {
      const due = await db.query<Due>(TAKE, [BATCH]);
      for (const row of due) {
        const text = row.phone === null ? null : messageOf(row);
        try {
          if (text !== null && row.person_id !== null && row.has_device) {
            await queuePush(db, wishOf({ ...row, personId: row.person_id }, text));
          }
          if (text !== null && row.phone !== null) {
            await messages.send({ channel: 'sms', to: row.phone, text, textMasked: text }, { isLoad: row.is_demo });
          }
          await db.query('update outbox set sent_at = now() where id = $1', [row.id]);
        } catch (error) {
          await db.query('update outbox set last_error = $2 where id = $1', [
            row.id,
            (error as Error).message.slice(0, 500),
          ]);
        }
      }
      return due.length === BATCH;
    },
    log,
  );
}
