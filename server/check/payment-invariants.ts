import { type Invariant, OWNED } from './invariant.ts';

export const PAYMENT_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-19',
    name: 'money-is-what-the-state-is-worth',
    says: { zh: '收款减退款等于订单应得的钱', en: 'Money in minus money out is what the order’s state is worth' },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id,
             format('%s: in %s, out %s, on its way out %s', o.state, o.paid_fen, o.refunded_fen, coalesce(r.fen, 0)) as detail
      from orders o
      left join (select order_id, sum(amount_fen) as fen, bool_or(reason_key = 'order_refund') as is_whole
                 from refund where state = 'requested' group by 1) r on r.order_id = o.id
      where o.paid_fen - o.refunded_fen - coalesce(r.fen, 0)
         <> case when o.state in ${OWNED} and not (o.state = 'refunding' and coalesce(r.is_whole, false))
              then o.total_fen else 0 end`,
  },
  {
    id: 'INV-19',
    name: 'paid-is-the-sum-of-payments',
    says: { zh: '订单已付金额等于成功支付之和', en: 'What an order has got is the sum of its paid payments' },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('order %s, payments %s', o.paid_fen, coalesce(p.fen, 0)) as detail
      from orders o left join (select order_id, sum(amount_fen) as fen from payment where state = 'paid' group by 1) p
        on p.order_id = o.id
      where o.paid_fen <> coalesce(p.fen, 0)`,
  },
  {
    id: 'INV-20',
    name: 'refunds-within-payments',
    says: { zh: '每笔支付的退款不超过实收', en: 'No payment gives back more than it brought' },
    when: 'always',
    sql: `
      select null as sku_id, p.order_id, format('payment %s: %s in, %s back', p.id, p.amount_fen, r.fen) as detail
      from payment p join (select payment_id, sum(amount_fen) as fen, min(amount_fen) as least from refund
                           where state <> 'failed' group by 1) r on r.payment_id = p.id
      where r.fen > case p.state when 'paid' then p.amount_fen else 0 end or r.least <= 0`,
  },
  {
    id: 'INV-22',
    name: 'notices-fit-what-they-paid',
    says: {
      zh: '入账金额等于通知金额等于应付金额',
      en: 'Applied = notified = expected; what does not fit moved nothing',
    },
    when: 'always',
    sql: `
      select null as sku_id, p.order_id, format('notice %s says %s, payment %s', n.notice_id, n.body ->> 'amountFen',
                                                p.amount_fen) as detail
      from payment_notice n left join payment p on p.id = n.body ->> 'outTradeNo' and p.channel = n.channel
      where n.outcome <> 'quarantined'
        and (p.id is null or p.state <> 'paid' or p.amount_fen <> (n.body ->> 'amountFen')::bigint)`,
  },
  {
    id: 'INV-23',
    name: 'inbox-and-outbox-are-empty',
    says: { zh: '通知都已处理，消息都已送出', en: 'Every notice is settled and every message has left' },
    when: 'quiet',
    sql: `
      select null as sku_id, null as order_id, format('notice %s', notice_id) as detail
      from payment_notice where settled_at is null
      union all
      select null, aggregate, format('outbox %s: %s', id, coalesce(last_error, topic)) from outbox where sent_at is null
      union all
      select null, order_id, format('refund %s: %s', id, coalesce(last_error, state)) from refund where state <> 'done'`,
  },
  {
    id: 'INV-24',
    name: 'gateway-has-the-same-books',
    says: { zh: '支付网关的账与我们的账一致', en: 'What the gateway took, we have, fen by fen' },
    when: 'quiet',
    sql: `
      select null as sku_id, p.order_id, format('payment %s is %s, the gateway says %s', p.id, p.state, t.state) as detail
      from payment p join sandbox_trade t on t.out_trade_no = p.id
      where (p.state = 'paid') <> (t.state in ('paid', 'refunded')) or p.amount_fen <> t.amount_fen
      union all
      select null, r.order_id, format('refund %s of %s, the gateway gave back %s', r.id, r.amount_fen, g.amount_fen)
      from refund r join sandbox_trade t on t.out_trade_no = r.payment_id
      left join sandbox_refund g on g.out_refund_no = r.id
      where r.state = 'done' and g.amount_fen is distinct from r.amount_fen`,
  },
  {
    id: 'INV-25',
    name: 'one-payable-attempt',
    says: { zh: '一个订单只有一笔可付的支付', en: 'An order has one payable attempt, whatever the channel' },
    when: 'always',
    sql: `
      select null as sku_id, order_id, format('%s payable', count(*)) as detail
      from payment where state in ('created', 'open') group by order_id having count(*) > 1`,
  },
];
