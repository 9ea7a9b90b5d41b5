import type { LawFaultSaid } from '../../lib/contracts/law.ts';
import {
  type Campaign,
  couponCutPermille,
  type LawFacts,
  type LawFault,
  type Offer,
  termsOf,
  windowOf,
} from '../../lib/domain/law/campaign.ts';
import { lawFaults } from '../../lib/domain/law/law.ts';
import { RESTART_MS } from '../../lib/domain/law/time-law.ts';
import type { PacketCampaign } from '../../lib/domain/packet/packet.ts';
import { deepestCutPermille, type Promotion, type PromotionScope } from '../../lib/domain/pricing/promotion.ts';
import type { CouponTemplate, Words } from '../../lib/domain/promo/coupon.ts';
import { refuse } from '../../lib/domain/result.ts';
import type { TeamCampaign } from '../../lib/domain/team/team.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { lawSays } from '../../lib/messages/law.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';

/*
 * What the law must know of the shop before it judges a campaign: offers of the last days, prices, and what else may be
 * taken off in the same days.
 */

type CouponRow = Pick<CouponTemplate, 'id' | 'name' | 'rule' | 'scope' | 'validity'> & {
  claimFrom: number;
  kind: 'claim' | 'team' | 'packet' | 'store';
  /** Until when it could be claimed, or when it was stopped. */
  until: number;
  isWithdrawn: boolean;
};
type PromotionRow = Omit<Promotion, 'endsAt'> & { until: number };

const COUPONS = `
  select id, kind, name, rule, scope, validity, ${epochMs('claim_from')} as "claimFrom",
    ${epochMs('least(claim_until, coalesce(stopped_at, claim_until))')} as until, withdrawn_at is not null as "isWithdrawn"
  from coupon_template
  where published_at is not null and id <> $1 and claim_until > now() - interval '400 days'`;

/** Campaigns of a room of its own with what their offer is: `frozen` is the object that was published. */
const frozenOf = (kind: 'team' | 'packet') => `
  select g.frozen, ${epochMs('least(t.claim_until, coalesce(t.stopped_at, t.claim_until))')} as until
  from ${kind}_campaign g join coupon_template t on t.id = g.id
  where g.id <> $1 and t.claim_until > now() - interval '30 days'`;

const PROMOTIONS = `
  select id, name, scope, rule, ${epochMs('starts_at')} as "startsAt",
    ${epochMs('least(ends_at, coalesce(stopped_at, ends_at))')} as until
  from promotion where id <> $1 and ends_at > now() - interval '30 days'`;

/** Where it takes something off: in orders of the shop, or at the tills of stores, where nothing of the shop's meets it. */
type Where = 'shop' | { readonly stores: readonly string[] };

/** Conservative: a category and a product may always meet. */
function scopesMeet(a: PromotionScope, b: PromotionScope): boolean {
  if (a.kind === 'categories' && b.kind === 'categories') return a.ids.some((id) => b.ids.includes(id));
  if (a.kind === 'products' && b.kind === 'products') return a.handles.some((handle) => b.handles.includes(handle));
  return true;
}

/** Until when a coupon that is claimed at the last moment can be used. */
const usableUntil = ({ validity }: Pick<CouponTemplate, 'validity'>, until: number) =>
  validity.kind === 'window' ? validity.until : until + validity.days * DAY_MS;

function endOf(campaign: Campaign): number {
  const { until } = windowOf(campaign);
  if (campaign.kind === 'coupon') return usableUntil(campaign, until);
  return campaign.kind === 'promotion' ? until : until + 365 * DAY_MS;
}

async function cheapestFen(tx: Queryable, scope: PromotionScope): Promise<number | null> {
  const [row] = await tx.query<{ fen: number | null }>(
    `select min(s.price_fen) as fen from sku s join product p on p.handle = s.product_handle
     where s.is_listed and p.is_listed
       and ($1::text[] is null or p.category_id = any ($1)) and ($2::text[] is null or p.handle = any ($2))`,
    [scope.kind === 'categories' ? scope.ids : null, scope.kind === 'products' ? scope.handles : null],
  );
  return row?.fen ?? null;
}

