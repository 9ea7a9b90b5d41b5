import { checkInvariants, violationsOf } from '../../server/check/check.ts';
import type { Database } from '../../server/platform/database.ts';
import type { History } from './history.ts';

export type CheckResult = { readonly name: string; readonly found: readonly string[] };

type OrderRow = {
  id: string;
  shopper_id: string;
  key: string;
  state: string;
  total_fen: number;
  paid_fen: number;
};

/** What the clients were told, against what the database has. Each check lists what contradicts it. */
export async function checkHistory(db: Database, history: History): Promise<CheckResult[]> {
  const keys = [...history.submitted.keys()];
  const rows = await db.query<OrderRow>(
    'select id, shopper_id, key::text as key, state, total_fen, paid_fen from orders where key = any ($1::uuid[])',
    [keys],
  );
  const byKey = new Map<string, OrderRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const lost: string[] = [];
  const doubled: string[] = [];
  const forked: string[] = [];
  const phantoms: string[] = [];
  const open: string[] = [];
  for (const [key, one] of history.submitted) {
    const found = byKey.get(key) ?? [];
    if (found.length > 1) doubled.push(`${key}: ${found.map(({ id }) => id)}`);
    if (one.orderIds.size > 1) forked.push(`${key}: ${[...one.orderIds]}`);
    if (one.final === null) open.push(key);
    const [ghost] = one.final === 'refused' ? found : [];
    if (ghost) phantoms.push(`${key}: ${one.refusal} after ${one.doubts} doubts, yet ${ghost.id}`);
    if (one.final !== 'ok') continue;
    const [orderId] = one.orderIds;
    const row = byId.get(orderId ?? '');
    if (!row) lost.push(`${key}: ${orderId}`);
    else if (row.total_fen !== one.totalFen || row.shopper_id !== one.shopperId)
      lost.push(`${key}: ${orderId} differs`);
  }
  const unpaid = [...history.paid].filter((id) => (byId.get(id)?.paid_fen ?? 0) === 0);
  const uncancelled = [...history.cancelled].filter((id) => !['closing', 'closed'].includes(byId.get(id)?.state ?? ''));
  return [
    { name: 'every acknowledged order is there, as it was acknowledged', found: lost },
    { name: 'a key makes one order', found: doubled },
    { name: 'every answer to a key names the same order', found: forked },
    { name: 'what was refused had made no order', found: phantoms },
    { name: 'every command was answered in the end', found: open },
    { name: 'what the cashier took is on the order', found: unpaid },
    { name: 'what was cancelled stays cancelled', found: uncancelled },
    { name: 'no number went back', found: history.regressions },
    { name: 'no fault of our own was answered', found: history.faults },
  ];
}

/** The goods of one round at its end: all sold, none twice, each tier place once. */
export async function checkGoods(db: Database, skuId: string, units: number, places: number): Promise<CheckResult[]> {
  const [row] = await db.query<{ live: number; tiers: number; available: number }>(
    `select coalesce(sum(l.quantity), 0)::integer as live,
            count(*) filter (where l.price_kind = 'tier')::integer as tiers,
            (select (on_hand - reserved)::integer from stock_level where sku_id = $1) as available
     from order_line l join orders o on o.id = l.order_id
     where l.sku_id = $1 and o.state not in ('closed', 'refunded')`,
    [skuId],
  );
  const { live = 0, tiers = 0, available = 0 } = row ?? {};
  return [
    { name: 'no unit is sold twice', found: live > units ? [`${live} of ${units}`] : [] },
    { name: 'no unit is stranded', found: live < units ? [`${units - live} unsold, ${available} on sale`] : [] },
    { name: 'each tier place is somebody’s', found: tiers === places ? [] : [`${tiers} of ${places}`] },
  ];
}

export async function checkBooks(db: Database): Promise<CheckResult[]> {
  const violations = violationsOf(await checkInvariants(db, { quiet: true }));
  const found = violations.map(
    ({ id, name, skuId, orderId, detail }) => `${id} ${name}: ${skuId} ${orderId} ${detail}`,
  );
  return [{ name: 'every invariant holds', found }];
}
