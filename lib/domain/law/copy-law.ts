import { cutOf } from '../pricing/promotion.ts';
import { couponCutFen, worstCaseFen } from '../promo/coupon.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import {
  type Campaign,
  cutPermilleOf,
  fault,
  fullFenOf,
  type LawFacts,
  type LawFault,
  quantityOf,
  windowOf,
} from './campaign.ts';
import { type Claim, claimsOf, numberOf, plain } from './claims.ts';
import {
  ABSOLUTE,
  CASH,
  ENDLESS,
  found,
  NO_CAP,
  NO_QUANTITY_LIMIT,
  NO_THRESHOLD,
  RECRUITS,
  SCARCE,
  TYPED_PRICE,
  WHOLE_SHOP,
} from './words.ts';

/** What the name of a campaign says against what its rule gives. */
export function copyFaults(campaign: Campaign, facts: LawFacts): LawFault[] {
  const { name } = campaign;
  if (!name.zh.trim() || !name.en.trim()) return [fault({ code: 'name_missing', article: 'sales_promotion_5' })];
  const claims = [...claimsOf(name.zh, 'zh'), ...claimsOf(name.en, 'en')];
  const faults: LawFault[] = claims
    .filter((claim) => !isKept(claim, campaign))
    .map(({ said }) => ({ code: 'promises_more', article: 'price_marking_19', said }));
  const add = (said: string | null, one: { code: Said; article: LawFault['article'] }) => {
    if (said !== null) faults.push({ ...one, said });
  };
  add(found(name, ABSOLUTE), { code: 'absolute_word', article: 'advertising_9' });
  add(found(name, CASH), { code: 'says_cash', article: 'sales_promotion_5' });
  add(found(name, TYPED_PRICE), { code: 'typed_price', article: 'price_marking_16' });
  add(found(name, RECRUITS), { code: 'recruits', article: 'pyramid_selling_7' });
  add(found(name, SCARCE), { code: 'untrue_scarcity', article: 'unfair_competition_8' });
  add(found(name, ENDLESS), { code: 'hides_end', article: 'sales_promotion_20' });
  if (campaign.kind === 'promotion' || fullFenOf(campaign) > 0) {
    add(found(name, NO_THRESHOLD), { code: 'hides_threshold', article: 'sales_promotion_20' });
  }
  if (isCapped(campaign)) add(found(name, NO_CAP), { code: 'denies_limit', article: 'price_marking_19' });
  if (campaign.kind !== 'promotion') {
    add(found(name, NO_QUANTITY_LIMIT), { code: 'denies_limit', article: 'price_marking_19' });
  }
  add(tooWide(campaign, facts), { code: 'wider_than_scope', article: 'sales_promotion_5' });
  add(untrueDeadline(campaign), { code: 'untrue_deadline', article: 'price_marking_19' });
  add(tooFewPeople(campaign), { code: 'hides_threshold', article: 'sales_promotion_20' });
  const quantity = untrueQuantity(campaign);
  if (quantity) faults.push(quantity);
  return faults;
}

type Said = Exclude<Extract<LawFault, { said: string }>['code'], 'untrue_quantity'>;

/** Whether the rule gives what the words promise. */
function isKept(claim: Claim, campaign: Campaign): boolean {
  switch (claim.kind) {
    case 'pair':
      return (
        cutAt(campaign, claim.fullFen) >= claim.cutFen &&
        (!claim.isEach || cutAt(campaign, 2 * claim.fullFen) >= 2 * claim.cutFen)
      );
    case 'amount':
      return claim.fen <= mostFen(campaign, claim.isMost);
    case 'for_all':
      return claim.fen <= leastFen(campaign);
    case 'share':
      return paysAt(campaign, claim) <= claim.payPermille;
    case 'free':
      return false;
  }
}

