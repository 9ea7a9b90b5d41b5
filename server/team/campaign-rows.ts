import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { teamsRead } from '../../lib/contracts/team.ts';
import type { CouponRule } from '../../lib/domain/promo/coupon.ts';
import { campaignHash, campaignOf, campaignText } from '../../lib/domain/team/campaign.ts';
import type { CampaignFacts } from '../../lib/domain/team/settle.ts';
import type { TeamCampaign, TeamSettings } from '../../lib/domain/team/team.ts';
import type { Queryable } from '../platform/database.ts';
import { fundCoupon } from '../promo/book-coupons.ts';
import { epochMs } from '../promo/coupon-rows.ts';

/** The coupon that a share of so many fen becomes. */
export const shareRule = ({ coupon }: TeamSettings, fen: number): CouponRule =>
  coupon.kind === 'threshold'
    ? { kind: 'threshold', fullFen: coupon.fullFen, cutFen: fen }
    : { kind: 'red_packet', cutFen: fen };

/** Coupons of a team campaign are counted by its teams; the template's own limits are never met. */
const NO_LIMIT = 100_000_000;

/**
 * Publishes a drafted campaign: freezes its object, makes the template whose coupons its shares become, and puts the
 * budget into its account. Once: a second time the database refuses.
 * @param validFrom epoch ms; null: a second person must agree
 */
export async function publishTeamCampaign(
  tx: Queryable,
  given: { readonly id: string; readonly by: string; readonly at: number; readonly validFrom: number | null },
): Promise<TeamCampaign> {
  const [draft] = await tx.query<{ settings: TeamSettings; made_by: string }>(
    'select settings, made_by from team_campaign where id = $1 for update',
    [given.id],
  );
  if (!draft) throw new Error(`There is no team campaign ${given.id}`);
  const campaign = campaignOf(given.id, draft.settings);
  await tx.query('update team_campaign set frozen = $2, hash = $3 where id = $1', [
    given.id,
    campaignText(campaign),
    campaignHash(campaign),
  ]);
  const { name, scope, goodFor, startsAt, endsAt, budgetFen, mostFen } = campaign;
  const validity =
    goodFor.kind === 'days' ? goodFor : { kind: 'window' as const, from: startsAt, until: goodFor.until };
  await tx.query(
    `insert into coupon_template (id, kind, name, rule, scope, validity, claim_from, claim_until, per_person, total,
       budget_fen, worst_fen, made_by, published_by, published_at, valid_from)
     values ($1, 'team', $2, $3, $4, $5, $6, $7, ${NO_LIMIT}, ${NO_LIMIT}, $8, $9, $10, $11, $12, $13)`,
    [
      given.id,
      ...[name, shareRule(campaign, mostFen), scope, validity].map((value) => JSON.stringify(value)),
      new Date(startsAt),
      new Date(endsAt),
      budgetFen,
      mostFen,
      draft.made_by,
      given.by,
      new Date(given.at),
      given.validFrom === null ? null : new Date(given.validFrom),
    ],
  );
  await fundCoupon(tx, given.id);
  return campaign;
}

const parsed = new Map<string, TeamCampaign>();
const PARSED_MAX = 1_000;

/** The object of a frozen text; there are few, and they never change. */
export function frozenCampaign(hash: string, text: string): TeamCampaign {
  let campaign = parsed.get(hash);
  if (!campaign) {
    if (parsed.size >= PARSED_MAX) parsed.clear();
    campaign = JSON.parse(text) as TeamCampaign;
    parsed.set(hash, campaign);
  }
  return campaign;
}

/** What is read of a campaign wherever it is looked at: `t` its template, `g` itself, `a` its account. */
export const CAMPAIGN_COLUMNS = `t.id, g.frozen, g.hash, ${epochMs('t.valid_from')} as "validFrom",
  t.stopped_at is not null as "isStopped", t.paused_at is not null as "isPaused", t.withdrawn_at is not null as "isWithdrawn", a.left_fen as "leftFen"`;
export const CAMPAIGN_TABLES = `coupon_template t join team_campaign g on g.id = t.id
  join coupon_account a on a.template_id = t.id`;

export type CampaignRow = Omit<CampaignFacts, 'campaign'> & { id: string; frozen: string; hash: string };

export const campaignFacts = ({ frozen, hash, validFrom, isStopped, isPaused, isWithdrawn, leftFen }: CampaignRow) => ({
  campaign: frozenCampaign(hash, frozen),
  hash,
  validFrom,
  isStopped,
  isPaused,
  isWithdrawn,
  leftFen,
});

/** Whether teams can be opened, for somebody who looks at a published campaign at `now`. */
export function campaignStateAt({ campaign, validFrom, isStopped, isPaused }: CampaignFacts, now: number) {
  if (isStopped) return 'stopped';
  if (now >= campaign.endsAt) return 'over';
  if (isPaused) return 'stopped';
  return now < Math.max(campaign.startsAt, validFrom ?? 0) ? 'ahead' : 'running';
}

type Running = ValueOf<typeof teamsRead>['campaigns'];

/** Campaigns in force that run or will, those that end soonest first; then those that ended within a day. */
export async function listRunning(db: Queryable, now: number): Promise<Running> {
  const rows = await db.query<CampaignRow & { takenPermille: number }>(
    `select ${CAMPAIGN_COLUMNS}, ((a.reserved_fen + a.spent_fen) * 1000 /
       (a.left_fen + a.reserved_fen + a.spent_fen))::integer as "takenPermille"
     from ${CAMPAIGN_TABLES}
     where t.kind = 'team' and t.valid_from is not null
       and least(t.claim_until, coalesce(t.stopped_at, t.claim_until)) > now() - interval '1 day'
     order by t.claim_until, t.id limit 50`,
  );
  const rank = { running: 0, ahead: 1, over: 2, stopped: 3 } as const;
  return rows
    .map((row) => {
      const facts = campaignFacts(row);
      const { campaign, hash, validFrom, leftFen } = facts;
      return {
        campaign,
        hash,
        state: campaignStateAt(facts, now),
        opensAt: Math.max(campaign.startsAt, validFrom ?? 0),
        isSoldOut: leftFen < campaign.potFen,
        takenPermille: row.takenPermille,
      } as Running[number];
    })
    .sort((a, b) => rank[a.state] - rank[b.state]);
}
