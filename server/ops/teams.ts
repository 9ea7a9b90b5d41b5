import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  OpsTeamCampaign,
  opsApproveTeamCampaign,
  opsLiftTeamCampaign,
  opsPublishTeamCampaign,
  opsSaveTeamCampaign,
  opsStopTeamCampaign,
  opsTeamsRead,
} from '../../lib/contracts/ops-team.ts';
import type { Campaign } from '../../lib/domain/law/campaign.ts';
import { changeFaults } from '../../lib/domain/law/time-law.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { campaignOf, settingsFault } from '../../lib/domain/team/campaign.ts';
import type { TeamCampaign, TeamSettings } from '../../lib/domain/team/team.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { publishTeamCampaign } from '../team/campaign-rows.ts';
import { audit } from './audit.ts';
import { discardDraft, lockDraft, openCampaigns, writeDraft } from './drafts.ts';
import { unlawful, unlawfulNow } from './law-facts.ts';
import { operatorActor } from './orders.ts';
import { unknownIn } from './promotions.ts';
import { approveTemplate, inForceFrom, liftPause, nameOf, PAUSE, RAISE, STATE, stopTemplate } from './templates.ts';

type Listed = ValueOf<typeof opsTeamsRead>;
type Row = Omit<OpsTeamCampaign, keyof TeamCampaign | 'faults'> & {
  id: string;
  settings: TeamSettings;
  frozen: string | null;
};
const SHOWN_MAX = 200;
const TABLE = 'team_campaign';

const CAMPAIGNS = `
  select g.id, g.settings, g.frozen, g.hash, coalesce(t.withdrawn_at is not null, false) as "isWithdrawn",
    ${epochMs('t.valid_from')} as "validFrom", ${nameOf('g.made_by')} as "madeBy",
    $1 in (g.made_by, coalesce(t.published_by, g.made_by)) as "isOwn", ${STATE} as state, ${PAUSE} as pause,
    ${RAISE} as raise, coalesce(a.left_fen + a.reserved_fen + a.spent_fen, (g.settings ->> 'budgetFen')::bigint) as "budgetFen",
    jsonb_build_object('gathering', m.gathering, 'split', m.split, 'over', m.over, 'failed', m.failed,
      'members', o.members, 'closed', o.closed, 'opened', o.opened, 'lapsed', o.lapsed,
      'usable', c.usable, 'locked', c.locked, 'used', c.used, 'expired', c.expired, 'voided', c.voided,
      'leftFen', coalesce(a.left_fen, (g.settings ->> 'budgetFen')::bigint), 'reservedFen', coalesce(a.reserved_fen, 0),
      'spentFen', coalesce(a.spent_fen, 0),
      'exposureFen', coalesce(a.reserved_fen, 0) + case when t.stopped_at is not null or t.claim_until <= now() then 0
        else coalesce(a.left_fen, (g.settings ->> 'budgetFen')::bigint) / (g.settings ->> 'potFen')::bigint
             * (g.settings ->> 'potFen')::bigint end) as figures
  from team_campaign g
  left join coupon_template t on t.id = g.id
  left join coupon_account a on a.template_id = g.id
  cross join lateral (
    select count(*) filter (where state = 'gathering') as gathering, count(*) filter (where state = 'split') as split,
      count(*) filter (where state = 'over') as over, count(*) filter (where state = 'failed') as failed
    from team where campaign_id = g.id
  ) m
  cross join lateral (
    select count(*) as members, count(*) filter (where share_state = 'closed') as closed,
      count(*) filter (where share_state = 'opened') as opened, count(*) filter (where share_state = 'lapsed') as lapsed
    from team_member where campaign_id = g.id
  ) o
  cross join lateral (
    select count(*) filter (where state = 'usable') as usable, count(*) filter (where state = 'locked') as locked,
      count(*) filter (where state = 'used') as used, count(*) filter (where state = 'expired') as expired,
      count(*) filter (where state = 'void') as voided
    from coupon where template_id = g.id
  ) c
  where g.discarded_at is null
  order by g.created_at desc, g.id limit ${SHOWN_MAX}`;

/** Everybody has his own share; nobody is paid for heads, and joining is free. */
const REWARD = { by: 'own_share', levels: 1, entryFen: 0 } as const;

const asLawSees = (campaign: TeamCampaign): Campaign => ({ kind: 'team', reward: REWARD, ...campaign });

/** All team campaigns as this operator sees them, newest first; drafts with what the law has against them. */
export async function listTeams(db: Queryable, personId: string): Promise<Listed> {
  const now = await databaseNow(db);
  const rows = await db.query<Row>(CAMPAIGNS, [operatorActor(personId)]);
  const campaigns: OpsTeamCampaign[] = [];
  for (const { settings, frozen, ...row } of rows) {
    const campaign = frozen === null ? campaignOf(row.id, settings) : (JSON.parse(frozen) as TeamCampaign);
    const against = frozen === null ? await unlawfulNow(db, asLawSees(campaign), now) : null;
    campaigns.push({ ...(campaign as OpsTeamCampaign), ...row, faults: against?.refusal.faults ?? [] });
  }
  const categories = await db.query<Listed['categories'][number]>('select id, name from category order by sort, id');
  return { now, campaigns, categories };
}

