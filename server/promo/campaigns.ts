import type { PromotionScope } from '../../lib/domain/pricing/promotion.ts';
import { type CouponRule, type CouponValidity, type Words, worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import type { Queryable } from '../platform/database.ts';
import { fundCoupon } from './book-coupons.ts';
import { epochMs } from './coupon-rows.ts';

/*
 * Campaigns of other rooms whose rewards are coupons: each is a frozen object of its room, and under the same id a
 * template that nobody claims, with its account.
 */

/** Coupons of such a campaign are counted by its own room; the template's limits are never met. */
const NO_LIMIT = 100_000_000;

export type CampaignTemplate = {
  readonly kind: 'team' | 'packet' | 'store';
  readonly id: string;
  readonly name: Words;
  /** Of the largest coupon there can be. */
  readonly rule: CouponRule;
  readonly scope: PromotionScope;
  readonly validity: CouponValidity;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly budgetFen: number;
  /** How many coupons there are; left out: its own room counts them, and the template's limit is never met. */
  readonly total?: number;
  readonly madeBy: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms; null: a second person must agree. */
  readonly validFrom: number | null;
};

/** Makes the template, and puts the budget into its account. Once: a second time the database refuses. */
export async function publishCampaignTemplate(tx: Queryable, given: CampaignTemplate): Promise<void> {
  const {
    id,
    kind,
    name,
    rule,
    scope,
    validity,
    startsAt,
    endsAt,
    budgetFen,
    total = NO_LIMIT,
    madeBy,
    by,
    at,
    validFrom,
  } = given;
  await tx.query(
    `insert into coupon_template (id, kind, name, rule, scope, validity, claim_from, claim_until, per_person, total,
       budget_fen, worst_fen, made_by, published_by, published_at, valid_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, ${NO_LIMIT}, $15, $9, $10, $11, $12, $13, $14)`,
    [
      ...[id, kind],
      ...[name, rule, scope, validity].map((value) => JSON.stringify(value)),
      ...[new Date(startsAt), new Date(endsAt), budgetFen, worstCaseFen(rule), madeBy, by, new Date(at)],
      validFrom === null ? null : new Date(validFrom),
      total,
    ],
  );
  await fundCoupon(tx, id);
}

const PARSED_MAX = 1_000;

/** Reads frozen texts; there are few, and they never change. */
export function frozenReader<C>(): (hash: string, text: string) => C {
  const parsed = new Map<string, C>();
  return (hash, text) => {
    let campaign = parsed.get(hash);
    if (!campaign) {
      if (parsed.size >= PARSED_MAX) parsed.clear();
      campaign = JSON.parse(text) as C;
      parsed.set(hash, campaign);
    }
    return campaign;
  };
}

/** What is read of a campaign wherever it is looked at: `t` its template, `g` its room's object, `a` its account. */
export const CAMPAIGN_COLUMNS = `t.id, g.frozen, g.hash, ${epochMs('t.valid_from')} as "validFrom",
  t.stopped_at is not null as "isStopped", t.paused_at is not null as "isPaused", t.withdrawn_at is not null as "isWithdrawn", a.left_fen as "leftFen",
  a.left_fen + a.reserved_fen + a.spent_fen as "accountFen"`;
export const campaignTables = (
  table: 'team_campaign' | 'packet_campaign',
) => `coupon_template t join ${table} g on g.id = t.id
  join coupon_account a on a.template_id = t.id`;

/** Whether it runs, as the database says it under its locks or without. */
export type CampaignStanding = {
  /** From when it is in force; null: it waits for a second person. */
  readonly validFrom: number | null;
  readonly isStopped: boolean;
  /** It spends too fast, and waits for an operator. */
  readonly isPaused: boolean;
};
export type CampaignRow = CampaignStanding & {
  readonly id: string;
  readonly frozen: string;
  readonly hash: string;
  readonly isWithdrawn: boolean;
  readonly leftFen: number;
  /** The budget with all raises. */
  readonly accountFen: number;
};

/** From when on a campaign of these times is open; never while it waits for a second person. */
export const opensAtOf = (startsAt: number, validFrom: number | null): number => Math.max(startsAt, validFrom ?? 0);

/** What somebody who looks at a published campaign at `now` sees of its state. */
export function campaignStateAt(
  { validFrom, isStopped, isPaused }: CampaignStanding,
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  now: number,
): 'stopped' | 'over' | 'paused' | 'ahead' | 'running' {
  if (isStopped) return 'stopped';
  if (now >= endsAt) return 'over';
  if (isPaused) return 'paused';
  return now < opensAtOf(startsAt, validFrom) ? 'ahead' : 'running';
}

const RANK = { running: 0, ahead: 1, paused: 2, over: 3, stopped: 4 } as const;

/**
 * Campaigns of a kind in force that run or will, those that end soonest first; then those that ended within a day.
 * `takenPermille`: thousandths of the budget that are reserved or spent. `raisedFen`: what was added to it since.
 */
export async function listCampaigns<C extends { startsAt: number; endsAt: number; budgetFen: number }>(
  db: Queryable,
  kind: 'team' | 'packet',
  read: (hash: string, text: string) => C,
  now: number,
) {
  const rows = await db.query<CampaignRow & { takenPermille: number }>(
    `select ${CAMPAIGN_COLUMNS}, ((a.reserved_fen + a.spent_fen) * 1000 /
       (a.left_fen + a.reserved_fen + a.spent_fen))::integer as "takenPermille"
     from ${campaignTables(`${kind}_campaign`)}
     where t.kind = '${kind}' and t.valid_from is not null
       and least(t.claim_until, coalesce(t.stopped_at, t.claim_until)) > now() - interval '1 day'
     order by t.claim_until, t.id limit 50`,
  );
  return rows
    .map((row) => {
      const campaign = read(row.hash, row.frozen);
      const { hash, leftFen, takenPermille, validFrom } = row;
      const raisedFen = row.accountFen - campaign.budgetFen;
      const state = campaignStateAt(row, campaign, now);
      const opensAt = opensAtOf(campaign.startsAt, validFrom);
      return { campaign, hash, raisedFen, leftFen, takenPermille, state, opensAt };
    })
    .sort((a, b) => RANK[a.state] - RANK[b.state]);
}
