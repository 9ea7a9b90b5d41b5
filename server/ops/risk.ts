import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  opsAnswerAppeal,
  opsCloseRiskGate,
  opsDecideOrderReview,
  opsDecideRisk,
  opsLiftRiskGate,
  opsRiskRead,
  opsSetRiskMode,
  opsSetRiskRule,
} from '../../lib/contracts/ops-risk.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { RISK_MECHANICS } from '../../lib/domain/risk/risk.ts';
import { RISK_RULES } from '../../lib/domain/risk/rules.ts';
import { againIfRaced, type Database, type Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { closeGate, liftGate, SILENT_MS } from '../risk/gate.ts';
import { groupOf, markGroup, restoreCoupon, reviewHolds, withoutGroup } from '../risk/holds.ts';
import { APPEAL } from '../risk/own-decisions.ts';
import { decideGroup, freeOrderOf } from '../risk/review-decisions.ts';
import { audit } from './audit.ts';
import { listOrderGroups } from './order-groups.ts';
import { operatorActor } from './orders.ts';
import { isAlone, nameOf } from './templates.ts';

type Listed = ValueOf<typeof opsRiskRead>;

const DECISIONS = `
  select d.id, ${epochMs('d.at')} as at, left(encode(sha256(convert_to(d.shopper_id, 'UTF8')), 'hex'), 8) as person,
    d.mechanic, d.campaign_id as "campaignId", t.name as campaign, d.command, d.action, d.because, d.score, d.reasons,
    d.shadow, d.signals, d.state, ${epochMs('d.hold_until')} as "holdUntil",
    (select coalesce(c.own_worst_fen, t.worst_fen) from coupon c where c.hold_id = d.id limit 1) as fen,
    (select count(*)::integer from risk_decision o where o.campaign_id = d.campaign_id and o.action = 'hold'
       and o.state = 'standing' and o.group_id is null and (o.id = d.id or o.device = d.device or o.payer = d.payer)) as "groupSize",
    ${APPEAL} as appeal
  from risk_decision d
  left join coupon_template t on t.id = d.campaign_id
  left join risk_appeal a on a.decision_id = d.id`;

const QUEUE = `${DECISIONS}
  where d.action = 'hold' and d.state = 'standing' and d.hold_until > now() and d.group_id is null order by d.hold_until, d.id limit $1`;
const APPEALS = `${DECISIONS} where a.id is not null and a.answered_at is null order by a.at, a.id limit $1`;

const GATE = `
  select coalesce(closed_because, case when s.names is not null then 'silent' end) as because,
    closed_because is not null and coalesce(opens_at > now(), true) or s.names is not null as "isClosed",
    case when closed_because is null then s.names else detail end as detail, ${epochMs('coalesce(closed_at, s.since)')} as since,
    ${nameOf('coalesce(lift_by, closed_by)')} as by, ${epochMs('opens_at')} as "opensAt",
    coalesce(lift_by = $1, false) as "isOwn"
  from risk_gate cross join (
    select string_agg(name, ', ') as names, min(reported_at) as since from risk_control
    where reported_at < now() - interval '${SILENT_MS} milliseconds') s`;

const RULES = `
  select k.code, coalesce(o.is_shadow, k.shadow) as "isShadow", coalesce(f.fired, 0)::integer as fired,
    coalesce(f.day, 0)::integer as "firedDay", coalesce(d.freed, 0)::integer as freed, coalesce(d.refused, 0)::integer as refused
  from unnest($1::text[], $2::boolean[]) k (code, shadow)
  left join risk_rule o on o.code = k.code
  left join (select code, sum(fired) as fired, sum(fired) filter (where day >= (now() at time zone 'Asia/Shanghai')::date - 1) as day
             from risk_rule_day group by 1) f on f.code = k.code
  left join (select r.code, count(*) filter (where state = 'freed' and ended_by is not null) as freed,
               count(*) filter (where state = 'refused') as refused
             from risk_decision cross join lateral unnest(reasons) r (code) where state <> 'standing' group by 1) d
    on d.code = k.code`;

type RuleRow = Omit<Listed['rules'][number], 'group' | 'weight'>;
type ModeRow = Listed['modes'][number];

/** The controls against fraud as this operator sees them. */
export async function listRisk(db: Queryable, personId: string): Promise<Listed> {
  const now = await databaseNow(db);
  const [modes, [gate], controls, rules, queue, appeals, orderGroups, [waiting]] = await Promise.all([
    db.query<ModeRow>(
      `select mechanic, mode, ${nameOf('by')} as by, reason, ${epochMs('since')} as since from risk_mode`,
    ),
    db.query<Listed['gate']>(GATE, [operatorActor(personId)]),
    db.query<Listed['controls'][number]>(
      `select name, ${epochMs('reported_at')} as "reportedAt", detail,
         reported_at < now() - interval '${SILENT_MS} milliseconds' as "isSilent" from risk_control order by name`,
    ),
    db.query<RuleRow>(RULES, [RISK_RULES.map(({ code }) => code), RISK_RULES.map(({ isShadow }) => isShadow)]),
    db.query<Listed['queue'][number]>(QUEUE, [LIMITS.risk.queueShownMax]),
    db.query<Listed['appeals'][number]>(APPEALS, [LIMITS.risk.queueShownMax]),
    listOrderGroups(db),
    db.query<Listed['waiting']>(
      `select (select count(*)::integer from risk_decision
               where action = 'hold' and state = 'standing' and hold_until > now() and group_id is null) as holds,
         (select count(*)::integer from risk_appeal where answered_at is null) as appeals,
         (select count(distinct group_id)::integer from risk_order_review
          where state = 'held' and held_until > now()) as "orderGroups"`,
    ),
  ]);
  const set = new Map(modes.map((row) => [row.mechanic, row]));
  const figures = new Map(rules.map((row) => [row.code, row]));
  const usual = { mode: LIMITS.risk.mode, by: null, reason: null, since: null };
  const open = { isClosed: false, because: null, detail: null, since: null, by: null, opensAt: null, isOwn: false };
  return {
    now,
    modes: RISK_MECHANICS.map((mechanic) => set.get(mechanic) ?? { mechanic, ...usual }),
    gate: gate?.isClosed ? gate : open,
    controls,
    rules: RISK_RULES.map(({ code, group, weight, isShadow }) => ({
      ...{ fired: 0, firedDay: 0, freed: 0, refused: 0, isShadow },
      ...figures.get(code),
      ...{ code, group, weight },
    })),
    queue,
    appeals,
    orderGroups,
    waiting: waiting ?? { holds: 0, appeals: 0, orderGroups: 0 },
  };
}

/** Frees or refuses a held reward, or all of its group; once, and before its time is over. */
export function decideHold(
  db: Database,
  { decisionId, isFreed, isGroup, words }: RequestOf<typeof opsDecideRisk>,
  personId: string,
): Promise<AnswerOf<typeof opsDecideRisk>> {
  const by = operatorActor(personId);
  return db.transaction(async (tx) => {
    const ids = isGroup ? await groupOf(tx, decisionId) : await withoutGroup(tx, decisionId);
    const ended = await reviewHolds(tx, ids, { isFreed, by, words });
    if (ended.length === 0) {
      const [known] = await tx.query<{ state: 'standing' | 'freed' | 'refused' }>(
        `select case when state = 'standing' then 'freed' else state end as state from risk_decision
         where id = $1 and action = 'hold'`,
        [decisionId],
      );
      return known ? refuse({ code: 'hold_over', state: known.state }) : refuse({ code: 'not_found' });
    }
    if (isGroup && !isFreed) await markGroup(tx, decisionId, by);
    await audit(tx, {
      actor: by,
      action: 'ops.decideRisk',
      target: decisionId,
      detail: { isFreed, words, ids: ended },
    });
    return accept(await listRisk(tx, personId));
  });
}

/**
 * Answers an appeal, once. Upheld: a hold is freed, a refused reward comes back while the campaign has the money, and the
 * person's score is not asked any more in this campaign.
 */
export function answerAppeal(
  db: Database,
  { appealId, isUpheld, words }: RequestOf<typeof opsAnswerAppeal>,
  personId: string,
): Promise<AnswerOf<typeof opsAnswerAppeal>> {
  const by = operatorActor(personId);
  return db.transaction(async (tx) => {
    const [answered] = await tx.query<{ decisionId: string; shopperId: string; campaignId: string }>(
      `update risk_appeal a set answered_at = now(), answered_by = $2, is_upheld = $3, words = $4
       from risk_decision d where a.id = $1 and a.answered_at is null and d.id = a.decision_id
       returning a.decision_id as "decisionId", d.shopper_id as "shopperId", d.campaign_id as "campaignId"`,
      [appealId, by, isUpheld, words],
    );
    if (!answered) {
      const [known] = await tx.query('select 1 from risk_appeal where id = $1', [appealId]);
      return known ? refuse({ code: 'already_answered' }) : refuse({ code: 'not_found' });
    }
    if (isUpheld) {
      const { decisionId, shopperId, campaignId } = answered;
      await tx.query('insert into risk_exempt (shopper_id, campaign_id) values ($1, $2) on conflict do nothing', [
        shopperId,
        campaignId,
      ]);
      await reviewHolds(tx, [decisionId], { isFreed: true, by, words });
      await freeOrderOf(tx, decisionId, { by, words });
      // An order may have used more than one.
      while (await restoreCoupon(tx, decisionId));
      await tx.query(
        `update risk_decision set state = 'freed', ended_at = now(), ended_by = $2, words = $3
         where id = $1 and state <> 'freed'`,
        [decisionId, by, words],
      );
    }
    await audit(tx, { actor: by, action: 'ops.answerAppeal', target: appealId, detail: { isUpheld, words } });
    return accept(await listRisk(tx, personId));
  });
}

/** Frees or refuses all orders of a group that are held, and the rewards that its people have not used; once. */
export function decideOrderReview(
  db: Database,
  { groupId, isFreed, words }: RequestOf<typeof opsDecideOrderReview>,
  personId: string,
): Promise<AnswerOf<typeof opsDecideOrderReview>> {
  const actor = operatorActor(personId);
  return againIfRaced(() =>
    db.transaction(async (tx) => {
      const ended = await decideGroup(tx, groupId, { isFreed, by: actor, words });
      if (ended === null) return refuse({ code: 'not_found' });
      if (typeof ended === 'string') return refuse({ code: 'review_over', state: ended });
      const detail = { isFreed, words, orders: ended };
      await audit(tx, { actor, action: 'ops.decideOrderReview', target: groupId, detail });
      return accept(await listRisk(tx, personId));
    }),
  );
}

export function setRule(
  db: Database,
  { code, isShadow, reason }: RequestOf<typeof opsSetRiskRule>,
  personId: string,
): Promise<AnswerOf<typeof opsSetRiskRule>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    await tx.query(
      `insert into risk_rule (code, is_shadow, by, reason) values ($1, $2, $3, $4)
       on conflict (code) do update set is_shadow = excluded.is_shadow, by = excluded.by, reason = excluded.reason, since = now()`,
      [code, isShadow, actor, reason],
    );
    await audit(tx, { actor, action: 'ops.setRiskRule', target: code, detail: { isShadow, reason } });
    return accept(await listRisk(tx, personId));
  });
}