/** What goods of `fullFen` get off. */
function cutAt(campaign: Campaign, fullFen: number): number {
  switch (campaign.kind) {
    case 'coupon':
      return couponCutFen(campaign.rule, fullFen);
    case 'promotion':
      return cutOf(campaign.rule, fullFen, campaign.rule.kind === 'piece_ladder' ? 0 : 1);
    case 'team':
    case 'packet':
      return fullFenOf(campaign) <= fullFen ? leastFen(campaign) : 0;
  }
}

/** What everybody gets who takes part: the smallest share, or what a friend's packet begins with. */
function leastFen(campaign: Campaign): number {
  if (campaign.kind === 'team') return campaign.leastFen;
  return campaign.kind === 'packet'
    ? Math.min(...campaign.terms.map(({ baseFen }) => baseFen))
    : mostFen(campaign, false);
}

/** The most that it takes off once; where a rule goes on for ever, `isMost` may be any amount. */
function mostFen(campaign: Campaign, isMost: boolean): number {
  if (campaign.kind === 'coupon') return worstCaseFen(campaign.rule);
  if (campaign.kind === 'team') return isMost ? campaign.mostFen : campaign.potFen;
  if (campaign.kind === 'packet')
    return isMost ? Math.max(...campaign.terms.map(({ capFen }) => capFen)) : campaign.baseFen;
  const { rule } = campaign;
  if (rule.kind === 'piece_ladder' || (rule.kind === 'full_reduction' && rule.isEach && isMost)) {
    return Number.POSITIVE_INFINITY;
  }
  return rule.kind === 'full_reduction' ? rule.cutFen : Math.max(0, ...rule.steps.map(({ cutFen }) => cutFen));
}

/** Thousandths that are paid at best, from the amount or the pieces that the words name; above 1000: no share is given. */
function paysAt(campaign: Campaign, { fullFen, pieces }: Extract<Claim, { kind: 'share' }>): number {
  const NONE = 1001;
  if (pieces !== null) {
    if (campaign.kind !== 'promotion' || campaign.rule.kind !== 'piece_ladder') return NONE;
    return campaign.rule.steps.findLast((step) => step.pieces <= pieces)?.payPermille ?? NONE;
  }
  if (fullFen !== null && fullFenOf(campaign) > fullFen) return NONE;
  const cut = cutPermilleOf(campaign);
  return cut > 0 && !('reward' in campaign) ? 1000 - cut : NONE;
}

function isCapped(campaign: Campaign): boolean {
  if (campaign.kind !== 'promotion') return true;
  return campaign.rule.kind === 'amount_ladder' || (campaign.rule.kind === 'full_reduction' && !campaign.rule.isEach);
}

/** What may stand before 全场 without saying which goods: festivals, times, signs. */
const FESTIVE =
  /双11|双十一|双12|双十二|618|年终|年中|周年庆?|新人|会员|限时|今日|今晚|狂欢|大促|开门红|返场|预售|购物节|好物节|节日?|盛典|季|首单|钜惠|特惠|优惠|福利|festa|\d|[^\p{L}]/gu;

/**
 * Words for the whole shop above a part of it. 家居全场 is for homeware where the campaign is; 电器全场 cannot be judged
 * and is let be; 全场通用 is for the whole shop whatever stands before it.
 */
function tooWide({ scope, name }: Campaign, { categoryNames }: LawFacts): string | null {
  if (scope.kind === 'all') return null;
  const said = found(name, WHOLE_SHOP);
  if (said === null || !/^全[场店站]$/.test(said)) return said;
  const text = plain(name.zh, 'zh');
  const before = text.slice(0, text.indexOf(said));
  if (categoryNames.some(({ zh }) => before.includes(plain(zh, 'zh')))) return null;
  return before.replace(FESTIVE, '') === '' ? said : null;
}

