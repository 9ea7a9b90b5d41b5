import { type Invariant, PAID_FOR } from './invariant.ts';

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
      left join (select order_id, sum(amount_fen) as fen from refund where state = 'requested' group by 1) r
        on r.order_id = o.id
      left join (select order_id, sum(amount_fen) as fen from refund_request where state in ('refunding', 'done')
                 group by 1) q on q.order_id = o.id
      where o.paid_fen - o.refunded_fen - coalesce(r.fen, 0)
         <> case when o.state in ${PAID_FOR} then o.total_fen - coalesce(q.fen, 0) else 0 end`,
  },
  {
    id: 'INV-19',
    name: 'lines-back-are-their-requests',
    says: {
      zh: '每行退回的件数与金额等于已完成的退款申请',
      en: 'What went back of a line is what its requests say, and all that was paid when all units did',
    },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('line %s: %s units for %s, its requests say %s for %s', l.line_number,
                                          l.refunded_quantity, l.refunded_fen, d.n, d.fen) as detail
      from order_line l left join (
        select q.order_id, x.line_number, sum(x.quantity) as n, sum(x.amount_fen) as fen
        from refund_request_line x join refund_request q on q.id = x.request_id and q.state = 'done' group by 1, 2
      ) d using (order_id, line_number)
      where (d.n is not null or l.refunded_quantity <> 0 or l.refunded_fen <> 0)
        and (l.refunded_quantity is distinct from d.n or l.refunded_fen is distinct from d.fen
             or (l.refunded_quantity = l.quantity and l.refunded_fen <> l.quantity * l.unit_fen - l.discount_fen))`,
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
    id: 'INV-21',
    name: 'two-books-of-money-agree',
    says: {
      zh: '订单账上退回的钱等于支付账上退成的钱',
      en: 'What an order has given back is the sum of its refunds that went through',
    },
    when: 'always',
    sql: `
      select null as sku_id, coalesce(o.id, r.order_id) as order_id,
             format('the order says %s went back, its refunds %s', coalesce(o.refunded_fen, 0), coalesce(r.fen, 0)) as detail
      from (select id, refunded_fen from orders where refunded_fen <> 0) o
      full join (select order_id, sum(amount_fen) as fen from refund where state = 'done' group by 1) r
        on r.order_id = o.id
      where coalesce(o.refunded_fen, 0) <> coalesce(r.fen, 0)`,
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