export function setMode(
  db: Database,
  { mechanic, mode, reason }: RequestOf<typeof opsSetRiskMode>,
  personId: string,
): Promise<AnswerOf<typeof opsSetRiskMode>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    await tx.query(
      `insert into risk_mode (mechanic, mode, by, reason) values ($1, $2, $3, $4)
       on conflict (mechanic) do update set mode = excluded.mode, by = excluded.by, reason = excluded.reason, since = now()`,
      [mechanic, mode, actor, reason],
    );
    await audit(tx, { actor, action: 'ops.setRiskMode', target: mechanic, detail: { mode, reason } });
    return accept(await listRisk(tx, personId));
  });
}

export function closeRiskGate(
  db: Database,
  { reason }: RequestOf<typeof opsCloseRiskGate>,
  personId: string,
): Promise<AnswerOf<typeof opsCloseRiskGate>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    await closeGate(tx, 'operator', reason, actor);
    await audit(tx, { actor, action: 'ops.closeRiskGate', target: 'gate', detail: { reason } });
    return accept(await listRisk(tx, personId));
  });
}

export function liftRiskGate(
  db: Database,
  { reason }: RequestOf<typeof opsLiftRiskGate>,
  personId: string,
): Promise<AnswerOf<typeof opsLiftRiskGate>> {
  const by = operatorActor(personId);
  return db.transaction(async (tx) => {
    const alone = await isAlone(tx);
    const lift = await liftGate(tx, { by, reason, isAlone: alone, delayMs: LIMITS.risk.aloneDelayMs });
    if (lift === 'open') return refuse({ code: 'gate_open' });
    if (lift === 'silent') return refuse({ code: 'controls_silent' });
    if (lift === 'needs_another') return refuse({ code: 'lift_needs_another' });
    await audit(tx, { actor: by, action: 'ops.liftRiskGate', target: 'gate', detail: { reason, lift } });
    return accept(await listRisk(tx, personId));
  });
}
