import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { opsQuarantine, opsReconciliation, opsSettleNotice } from '../../lib/contracts/ops-payment.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { PAID_FOR } from '../check/invariant.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { audit } from './audit.ts';

const PAGE = 50;
const DAYS = 31;

type Notice = ValueOf<typeof opsQuarantine>['notices'][number];

type Row = {
  channel: string;
  notice_id: string;
  received_at: Date;
  cursor: number;
  detail: string | null;
  amount_fen: number;
  currency: string;
  merchant_id: string;
  payment_id: string;
  channel_trade_id: string;
  order_id: string | null;
  expected_fen: number | null;
  payment_state: string | null;
  hand_settled_at: Date | null;
  hand_settled_by: string | null;
  hand_reason: string | null;
};

/** One quarantined notice beside the payment that it names. */
const SELECT = `
  select n.channel, n.notice_id, n.received_at, (extract(epoch from n.received_at) * 1000000)::bigint as cursor, n.detail,
    (n.body ->> 'amountFen')::bigint as amount_fen, n.body ->> 'currency' as currency,
    n.body ->> 'merchantId' as merchant_id, n.body ->> 'outTradeNo' as payment_id,
    n.body ->> 'channelTradeId' as channel_trade_id,
    p.order_id, p.amount_fen as expected_fen, p.state as payment_state,
    n.hand_settled_at, n.hand_reason,
    coalesce(nullif(trim(w.display_name), ''), n.hand_settled_by) as hand_settled_by
  from payment_notice n
  left join payment p on p.id = n.body ->> 'outTradeNo' and p.channel = n.channel
  left join person w on n.hand_settled_by = 'operator:' || w.id
  where n.outcome = 'quarantined'`;

const toNotice = (row: Row): Notice => ({
  channel: row.channel,
  noticeId: row.notice_id,
  receivedAt: row.received_at.getTime(),
  cause: row.detail ?? '',
  told: {
    amountFen: Math.max(0, row.amount_fen),
    currency: row.currency,
    merchantId: row.merchant_id,
    paymentId: row.payment_id,
    channelTradeId: row.channel_trade_id,
  },
  orderId: row.order_id,
  expectedFen: row.expected_fen,
  paymentState: row.payment_state,
  settled: row.hand_settled_at && {
    at: row.hand_settled_at.getTime(),
    by: row.hand_settled_by ?? '',
    reason: row.hand_reason ?? '',
  },
});

export async function listQuarantine(
  db: Queryable,
  { show = 'open', before }: RequestOf<typeof opsQuarantine>,
): Promise<ValueOf<typeof opsQuarantine>> {
  const rows = await db.query<Row>(
    `${SELECT} and (n.hand_settled_at is not null) = $1
       and ($2::bigint is null or n.received_at < to_timestamp($2::numeric / 1000000))
     order by n.received_at desc limit ${PAGE + 1}`,
    [show === 'settled', before ?? null],
  );
  const [counts] = await db.query<{ open: number; settled: number }>(
    `select count(*) filter (where hand_settled_at is null) as open,
            count(*) filter (where hand_settled_at is not null) as settled
     from payment_notice where outcome = 'quarantined'`,
  );
  const page = rows.slice(0, PAGE);
  return {
    notices: page.map(toNotice),
    nextBefore: rows.length > PAGE ? `${page.at(-1)?.cursor}` : null,
    counts: counts ?? { open: 0, settled: 0 },
  };
}

/**
 * A person has looked at a quarantined notice and says what was done; nothing else moves. The same words by the same
 * person again are answered as the first time.
 */
export function settleNotice(
  db: Database,
  { channel, noticeId, reason }: RequestOf<typeof opsSettleNotice>,
  actor: string,
): Promise<AnswerOf<typeof opsSettleNotice>> {
  return db.transaction(async (tx) => {
    const settled = await tx.query(
      `update payment_notice set hand_settled_at = now(), hand_settled_by = $3, hand_reason = $4
       where channel = $1 and notice_id = $2 and outcome = 'quarantined' and hand_settled_at is null returning 1`,
      [channel, noticeId, actor, reason],
    );
    if (settled.length > 0) {
      await audit(tx, { actor, action: 'ops.settleNotice', target: `${channel}/${noticeId}`, detail: { reason } });
    }
    const [row] = await tx.query<Row>(`${SELECT} and n.channel = $1 and n.notice_id = $2`, [channel, noticeId]);
    if (!row) return refuse({ code: 'not_found' });
    const [own] = await tx.query(
      `select 1 from payment_notice where channel = $1 and notice_id = $2 and hand_settled_by = $3 and hand_reason = $4`,
      [channel, noticeId, actor, reason],
    );
    return own ? accept({ notice: toNotice(row) }) : refuse({ code: 'already_settled' });
  });
}

/**
 * What became of the money, by the day on which it came. The goods of an order count against its payments in the
 * order of their coming, so that a second payment without a refund shows as unmatched.
 */
const RECONCILE = `
  with came as (
    select p.id, p.channel, p.order_id, p.amount_fen, (p.paid_at at time zone 'Asia/Shanghai')::date as day,
      coalesce(r.done, 0) as returned, coalesce(r.asked, 0) as on_the_way,
      p.amount_fen - coalesce(r.done, 0) - coalesce(r.asked, 0) as rest,
      case when o.state in ${PAID_FOR} then o.total_fen - coalesce(q.fen, 0) else 0 end as worth, p.paid_at
    from payment p join orders o on o.id = p.order_id
    left join (select payment_id, sum(amount_fen) filter (where state = 'done') as done,
                      sum(amount_fen) filter (where state = 'requested') as asked from refund group by 1) r
      on r.payment_id = p.id
    left join (select order_id, sum(amount_fen) as fen from refund_request where state in ('refunding', 'done')
               group by 1) q on q.order_id = o.id
    where p.state = 'paid' and p.order_id in (
      select order_id from payment where state = 'paid' and paid_at > now() - interval '${DAYS} days')
  ), matched as (
    select *, greatest(0, least(rest, worth - coalesce(
      sum(rest) over (partition by order_id order by paid_at, id rows between unbounded preceding and 1 preceding), 0)))
      as goods
    from came
  ), days as (
    select day, channel, count(*) as payments, sum(amount_fen)::bigint as captured, sum(goods)::bigint as goods,
      sum(returned)::bigint as returned, sum(on_the_way)::bigint as on_the_way, sum(rest - goods)::bigint as unmatched
    from matched group by 1, 2
  ), strange as (
    select (received_at at time zone 'Asia/Shanghai')::date as day, channel, count(*) as quarantined
    from payment_notice where outcome = 'quarantined' and hand_settled_at is null
      and received_at > now() - interval '${DAYS} days' group by 1, 2
  )
  select to_char(coalesce(d.day, s.day), 'YYYY-MM-DD') as day, coalesce(d.channel, s.channel) as channel,
    coalesce(payments, 0) as payments, coalesce(captured, 0) as "capturedFen", coalesce(goods, 0) as "goodsFen",
    coalesce(returned, 0) as "returnedFen", coalesce(on_the_way, 0) as "onTheWayFen",
    coalesce(unmatched, 0) as "unmatchedFen", coalesce(quarantined, 0) as quarantined
  from days d full join strange s on s.day = d.day and s.channel = d.channel
  order by 1 desc, 2`;

export async function reconcile(db: Queryable): Promise<ValueOf<typeof opsReconciliation>> {
  return { days: await db.query(RECONCILE) };
}