const ONE_DAY: readonly RegExp[] = [
  /(?:仅|只)限?(?:今[日天晚]|当[日天])|今[日天](?:限定|专享|特惠|截止|结束)|(?:仅|只)此一[天日次]|最后(?:一|1)[天日]|最后机会|(?:即将|马上|今晚|今日)(?:结束|截止|下架)|当日有效|末日/,
  /\btoday only|\bone day only|\blast day\b|\blast chance|\bfinal (?:hours|day)|\bends (?:today|tonight|soon)|\btonight only|\bhurry\b/,
];
const SOME_TIME: readonly RegExp[] = [
  /(?:仅限?|只限?|限时|最后|倒计时|仅有)(\d+|[一二两三四五六七八九十]+)个?(分钟|小时|天|日)/,
  /(?:only for |for )?(?:the )?(?:last |final |next )?(\d+)[ -]?(minutes?|hours?|days?) only|(?:last|final|only) (\d+) (minutes?|hours?|days?)/,
];
const LONG: Readonly<Record<string, number>> = {
  分: MINUTE_MS,
  小: HOUR_MS,
  天: DAY_MS,
  日: DAY_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
};

/** A campaign that lasts longer than its name says presses people for nothing. */
function untrueDeadline(campaign: Campaign): string | null {
  const { from, until } = windowOf(campaign);
  for (const text of [plain(campaign.name.zh, 'zh'), plain(campaign.name.en, 'en')]) {
    for (const pattern of ONE_DAY) {
      const said = text.match(pattern)?.[0];
      if (said !== undefined && until - from > DAY_MS) return said;
    }
    for (const pattern of SOME_TIME) {
      const [said, a, b, c, d] = text.match(pattern) ?? [];
      const unit = (b ?? d ?? '')[0] ?? '';
      if (said !== undefined && until - from > numberOf(a ?? c ?? '') * (LONG[unit] ?? 0)) return said;
    }
  }
  return null;
}

const QUANTITY: readonly RegExp[] = [
  /(?<!每人|人|每单|每日|每天|每次|领)(?:限量|限|前|首|共|仅限?|只有|总共)(?:发|放)?(\d[\d,]*万?|[一二两三四五六七八九十百千万]{2,})(?:张|份|个|名|位|单)/,
  /\bfirst (\d[\d,]*) (?:people|orders|shoppers|customers|claims|buyers|teams)|\blimited to (\d[\d,]*)\b|\bonly (\d[\d,]*) (?:coupons|packets|available|teams)/,
];

/** 限量500张 must be 500: more would be scarce only in words, fewer would not be there. */
function untrueQuantity(campaign: Campaign): LawFault | null {
  const isSo = quantityOf(campaign) ?? 0;
  const texts = [plain(campaign.name.zh, 'zh'), plain(campaign.name.en, 'en')];
  for (const [index, pattern] of QUANTITY.entries()) {
    const [said, a, b, c] = texts[index]?.match(pattern) ?? [];
    if (said === undefined) continue;
    const stated = numberOf((a ?? b ?? c ?? '').replaceAll(',', ''));
    const isTrue = stated === isSo || (campaign.kind === 'team' && stated === isSo * campaign.size);
    if (!isTrue) return fault({ code: 'untrue_quantity', article: 'unfair_competition_8', said, isSo });
  }
  return null;
}

const TEAM_OF: readonly (readonly [pattern: RegExp, besides: number])[] = [
  [/(\d+|[两二三四五六七八九十])人(?:组队|成团|团|瓜分|一起|就能|即可|同分)/, 0],
  [/(?:邀请?|拉|叫|找)(?:满)?(\d+|[一两二三四五六七八九十])(?:位|个|名)?(?:好友|朋友|人|新人|伙伴)/, 1],
  [/\b(?:teams? of|share between) (\d+)\b/, 0],
  [/\binvite (\d+) (?:friends|people)/, 1],
];

/** A team that needs more people than its name says. */
function tooFewPeople(campaign: Campaign): string | null {
  if (campaign.kind !== 'team') return null;
  for (const text of [plain(campaign.name.zh, 'zh'), plain(campaign.name.en, 'en')]) {
    for (const [pattern, besides] of TEAM_OF) {
      const [said, stated] = text.match(pattern) ?? [];
      if (said !== undefined && numberOf(stated ?? '') + besides < campaign.size) return said;
    }
  }
  return null;
}
