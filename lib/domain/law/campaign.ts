import type { PacketCampaign } from '../packet/packet.ts';
import { deepestCutPermille, type Promotion, type PromotionScope } from '../pricing/promotion.ts';
import { type CouponRule, type CouponTemplate, thresholdFen, type Words, worstCaseFen } from '../promo/coupon.ts';
import type { TeamCampaign } from '../team/team.ts';

/*
 * Words used in this room:
 *
 * - campaign: what an operator wants to publish, as the law looks at it
 * - claim:    what the words of a campaign say that a shopper gets
 * - fault:    a rule that a campaign breaks; it rests on an article
 * - offer:    a campaign of the last days, as far as a new one may repeat it
 */

/** Who is paid for what. Whatever brings people in has one of these. */
export type Reward = {
  /** `head`: by the number of people brought in; `sale`: by what they buy. */
  readonly by: 'own_share' | 'visit' | 'head' | 'sale';
  /** 1: for those whom somebody has brought himself; 2: also for those whom they bring. */
  readonly levels: number;
  /** What one pays, or must buy, to take part. */
  readonly entryFen: number;
};

export type Campaign =
  | ({ readonly kind: 'coupon' } & CouponTemplate)
  | ({ readonly kind: 'promotion' } & Promotion)
  | ({ readonly kind: 'team'; readonly reward: Reward } & TeamCampaign)
  | ({ readonly kind: 'packet'; readonly reward: Reward } & PacketCampaign);

/** A campaign that runs, or whose end or stop is not long ago. */
export type Offer = {
  readonly id: string;
  readonly name: Words;
  /** The same text for the same rule and goods: `termsOf`. */
  readonly terms: string;
  /** When it ended or ends. */
  readonly until: number;
};

/** What else the law must know; moments are epoch ms on the server's clock. */
export type LawFacts = {
  readonly now: number;
  readonly offers: readonly Offer[];
  /** The same campaign as it was published; null: it is new. */
  readonly published: Campaign | null;
  /** The lowest price of a unit that it is for, fen; null: there is none. */
  readonly cheapestFen: number | null;
  /** The deepest cut, in thousandths, of promotions (for a coupon) or coupons (for a promotion) that may meet it. */
  readonly metPermille: number;
  /** Red packets can be used in the same days. */
  readonly meetsRedPackets: boolean;
  /** What goods must cost at least, in thousandths of their price. */
  readonly floorPermille: number;
  /** Names of the categories that it is for. */
  readonly categoryNames: readonly Words[];
};

/** The laws and rules, each by its article. Their names are in lib/messages/law.ts. */
export const ARTICLES = [
  'unfair_competition_8',
  'unfair_competition_10',
  'sales_promotion_5',
  'sales_promotion_6',
  'sales_promotion_13',
  'sales_promotion_20',
  'price_marking_16',
  'price_marking_19',
  'advertising_9',
  'pyramid_selling_7',
  'price_14',
  'consumer_26',
] as const;
export type Article = (typeof ARTICLES)[number];

/** `said`: the words that are wrong, as they stand in the name. */
export type LawFault = { readonly article: Article } & (
  | {
      readonly code:
        | 'promises_more'
        | 'hides_threshold'
        | 'denies_limit'
        | 'wider_than_scope'
        | 'untrue_scarcity'
        | 'untrue_deadline'
        | 'hides_end'
        | 'absolute_word'
        | 'says_cash'
        | 'typed_price'
        | 'recruits';
      readonly said: string;
    }
  | { readonly code: 'untrue_quantity'; readonly said: string; readonly isSo: number }
  | {
      readonly code:
        | 'name_missing'
        | 'amount_wrong'
        | 'quantity_wrong'
        | 'odds_missing'
        | 'odds_wrong'
        | 'conditions_wrong'
        | 'times_wrong'
        | 'end_changed'
        | 'terms_changed'
        | 'offer_restarted'
        | 'validity_too_short'
        | 'claim_after_validity'
        | 'pays_by_head'
        | 'pays_by_levels'
        | 'asks_entry'
        | 'given_away_with_others';
    }
  | { readonly code: 'prize_too_big'; readonly fen: number; readonly fenMax: number }
  | { readonly code: 'budget_below_promise'; readonly fen: number }
  | { readonly code: 'below_floor'; readonly fen: number }
);

