import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

const OLD = `now() - interval '${LIMITS.risk.keptMs} milliseconds'`;

/**
 * Forgets what is not needed any more: keyed hashes of addresses, devices and deliveries,
 * payers as their channels name them, and who helped whom after 30 days.
 */
export async function purgeRisk(db: Queryable): Promise<void> {
  await db.query(`delete from risk_address where hour < ${OLD}`);
  await db.query(`delete from risk_device where used_at < ${OLD}`);
  await db.query(`delete from risk_tie where at < ${OLD}`);
  await db.query(`delete from risk_use where kind = 'device' and at < ${OLD}`);
  await db.query(`delete from risk_mark where kind = 'device' and at < ${OLD}`);
  await db.query(`update risk_decision set device = null where device is not null and at < ${OLD}`);
  await db.query(`delete from risk_order where at < ${OLD}`);
  await db.query(
    `delete from risk_order_group_person p using risk_order_group g where g.id = p.group_id and g.opened_at < ${OLD}`,
  );
  await db.query(`update risk_order_group set subject = null where subject is not null and opened_at < ${OLD}`);
  await db.query(`update payment set payer_id = null where payer_id is not null and paid_at < ${OLD}`);
  await db.query('delete from risk_pass where until < now()');
  await db.query('delete from risk_work_spent where expires_at < now()');
}