/** Saves a draft, as a whole; what is published does not change. */
export function saveTeamCampaign(
  db: Database,
  wanted: RequestOf<typeof opsSaveTeamCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsSaveTeamCampaign>> {
  const { id, ...settings } = wanted;
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const fault = settingsFault(settings, await databaseNow(tx));
    if (fault) return refuse({ code: 'team_campaign_wrong', fault });
    const unknown = await unknownIn(tx, settings.scope);
    if (unknown !== null) return refuse({ code: 'unknown_scope', id: unknown });
    if (!(await writeDraft(tx, TABLE, { id, settings, actor }))) {
      const published = (await lockDraft<TeamSettings>(tx, TABLE, id))?.frozen ?? null;
      const changed = published
        ? changeFaults(asLawSees(JSON.parse(published) as TeamCampaign), asLawSees(campaignOf(id, settings)))
        : [];
      return unlawful(changed) ?? refuse({ code: 'team_campaign_published' });
    }
    await audit(tx, { actor, action: 'ops.saveTeamCampaign', target: id, detail: { ...wanted } });
    return accept(await listTeams(tx, personId));
  });
}

/** Freezes, hashes and publishes a draft that the law allows, once; its whole budget comes into its account. */
export function publishTeams(
  db: Database,
  { id }: RequestOf<typeof opsPublishTeamCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsPublishTeamCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    // One at a time: how many run together, and what was offered before, are questions about all of them.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('team campaigns', 0))`);
    const draft = await lockDraft<TeamSettings>(tx, TABLE, id);
    if (!draft) return refuse({ code: 'not_found' });
    if (draft.isGone) return refuse({ code: 'team_campaign_over' });
    if (draft.frozen !== null) return accept(await listTeams(tx, personId));
    const now = await databaseNow(tx);
    const fault = settingsFault(draft.settings, now);
    if (fault) return refuse({ code: 'team_campaign_wrong', fault });
    const against = await unlawfulNow(tx, asLawSees(campaignOf(id, draft.settings)), now);
    if (against) return against;
    const max = LIMITS.team.openMax;
    if ((await openCampaigns(tx, 'team')) >= max) return refuse({ code: 'too_many_team_campaigns', max });
    const { budgetFen, potFen } = draft.settings;
    const mayCostFen = budgetFen - (budgetFen % potFen);
    const validFrom = await inForceFrom(tx, mayCostFen, now);
    await publishTeamCampaign(tx, { id, by: actor, at: now, validFrom });
    await audit(tx, { actor, action: 'ops.publishTeamCampaign', target: id, detail: { mayCostFen } });
    return accept(await listTeams(tx, personId));
  });
}

/** A second person agrees; who made or published it cannot. */
export function approveTeams(
  db: Database,
  { id }: RequestOf<typeof opsApproveTeamCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsApproveTeamCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const agreed = await approveTemplate(tx, { id, kind: 'team', actor, action: 'ops.approveTeamCampaign' });
    if (agreed.ok) return accept(await listTeams(tx, personId));
    return refuse(agreed.refusal.code === 'over' ? { code: 'team_campaign_over' } : agreed.refusal);
  });
}

/**
 * Stops a campaign at once; teams that gather go on. `withdraw` also takes back coupons that no order holds, and the
 * worker ends its teams and unopened shares within a second. A draft is thrown away.
 */
export function stopTeams(
  db: Database,
  { id, withdraw, reason }: RequestOf<typeof opsStopTeamCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsStopTeamCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const stopped = await stopTemplate(tx, { id, kind: 'team', withdraw, actor });
    const done = stopped === 'unknown' ? await discardDraft(tx, TABLE, id, actor) : stopped;
    if (done === 'unknown') return refuse({ code: 'not_found' });
    if (done === 'changed') {
      await audit(tx, { actor, action: 'ops.stopTeamCampaign', target: id, detail: { reason, withdraw } });
    }
    return accept(await listTeams(tx, personId));
  });
}

/** Lets a campaign go on that has stopped by itself. */
export function liftTeams(
  db: Database,
  { id, reason }: RequestOf<typeof opsLiftTeamCampaign>,
  personId: string,
): Promise<AnswerOf<typeof opsLiftTeamCampaign>> {
  const actor = operatorActor(personId);
  return db.transaction(async (tx) => {
    const lifted = await liftPause(tx, { id, kind: 'team', reason, actor, action: 'ops.liftTeamCampaign' });
    return lifted.ok ? accept(await listTeams(tx, personId)) : lifted;
  });
}