/** Makes a union member of each code without saying its type. */
export const fault = <const F extends LawFault>(one: F): LawFault => one;

/** From and until when it runs: a coupon is claimed, a team opened, a promotion in force. */
export function windowOf(campaign: Campaign): { from: number; until: number } {
  return campaign.kind === 'coupon'
    ? { from: campaign.claimFrom, until: campaign.claimUntil }
    : { from: campaign.startsAt, until: campaign.endsAt };
}

/** How many there are: coupons, packets to share, or packets that grow to their cap; null where anybody may have it. */
export function quantityOf(campaign: Campaign): number | null {
  switch (campaign.kind) {
    case 'coupon':
      return Math.min(campaign.total, Math.floor(campaign.budgetFen / worstCaseFen(campaign.rule)));
    case 'team':
      return Math.floor(campaign.budgetFen / campaign.potFen);
    case 'packet':
      return Math.floor(campaign.budgetFen / Math.max(1, ...campaign.terms.map(({ capFen }) => capFen)));
    case 'promotion':
      return null;
  }
}

/** From which amount on it takes something off; 0: from any amount. */
export function fullFenOf(campaign: Campaign): number {
  switch (campaign.kind) {
    case 'coupon':
      return thresholdFen(campaign.rule);
    case 'team':
      return campaign.coupon.kind === 'threshold' ? campaign.coupon.fullFen : 0;
    case 'packet':
      return 0;
    case 'promotion':
      switch (campaign.rule.kind) {
        case 'full_reduction':
          return campaign.rule.fullFen;
        case 'amount_ladder':
          return campaign.rule.steps[0]?.fullFen ?? 0;
        case 'piece_ladder':
          return 0;
      }
  }
}

/** The largest share of a price that a coupon takes off; 0 for an amount without a threshold. */
export function couponCutPermille(rule: CouponRule): number {
  if (rule.kind === 'percent') return rule.cutPermille;
  return rule.kind === 'threshold' ? Math.floor((rule.cutFen * 1000) / rule.fullFen) : 0;
}

/** The largest share of a price that it takes off by itself, in thousandths; 0 for an amount without a threshold. */
export function cutPermilleOf(campaign: Campaign): number {
  switch (campaign.kind) {
    case 'promotion':
      return deepestCutPermille(campaign.rule);
    case 'coupon':
      return couponCutPermille(campaign.rule);
    case 'team':
      return campaign.coupon.kind === 'threshold' ? Math.floor((campaign.mostFen * 1000) / campaign.coupon.fullFen) : 0;
    case 'packet':
      return 0;
  }
}

type RuleOf<C> = C extends { kind: 'team' }
  ? Pick<C, Extract<keyof C, 'kind' | 'scope' | 'potFen' | 'size' | 'leastPermille' | 'leaderExtraPermille' | 'coupon'>>
  : C extends { kind: 'packet' }
    ? Pick<C, Extract<keyof C, 'kind' | 'scope' | 'baseFen' | 'guestPermille' | 'stepPermille' | 'capPermille'>>
    : Pick<C, Extract<keyof C, 'kind' | 'scope' | 'rule'>>;

/** Rule and goods as one text, whatever order they were listed in. */
export function termsOf(campaign: RuleOf<Campaign>): string {
  return JSON.stringify(sorted([campaign.kind, whatIsGiven(campaign), goodsOf(campaign.scope)]));
}

function whatIsGiven(campaign: RuleOf<Campaign>): unknown {
  switch (campaign.kind) {
    case 'team':
      return [campaign.potFen, campaign.size, campaign.leastPermille, campaign.leaderExtraPermille, campaign.coupon];
    case 'packet':
      return [campaign.baseFen, campaign.guestPermille, campaign.stepPermille, campaign.capPermille];
    default:
      return campaign.rule;
  }
}

const goodsOf = (scope: PromotionScope): readonly string[] =>
  scope.kind === 'all'
    ? ['all']
    : [scope.kind, ...[...(scope.kind === 'categories' ? scope.ids : scope.handles)].sort()];

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, sorted(one)]);
}
