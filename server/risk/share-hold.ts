import { createHash } from 'node:crypto';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { holdStateAt } from '../../lib/domain/risk/hold.ts';
import { HOLD_MS } from '../../lib/domain/risk/risk.ts';
import type { RiskReason } from '../../lib/domain/risk/rules.ts';
import { againIfRaced, type Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { IS_GATE_CLOSED } from './gate.ts';
import type { RewardVerdict } from './port.ts';

/**
 * SQL: the hold `d` of a member `m`'s opening or joining of his team, the worst of several; nothing where there is none.
 * @param key a command's key that counts besides
 */
export const holdOfMember = (key: string | null = null) => `left join lateral (
    select * from risk_decision d
    where d.shopper_id = m.shopper_id and d.action = 'hold' and (d.key = m.key and d.command in ('team.open', 'team.join')
      ${key === null ? '' : `or d.key = ${key} and d.command = 'team.openShare'`})
    order by d.state = 'refused' desc, d.hold_until desc limit 1
  ) d on true`;

/** What was decided when he joined (by the key of his joining), and whether the gate is closed while he opens. */
const READ = `
  select m.campaign_id as "campaignId", ${epochMs('clock_timestamp()')} as now, ${IS_GATE_CLOSED} as "isGateClosed",
    d.id, d.state, ${epochMs('d.hold_until')} as "holdUntil", d.reasons,
    exists (select 1 from risk_appeal a where a.decision_id = d.id) as "isAppealed"
  from team_member m
  ${holdOfMember('$3')}
  where m.team_id = $1 and m.shopper_id = $2`;

type Row = {
  campaignId: string;
  now: number;
  isGateClosed: boolean;
  id: string | null;
  state: 'standing' | 'freed' | 'refused';
  holdUntil: number | null;
  reasons: string[];
  isAppealed: boolean;
};

/**
 * How a share is opened: held as long as its joining is, refused if a person has refused that, and held behind a closed
 * gate although its joining was not.
 */
export async function holdOfShare(
  db: Database,
  { shopperId, teamId, key }: { readonly shopperId: string; readonly teamId: string; readonly key: string },
): Promise<RewardVerdict> {
  const go = (hold: CouponHold | null): RewardVerdict => ({ kind: 'go', hold, isLimited: false });
  const [row] = await db.query<Row>(READ, [teamId, shopperId, key]);
  // No member: the team itself says so.
  if (!row) return go(null);
  const { id, holdUntil, now, campaignId } = row;
  if (id !== null && holdUntil !== null) {
    const state = holdStateAt(row.state === 'standing' ? 'held' : row.state, holdUntil, now);
    if (state === 'held') return go({ id, until: holdUntil });
    if (state === 'refused') {
      const reasons = row.reasons as RiskReason[];
      const refusal = { code: 'risk_blocked', decisionId: id, reasons, mayAppeal: !row.isAppealed } as const;
      return { kind: 'refused', refusal };
    }
  }
  if (!row.isGateClosed) return go(null);
  const hash = createHash('sha256').update(`${shopperId}|team.openShare|${key}`).digest('base64url').slice(0, 24);
  const hold = { id: `rsk_${hash}`, until: now + HOLD_MS };
  await againIfRaced(() =>
    db.query(
      `insert into risk_decision (id, shopper_id, mechanic, command, campaign_id, key, mode, action, because, score,
         reasons, shadow, signals, hold_until)
       values ($1, $2, 'team', 'team.openShare', $3, $4, $5, 'hold', 'gate', 0, '{}', '{}', '{}', to_timestamp($6 / 1000.0))
       on conflict (id) do nothing`,
      [hold.id, shopperId, campaignId, key, LIMITS.risk.mode, hold.until],
    ),
  );
  return go(hold);
}
