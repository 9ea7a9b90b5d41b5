import { nextStates, ORDER_STATES } from '../../lib/domain/order/order-state.ts';
import { type Invariant, PAID_FOR } from './invariant.ts';

/** Every move of the table of lib/domain/order, as SQL values. */
const LEGAL = ORDER_STATES.flatMap((from) => nextStates(from).map((to) => `('${from}', '${to}')`)).join(', ');

/**
 * Rows for each list of columns that nothing keeps unique: no valid unique index covers exactly them. Where there is
 * one, no two rows can be the same, however many there are; asking for it costs nothing.
 */
function unique(...lists: readonly (readonly [table: string, ...columns: string[]])[]): string {
  const wanted = lists.map(([table, ...columns]) => `('${table}', '${[...columns].sort().join(',')}')`).join(', ');
  return `
    select null as sku_id, null as order_id, format('%s (%s)', w.tab, w.cols) as detail
    from (values ${wanted}) as w (tab, cols)
    where not exists (
      select 1 from pg_index i
      where i.indrelid = to_regclass(w.tab) and i.indisunique and i.indisvalid and i.indpred is null
        and (select string_agg(a.attname, ',' order by a.attname) from pg_attribute a
             where a.attrelid = i.indrelid and a.attnum = any (i.indkey)) = w.cols)`;
}

