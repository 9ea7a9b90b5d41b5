import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import type { RequestNamed, ValueNamed } from '../../lib/contracts/named.ts';
import { worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsCouponsMessages } from '../../lib/messages/ops-coupons.ts';
import { timeText } from '../staff/staff-words.ts';
import { saysGoods } from './campaign-draft.ts';

export type OpsCoupons = ValueNamed<'ops.coupons'>;
type Terms = Omit<RequestNamed<'ops.saveCoupon'>, 'id' | 'name'>;

const count = (value: number) => value.toLocaleString('en-US');

/** The rule in one sentence. */
export function saysRule(rule: OpsCoupon['rule'], locale: Locale): string {
  const words = opsCouponsMessages[locale];
  switch (rule.kind) {
    case 'threshold':
      return words.say_threshold(yuanText(rule.fullFen), yuanText(rule.cutFen));
    case 'fixed':
      return words.say_fixed(yuanText(rule.cutFen));
    case 'red_packet':
      return words.say_red_packet(yuanText(rule.cutFen));
    case 'percent': {
      const pay = String((1000 - rule.cutPermille) / 100);
      const cap = yuanText(rule.capFen);
      return rule.fullFen > 0 ? words.say_percentOver(yuanText(rule.fullFen), pay, cap) : words.say_percent(pay, cap);
    }
  }
}

/** When it can be claimed and used, as two sentences. */
export function saysTimes(terms: Pick<Terms, 'validity' | 'claimFrom' | 'claimUntil' | 'perPerson'>, locale: Locale) {
  const words = opsCouponsMessages[locale];
  const { validity } = terms;
  return [
    words.sayClaim(timeText(terms.claimFrom, locale), timeText(terms.claimUntil, locale), count(terms.perPerson)),
    validity.kind === 'days'
      ? words.sayDays(count(validity.days))
      : words.sayWindow(timeText(validity.from, locale), timeText(validity.until, locale)),
  ];
}

/** The whole campaign in plain language, with the most that it can cost. */
export function saysAll(terms: Terms, categories: OpsCoupons['categories'], locale: Locale): string[] {
  const words = opsCouponsMessages[locale];
  const eachFen = worstCaseFen(terms.rule);
  const allFen = eachFen * terms.total;
  return [
    saysRule(terms.rule, locale),
    words.sayGoods(saysGoods(terms.scope, categories, locale)),
    ...saysTimes(terms, locale),
    words.worst(yuanText(eachFen), count(terms.total), yuanText(allFen)),
    ...(allFen > terms.budgetFen ? [words.budgetFirst(count(Math.floor(terms.budgetFen / eachFen)))] : []),
    ...(allFen < terms.budgetFen ? [words.budgetSpare(yuanText(terms.budgetFen - allFen))] : []),
  ];
}
