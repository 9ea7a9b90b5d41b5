import type { Database } from '../../../server/platform/database.ts';
import { violations } from '../../support/invariants.ts';

export type Reckoning = {
  /** What the gateway took and gave back, by its own books, fen. */
  readonly capturedFen: number;
  readonly returnedFen: number;
  /** What orders with goods are worth, fen. */
  readonly goodsFen: number;
  /** Fen, order by order, that are neither goods nor back with the shopper, or both. */
  readonly unmatchedFen: number;
  readonly unmatchedOrders: readonly string[];
  /** Payments that we hold for paid and the gateway does not, and notices that were believed and should not be. */
  readonly wrongAccepted: number;
  /** Forged and altered notices that got into the inbox. */
  readonly forgedKept: number;
  readonly brokenInvariants: readonly string[];
};

/** The gateway's books are another company's: what they say is the oracle for ours. */
const BY_ORDER = `
  select o.id, coalesce(g.captured, 0) as captured, coalesce(g.returned, 0) as returned,
    case when o.state in ('paid', 'packed', 'shipped', 'received', 'completed', 'refund_requested')
      then o.total_fen else 0 end as worth
  from orders o
  left join lateral (
    select sum(t.amount_fen) filter (where t.state in ('paid', 'refunded'))::bigint as captured,
           sum((select coalesce(sum(r.amount_fen), 0) from sandbox_refund r where r.trade_id = t.id))::bigint as returned
    from sandbox_trade t where t.order_id = o.id
  ) g on true`;

const WRONG_ACCEPTED = `
  select (select count(*) from payment p where p.state = 'paid' and not exists (
            select 1 from sandbox_trade t
            where t.out_trade_no = p.id and t.state in ('paid', 'refunded') and t.amount_fen = p.amount_fen))
       + (select count(*) from payment_notice n left join payment p on p.id = n.body ->> 'outTradeNo'
          where n.outcome <> 'quarantined'
            and (p.id is null or (n.body ->> 'amountFen')::bigint <> p.amount_fen
              or n.body ->> 'merchantId' <> 'festa-demo' or n.body ->> 'currency' <> 'CNY')) as wrong,
    (select count(*) from payment_notice where notice_id like 'frg%' or notice_id ~ '_1[45]$') as forged`;

/** What became of every fen, once nothing moves any more. */
export async function reckon(db: Database): Promise<Reckoning> {
  const orders = await db.query<{ id: string; captured: number; returned: number; worth: number }>(BY_ORDER);
  const sum = (of: (order: (typeof orders)[number]) => number) => orders.reduce((all, order) => all + of(order), 0);
  const off = orders.filter((order) => order.captured - order.returned !== order.worth);
  const [accepted] = await db.query<{ wrong: number; forged: number }>(WRONG_ACCEPTED);
  return {
    capturedFen: sum((order) => order.captured),
    returnedFen: sum((order) => order.returned),
    goodsFen: sum((order) => order.worth),
    unmatchedFen: off.reduce((all, order) => all + Math.abs(order.captured - order.returned - order.worth), 0),
    unmatchedOrders: off.slice(0, 5).map((order) => order.id),
    wrongAccepted: accepted?.wrong ?? -1,
    forgedKept: accepted?.forged ?? -1,
    brokenInvariants: await violations(db, { quiet: true }),
  };
}