export const ORDER_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-11',
    name: 'one-order-per-key',
    says: { zh: '同一次提交只产生一个订单', en: 'One order per shopper and command key, kept by the database' },
    when: 'always',
    sql: unique(['orders', 'shopper_id', 'key'], ['orders', 'id'], ['reservation', 'id']),
  },
  {
    id: 'INV-12',
    name: 'log-is-one-path',
    says: { zh: '订单状态记录首尾相接', en: 'Each step of an order begins where the last one ended' },
    when: 'always',
    sql: `
      select null as sku_id, order_id, format('step %s: %s after %s', step, from_state, before) as detail
      from (select order_id, step, from_state, lag(to_state) over (partition by order_id order by step) as before
            from order_log) l
      where from_state is distinct from before`,
  },
  {
    id: 'INV-12',
    name: 'log-moves-are-legal',
    says: { zh: '订单只按规定的状态流转', en: 'Every step of an order is a move that the table of states has' },
    when: 'always',
    sql: `
      select null as sku_id, l.order_id, format('step %s: %s to %s', l.step, l.from_state, l.to_state) as detail
      from order_log l
      join (select from_state, to_state from order_log group by 1, 2
            except select * from (values (null, 'pending_pay'), ${LEGAL}) as legal (from_state, to_state)) wrong
        on l.to_state = wrong.to_state and l.from_state is not distinct from wrong.from_state`,
  },
  {
    id: 'INV-12',
    name: 'state-is-last-of-log',
    says: { zh: '订单状态等于最后一条记录', en: 'The state of an order is the last of its log' },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('%s, its log says %s', o.state, l.to_state) as detail
      from orders o
      left join (select distinct on (order_id) order_id, to_state from order_log order by order_id, step desc) l
        on l.order_id = o.id
      where o.state is distinct from l.to_state`,
  },
  {
    id: 'INV-12',
    name: 'request-holds-its-order',
    says: {
      zh: '有未了结的退款申请，订单就停在退款状态',
      en: 'An order waits in a state of refund exactly while a request of it is open',
    },
    when: 'always',
    sql: `
      select null as sku_id, coalesce(o.id, q.order_id) as order_id, format('%s, its request is %s', o.state, q.state) as detail
      from (select id, state from orders where state in ('refund_requested', 'returning', 'refunding')) o
      full join (select order_id, state from refund_request where state not in ('done', 'refused', 'withdrawn')) q
        on q.order_id = o.id
      where o.id is null or q.order_id is null`,
  },
  {
    id: 'INV-13',
    name: 'totals-are-sums',
    says: {
      zh: '订单金额分毫不差等于各行之和',
      en: 'An order’s total is the sum of its lines and freight, to the fen',
    },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id,
             format('lines %s less %s, goods %s, less %s, freight %s, total %s', l.fen, l.off, o.goods_fen, o.discount_fen,
                    o.freight_fen, o.total_fen) as detail
      from orders o
      left join (select order_id, sum(quantity * unit_fen) as fen, sum(discount_fen) as off from order_line group by 1) l
        on l.order_id = o.id
      where l.fen is distinct from o.goods_fen or l.off is distinct from o.discount_fen
         or o.total_fen <> o.goods_fen - o.discount_fen + o.freight_fen`,
  },
  {
    id: 'INV-13',
    name: 'discounts-name-their-sources',
    says: {
      zh: '每一分优惠都有来源，各行分摊之和等于总额',
      en: 'Every fen that is taken off names its source, in all and per line',
    },
    when: 'always',
    sql: `
      select null as sku_id, coalesce(o.order_id, l.order_id) as order_id,
             format('%s: %s off the order, %s off its lines', coalesce(o.source, l.source), o.fen, l.fen) as detail
      from (select o.id as order_id, c ->> 'kind' as kind, c ->> 'source' as source, sum((c ->> 'cutFen')::bigint) as fen
            from orders o cross join jsonb_array_elements(o.cuts) c where o.cuts <> '[]' group by 1, 2, 3) o
      full join (select l.order_id, c ->> 'source' as source, sum((c ->> 'cutFen')::bigint) as fen
                 from order_line l cross join jsonb_array_elements(l.cuts) c where l.cuts <> '[]' group by 1, 2) l
        on l.order_id = o.order_id and l.source = o.source
      left join promotion p on p.id = o.source
      where o.fen is distinct from l.fen or (o.kind = 'promotion' and p.id is null)
      union all
      select null, id, format('%s off without a source', discount_fen) from orders
      where case when cuts = '[]' then discount_fen <> 0
                 else discount_fen <> (select sum((c ->> 'cutFen')::bigint) from jsonb_array_elements(cuts) c) end`,
  },
  {
    id: 'INV-14',
    name: 'charged-at-most-shown',
    says: { zh: '收取的金额不高于展示的金额', en: 'Nobody is charged more than was shown' },
    when: 'always',
    sql: `
      select null as sku_id, id as order_id, format('%s charged, %s shown', total_fen, quote ->> 'shownTotalFen') as detail
      from orders where total_fen > (quote ->> 'shownTotalFen')::bigint`,
  },
  {
    id: 'INV-14',
    name: 'session-price-is-the-sessions',
    says: {
      zh: '场次价与名额价等于场次公布的价格',
      en: 'A session or tier price is the one that the session promised',
    },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('line %s at %s in session %s', l.line_number, l.unit_fen, l.session_id) as detail
      from order_line l join session_item i on i.session_id = l.session_id and i.sku_id = l.sku_id
      where (l.price_kind = 'session' and l.unit_fen > i.price_fen)
         or (l.price_kind = 'tier' and l.unit_fen > (
               select (t ->> 'priceFen')::bigint from jsonb_array_elements(i.tiers) t
               where (t ->> 'upTo')::integer >= l.tier_slot order by (t ->> 'upTo')::integer limit 1))`,
  },
  {
    id: 'INV-14',
    name: 'ordinary-price-was-valid',
    says: { zh: '日常价是下单时有效的价格', en: 'An ordinary price was valid when the order was placed' },
    when: 'always',
    // A change of price that was being written while the order was priced is seen a moment later than it is dated.
    sql: `
      select l.sku_id, l.order_id, format('line %s at %s', l.line_number, l.unit_fen) as detail
      from order_line l join orders o on o.id = l.order_id
      where l.price_kind = 'ordinary' and exists (select 1 from price_history h where h.sku_id = l.sku_id)
        and not exists (
          select 1 from price_history h
          where h.sku_id = l.sku_id and h.price_fen >= l.unit_fen and h.valid_from <= o.placed_at
            and coalesce(h.valid_to, 'infinity') >= o.placed_at - interval '60 seconds')`,
  },
  {
    id: 'INV-14',
    name: 'promotion-was-in-force',
    says: { zh: '满减只在有效期内生效', en: 'A promotion was in force when it took something off' },
    when: 'always',
    sql: `
      select null as sku_id, o.id as order_id, format('promotion %s, placed at %s', p.id, o.placed_at) as detail
      from orders o cross join jsonb_array_elements(o.cuts) c
      join promotion p on p.id = c ->> 'source' and c ->> 'kind' = 'promotion'
      where o.cuts <> '[]'
        and (o.placed_at < greatest(p.starts_at, p.valid_from) - interval '1 second' or o.placed_at >= p.ends_at)`,
  },
  {
    id: 'INV-15',
    name: 'paid-has-its-goods',
    says: { zh: '已付订单的每件商品都已确认', en: 'A paid order has a confirmed reservation for every unit' },
    when: 'always',
    sql: `
      select sku_id, order_id, format('%s units on lines, %s confirmed', l.n, coalesce(r.n, 0)) as detail
      from (select l.order_id, l.sku_id, sum(l.quantity) as n from order_line l
            join orders o on o.id = l.order_id and o.state in ${PAID_FOR} group by 1, 2) l
      left join (select order_id, sku_id, sum(quantity) as n from reservation where state = 'confirmed' group by 1, 2) r
        using (order_id, sku_id)
      where l.n <> coalesce(r.n, 0)`,
  },
  {
    id: 'INV-15',
    name: 'unpaid-has-its-holds',
    says: { zh: '待付款订单的每件商品都被占用着', en: 'An unpaid order holds every unit that it was promised' },
    when: 'always',
    sql: `
      select sku_id, order_id, format('%s units on lines, %s held', l.n, coalesce(r.n, 0)) as detail
      from (select l.order_id, l.sku_id, sum(l.quantity) as n from order_line l
            join orders o on o.id = l.order_id and o.state in ('pending_pay', 'closing') group by 1, 2) l
      left join (select order_id, sku_id, sum(quantity) as n from reservation where state = 'active' group by 1, 2) r
        using (order_id, sku_id)
      where l.n <> coalesce(r.n, 0)`,
  },
  {
    id: 'INV-16',
    name: 'sold-inside-the-session',
    says: { zh: '场次价只在场次时间内成交', en: 'Nothing was sold in a session before its start or from its end on' },
    when: 'always',
    sql: `
      select l.sku_id, l.order_id, format('session %s, placed at %s', s.id, o.placed_at) as detail
      from sale_session s join order_line l on l.session_id = s.id join orders o on o.id = l.order_id
      where o.placed_at < s.starts_at or o.placed_at >= s.ends_at`,
  },
  {
    id: 'INV-17',
    name: 'nothing-hangs',
    says: { zh: '没有停在中间状态的订单', en: 'No order stays in a passing state beyond its time' },
    when: 'quiet',
    sql: `
      select null as sku_id, o.id as order_id, format('%s since %s', o.state, l.at) as detail
      from orders o left join order_log l on l.order_id = o.id and l.step = o.sequence
      where (o.state = 'pending_pay' and o.pay_before < now() - interval '2 minutes')
         or (o.state in ('closing', 'refunding') and l.at < now() - interval '15 minutes')`,
  },
  {
    id: 'INV-18',
    name: 'money-numbers-are-unique',
    says: {
      zh: '支付单号、交易号、通知号、退款号都不重复',
      en: 'Payment, trade, notice and refund numbers are kept unique',
    },
    when: 'always',
    sql: unique(
      ['payment', 'id'],
      ['payment', 'channel', 'channel_trade_id'],
      ['payment_notice', 'channel', 'notice_id'],
      ['refund', 'id'],
      ['refund', 'payment_id', 'reason_key'],
    ),
  },
];
