import { type PaceSettings, paceLimitFen } from '../../lib/domain/promo/pace.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from './coupon-rows.ts';

/** What left the budget of each campaign that runs, within the window and since it was last let go on. */
const LEAVING = `
  select t.id, (a.left_fen + a.reserved_fen + a.spent_fen) as "budgetFen", ${epochMs('t.claim_from')} as "from",
    ${epochMs('t.claim_until')} as until, sum(e.amount_fen)::bigint as "goneFen"
  from coupon_entry e
  join coupon_template t on t.id = e.template_id and t.stopped_at is null and t.paused_at is null
  join coupon_account a on a.template_id = t.id
  where e.from_account = 'left' and e.at > now() - $1 * interval '1 millisecond'
    and e.at > coalesce((select max(p.ended_at) from coupon_pause p where p.template_id = t.id), '-infinity')
  group by 1, 2, 3, 4`;

const PAUSE = `
  with paused as (
    update coupon_template set paused_at = now()
    where id = $1 and paused_at is null and stopped_at is null returning id
  )
  insert into coupon_pause (template_id, gone_fen, limit_fen, window_ms) select id, $2, $3, $4 from paused returning id`;

/** Those that an operator has let go on, as soon as their time to undo is over. */
const RESUME = `
  with ended as (
    update coupon_pause set ended_at = now() where ended_at is null and lifted_from <= now() returning template_id
  )
  update coupon_template t set paused_at = null from ended e where t.id = e.template_id`;

export type Paused = { readonly templateId: string; readonly goneFen: number; readonly limitFen: number };

/** Stops what runs away, and lets go on what operators have looked at. Answers what was stopped now. */
export async function keepPace(
  db: Database,
  settings: PaceSettings = { ...LIMITS.coupon.pace, soloFen: LIMITS.coupon.soloFen },
) {
  await db.query(RESUME);
  const leaving = await db.query<{ id: string; budgetFen: number; from: number; until: number; goneFen: number }>(
    LEAVING,
    [settings.windowMs],
  );
  const stopped: Paused[] = [];
  for (const { id, goneFen, ...plan } of leaving) {
    const limitFen = paceLimitFen(plan, settings);
    if (goneFen <= limitFen) continue;
    const [made] = await db.query(PAUSE, [id, goneFen, limitFen, settings.windowMs]);
    if (made) stopped.push({ templateId: id, goneFen, limitFen });
  }
  return stopped;
}
