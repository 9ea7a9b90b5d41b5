import type { CounterOrder } from '../../lib/contracts/counter.ts';
import { UNDO_MS } from '../../lib/domain/pickup/deadlines.ts';
import type { PickupState } from '../../lib/domain/pickup/pickup.ts';
import { maskPhone } from '../order/order-rows.ts';
import type { Queryable } from '../platform/database.ts';

export const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

type Row = {
  order_id: string;
  order_state: string;
  state: PickupState | null;
  paid_fen: number;
  phone: string;
  note: string;
  promised_at: number;
  ready_at: number | null;
  fetch_before: number | null;
  is_extended: boolean | null;
  held_until: number | null;
  lines: CounterOrder['lines'];
  handovers: (Omit<CounterOrder['handovers'][number], 'isMine' | 'undoUntil'> & { clerkId: string })[] | null;
};

/** Orders of pickups `p` as a counter shows them; `where` and `order` go behind it. */
const SELECT = `
  select o.id as order_id, o.state as order_state, p.state, o.paid_fen - o.refunded_fen as paid_fen,
    o.address ->> 'phone' as phone, o.note, ${epochMs('p.promised_at')} as promised_at,
    ${epochMs('p.ready_at')} as ready_at, ${epochMs('p.fetch_before')} as fetch_before, p.is_extended,
    (select ${epochMs('l.until')} from pickup_lease l
     where l.id = p.lease_id and l.ended_at is null and l.until > clock_timestamp()) as held_until,
    (select jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'skuId', l.sku_id, 'title', l.title,
        'choice', l.choice, 'picturePath', l.picture_path, 'quantity', l.quantity, 'handed', x.handed,
        'refunded', l.refunded_quantity, 'isAwaited', x.location_id <> p.store_id) order by l.line_number)
     from order_line l join pickup_line x using (order_id, line_number) where l.order_id = o.id) as lines,
    (select jsonb_agg(jsonb_build_object('id', h.id, 'at', ${epochMs('h.at')}, 'clerkId', h.clerk_id,
        'clerkName', coalesce(trim(c.display_name), ''), 'undoneAt', ${epochMs('h.undone_at')},
        'undoneBy', (select trim(u.display_name) from person u where u.id = h.undone_by), 'shown', h.shown,
        'lines', (select jsonb_agg(jsonb_build_object('lineNumber', y.line_number, 'quantity', y.quantity)
                                   order by y.line_number)
                  from pickup_handover_line y where y.handover_id = h.id)) order by h.at)
     from pickup_handover h left join person c on c.id = h.clerk_id where h.order_id = o.id) as handovers
  from pickup p join orders o on o.id = p.order_id`;

function shown(row: Row, clerkId: string): CounterOrder {
  return {
    orderId: row.order_id,
    state: row.state,
    paidFen: row.paid_fen,
    phoneMasked: maskPhone(row.phone),
    note: row.note,
    promisedAt: row.promised_at,
    readyAt: row.ready_at,
    fetchBefore: row.fetch_before,
    isExtended: row.is_extended ?? false,
    isRefunding: row.order_state === 'refund_requested' || row.order_state === 'refunding',
    heldByCounterUntil: row.held_until,
    lines: row.lines,
    handovers: (row.handovers ?? []).map(({ clerkId: by, ...handover }) => ({
      ...handover,
      isMine: by === clerkId,
      undoUntil: handover.at + UNDO_MS,
    })),
  };
}

/** One order as this clerk sees it; null: it is no paid order for pickup. */
export async function readCounterOrder(db: Queryable, orderId: string, clerkId: string): Promise<CounterOrder | null> {
  const [row] = await db.query<Row>(`${SELECT} where p.order_id = $1`, [orderId]);
  return row ? shown(row, clerkId) : null;
}

const PAGE = 50;

const LISTS = {
  preparing: `p.state = 'preparing' and o.state <> 'refunded'`,
  ready: `p.state = 'ready'`,
  // Also what was handed over in part.
  today: `exists (select 1 from pickup_handover h where h.order_id = p.order_id and h.undone_at is null
          and h.at >= date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')`,
} as const;

/** Orders of a store, oldest first, 50 a page. */
export async function listCounterOrders(
  db: Queryable,
  wanted: { storeId: string; clerkId: string; list: keyof typeof LISTS; lastFour?: string; after?: string },
): Promise<{ orders: CounterOrder[]; nextAfter: string | null }> {
  const rows = await db.query<Row>(
    `${SELECT} where p.store_id = $1 and ${LISTS[wanted.list]}
       and ($2::text is null or o.address ->> 'phone' like '%' || $2) and ($3::text is null or p.order_id > $3)
     order by p.order_id limit ${PAGE + 1}`,
    [wanted.storeId, wanted.lastFour ?? null, wanted.after ?? null],
  );
  const orders = rows.slice(0, PAGE).map((row) => shown(row, wanted.clerkId));
  return { orders, nextAfter: rows.length > PAGE ? (orders.at(-1)?.orderId ?? null) : null };
}
