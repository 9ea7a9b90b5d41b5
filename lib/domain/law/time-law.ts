import { validityOf } from '../promo/coupon.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { type Campaign, fault, type LawFacts, type LawFault, type Offer, termsOf, windowOf } from './campaign.ts';
import { plain } from './claims.ts';

/** The same offer does not begin again so soon after its end, unless it says that it does. */
export const RESTART_MS = 7 * DAY_MS;
/** Whoever has a coupon has at least this long to use it. */
export const USE_MS_MIN = HOUR_MS;

/** Beginning, end and what may be used when. */
export function timeFaults(campaign: Campaign, facts: LawFacts): LawFault[] {
  const { from, until } = windowOf(campaign);
  const article = campaign.kind === 'team' ? 'sales_promotion_13' : 'sales_promotion_20';
  const faults: LawFault[] = [];
  if (!(from < until) || until <= facts.now) faults.push(fault({ code: 'times_wrong', article }));
  else faults.push(...validityFaults(campaign, facts.now));
  if (facts.published) faults.push(...changeFaults(facts.published, campaign));
  else if (isRestart(campaign, facts)) faults.push(fault({ code: 'offer_restarted', article: 'price_marking_19' }));
  return faults;
}

function validityFaults(campaign: Campaign, now: number): LawFault[] {
  if (campaign.kind === 'promotion') return [];
  const { from, until } = windowOf(campaign);
  const begin = Math.max(from, now);
  if (campaign.kind === 'coupon') {
    const { validFrom, validUntil } = validityOf(campaign.validity, begin);
    if (campaign.validity.kind === 'window' && until > validUntil) {
      return [fault({ code: 'claim_after_validity', article: 'sales_promotion_6' })];
    }
    const hasTime = validUntil - Math.max(validFrom, begin) >= USE_MS_MIN;
    return hasTime ? [] : [fault({ code: 'validity_too_short', article: 'consumer_26' })];
  }
  if (campaign.kind === 'packet') {
    return campaign.lifeHours * HOUR_MS >= USE_MS_MIN
      ? []
      : [fault({ code: 'validity_too_short', article: 'consumer_26' })];
  }
  const { goodFor, openHours, gatherHours } = campaign;
  if (openHours < 1 || gatherHours < 1) {
    return [fault({ code: 'validity_too_short', article: 'consumer_26' })];
  }
  if (goodFor.kind === 'days') {
    return goodFor.days >= 1 ? [] : [fault({ code: 'validity_too_short', article: 'consumer_26' })];
  }
  if (goodFor.until < until) return [fault({ code: 'claim_after_validity', article: 'sales_promotion_6' })];
  // Who is the last to open the last team's share still has time to use it.
  const isShort = goodFor.until < until + openHours * HOUR_MS + USE_MS_MIN;
  return isShort ? [fault({ code: 'validity_too_short', article: 'consumer_26' })] : [];
}

/** What was published is a promise: the end, and all the rest. */
export function changeFaults(before: Campaign, after: Campaign): LawFault[] {
  const faults: LawFault[] = [];
  const article = after.kind === 'team' ? 'sales_promotion_13' : 'sales_promotion_6';
  const [was, is] = [windowOf(before), windowOf(after)];
  if (was.until !== is.until) faults.push(fault({ code: 'end_changed', article }));
  const isSame =
    was.from === is.from &&
    termsOf(before) === termsOf(after) &&
    before.name.zh === after.name.zh &&
    before.name.en === after.name.en;
  if (!isSame) faults.push(fault({ code: 'terms_changed', article }));
  return faults;
}

const AGAIN = [
  /返场|延长|延期|加时|加场|再来|又来|续期|重启|回归|第[二三四五六七八九十\d]+(?:波|弹|期|轮|场)|每[日天周月]|日常|常驻/,
  /\bagain\b|\bextended\b|\bextension\b|\bis back\b|\breturns?\b|\bencore\b|\bround [2-9]\b|\bdaily\b|\bweekly\b|\bevery (?:day|week)\b/,
];
const HURRIES = [
  /限时|仅限今|只限今|今日|今晚|仅此|只此|最后|倒计时|抢/,
  /\btoday\b|\btonight\b|\blast\b|\bfinal\b|\bflash\b|\blimited time\b|\bends\b|\bonly\b/,
];

const says = ({ zh, en }: Campaign['name'], [ofZh, ofEn]: readonly RegExp[]) =>
  (ofZh?.test(plain(zh, 'zh')) ?? false) || (ofEn?.test(plain(en, 'en')) ?? false);

/** Signs and a counter do not make another name: 满减！ and 满减（2） are one. */
const bare = (text: string) =>
  plain(text, 'zh')
    .replace(/\(\d{1,2}\)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * A clock that runs out and is wound up again. The same goods at the same rule are the same offer where it is called the
 * same, or where its name hurries people; an offer that says that it is back, or that it comes every week, may.
 */
function isRestart(campaign: Campaign, { offers }: LawFacts): boolean {
  if (says(campaign.name, AGAIN)) return false;
  const { from, until } = windowOf(campaign);
  const terms = termsOf(campaign);
  return offers.some((offer: Offer) => {
    if (offer.id === campaign.id || offer.terms !== terms) return false;
    // It ends later than the one before, and begins less than seven days after that one's end.
    if (until <= offer.until || from - offer.until >= RESTART_MS) return false;
    const isSameName = bare(offer.name.zh) === bare(campaign.name.zh);
    return isSameName || says(campaign.name, HURRIES) || says(offer.name, HURRIES);
  });
}