async function categoryNames(tx: Queryable, scope: PromotionScope): Promise<readonly Words[]> {
  if (scope.kind !== 'categories') return [];
  const rows = await tx.query<{ name: Words }>('select name from category where id = any ($1::text[])', [scope.ids]);
  return rows.map(({ name }) => name);
}

/** Ids of the offers of these stores. */
async function offersOf(tx: Queryable, storeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    'select distinct offer_id as id from store_offer_place where store_id = any ($1::text[])',
    [storeIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Offers of the campaign's own kind. */
async function earlierOf(
  tx: Queryable,
  { kind, id }: Campaign,
  coupons: readonly CouponRow[],
  promotions: readonly PromotionRow[],
  where: Where,
): Promise<Offer[]> {
  if (kind === 'coupon') {
    // A store elsewhere may give what this one has given: nobody was hurried by it here.
    const here = where === 'shop' ? null : await offersOf(tx, where.stores);
    return coupons
      .filter((one) => (here ? here.has(one.id) : one.kind === 'claim'))
      .map((one) => ({ ...one, terms: termsOf({ ...one, kind }) }));
  }
  if (kind === 'promotion') return promotions.map((one) => ({ ...one, terms: termsOf({ ...one, kind }) }));
  const published = await tx.query<{ frozen: string; until: number }>(frozenOf(kind), [id]);
  return published.map(({ frozen, until }) => {
    const campaign = JSON.parse(frozen) as TeamCampaign | PacketCampaign;
    const terms = termsOf({ ...campaign, kind } as Extract<Campaign, { kind: typeof kind }>);
    return { id: campaign.id, name: campaign.name, until, terms };
  });
}

async function lawFactsOf(tx: Queryable, campaign: Campaign, now: number, where: Where): Promise<LawFacts> {
  const coupons = await tx.query<CouponRow>(COUPONS, [campaign.id]);
  const promotions = await tx.query<PromotionRow>(PROMOTIONS, [campaign.id]);
  const { from } = windowOf(campaign);
  const end = endOf(campaign);
  const isMet = (scope: PromotionScope, begin: number, until: number) =>
    where === 'shop' && begin < end && until > Math.max(from, now) && scopesMeet(scope, campaign.scope);
  const metCoupons = coupons.filter(
    (one) => one.kind !== 'store' && !one.isWithdrawn && isMet(one.scope, one.claimFrom, usableUntil(one, one.until)),
  );
  const met =
    campaign.kind === 'promotion'
      ? metCoupons.map(({ rule }) => couponCutPermille(rule))
      : promotions
          .filter((one) => isMet(one.scope, one.startsAt, one.until))
          .map(({ rule }) => deepestCutPermille(rule));
  return {
    now,
    offers: (await earlierOf(tx, campaign, coupons, promotions, where)).filter(({ until }) => until > now - RESTART_MS),
    published: null,
    cheapestFen: await cheapestFen(tx, campaign.scope),
    metPermille: Math.max(0, ...met),
    meetsRedPackets: metCoupons.some(({ rule }) => rule.kind === 'red_packet'),
    floorPermille: LIMITS.law.floorPermille,
    categoryNames: await categoryNames(tx, campaign.scope),
  };
}

/** The refusal of faults, each with its article in words; null where there is none. */
export function unlawful(
  faults: readonly LawFault[],
): { ok: false; refusal: { code: 'campaign_unlawful'; faults: LawFaultSaid[] } } | null {
  return faults.length === 0 ? null : refuse({ code: 'campaign_unlawful', faults: faults.map(lawSays) });
}

/** What the law has against publishing a campaign now, as a refusal; null: nothing. */
export async function unlawfulNow(tx: Queryable, campaign: Campaign, now?: number, where: Where = 'shop') {
  const facts = await lawFactsOf(tx, campaign, now ?? (await databaseNow(tx)), where);
  return unlawful(lawFaults(campaign, facts));
}
