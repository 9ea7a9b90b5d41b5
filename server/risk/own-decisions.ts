import { randomUUID } from 'node:crypto';
import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { riskAppeal, riskMine } from '../../lib/contracts/risk.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { holdStateAt } from '../../lib/domain/risk/hold.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';

type Own = ValueOf<typeof riskMine>['decisions'][number];
type Row = Omit<Own, 'mayAppeal' | 'decidedBy'> & { readonly endedBy: string | null };

/** SQL: an appeal `a` as its owner and operators see it. */
export const APPEAL = `case when a.id is null then null else jsonb_build_object('id', a.id, 'at', ${epochMs('a.at')},
  'text', a.text, 'answeredAt', ${epochMs('a.answered_at')}, 'isUpheld', a.is_upheld, 'words', a.words) end`;

const MINE = `
  select d.id, ${epochMs('d.at')} as at, d.mechanic, d.campaign_id as "campaignId", t.name as campaign, d.command,
    case when r.order_id is null then 'reward' else 'order' end as about,
    d.action, d.reasons, d.because, d.state, ${epochMs('d.hold_until')} as "holdUntil", c.id as "couponId",
    c.fen, d.ended_by as "endedBy", d.words, ${APPEAL} as appeal
  from risk_decision d
  left join coupon_template t on t.id = d.campaign_id
  left join risk_order_review r on r.decision_id = d.id
  left join lateral (
    select min(id) as id, sum(coalesce(own_worst_fen, t.worst_fen))::bigint as fen from coupon where hold_id = d.id
  ) c on true
  left join risk_appeal a on a.decision_id = d.id
  where d.shopper_id = $1 order by d.at desc, d.id limit ${LIMITS.risk.shownMax}`;

/** What was decided about one person's rewards, newest first. */
export async function listOwnDecisions(db: Queryable, shopperId: string): Promise<ValueOf<typeof riskMine>> {
  const now = await databaseNow(db);
  const rows = await db.query<Row>(MINE, [shopperId]);
  const decisions = rows.map(({ endedBy, ...row }): Own => {
    const isHold = row.holdUntil !== null;
    const held = holdStateAt(row.state === 'standing' ? 'held' : row.state, row.holdUntil ?? 0, now);
    const state = !isHold ? row.state : held === 'held' ? 'standing' : held;
    return {
      ...row,
      state,
      // The reward of an order is not what was decided about.
      fen: row.about === 'order' || row.couponId === null ? null : row.fen,
      decidedBy: endedBy === null ? 'machine' : 'operator',
      mayAppeal: row.appeal === null && state !== 'freed',
    };
  });
  return { now, decisions };
}

/** Appeals one's own decision, once; the same again changes nothing. */
export async function appeal(
  db: Database,
  shopperId: string,
  { key, decisionId, text }: RequestOf<typeof riskAppeal>,
): Promise<AnswerOf<typeof riskAppeal>> {
  const [row] = await db.query<{ isKnown: boolean; isMade: boolean; before: string | null }>(
    `with decision as (
       select id from risk_decision where id = $1 and shopper_id = $2
     ), made as (
       insert into risk_appeal (id, decision_id, shopper_id, key, text)
       select $3, id, $2, $4, $5 from decision on conflict do nothing returning id
     )
     select exists (select 1 from decision) as "isKnown", exists (select 1 from made) as "isMade",
       (select key::text from risk_appeal where decision_id = $1) as before`,
    [decisionId, shopperId, `apl_${randomUUID()}`, key, text],
  );
  if (!row?.isKnown) return refuse({ code: 'unknown_decision' });
  if (!row.isMade && row.before !== key) return refuse({ code: 'already_appealed' });
  return accept(await listOwnDecisions(db, shopperId));
}
