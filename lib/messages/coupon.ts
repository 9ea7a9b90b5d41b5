import type { OwnCoupon } from '../contracts/coupon.ts';
import { defineMessages, type Locale } from './define.ts';
import { yuanText } from './money.ts';
import { clockText, daysUntil, momentText } from './time.ts';

type CouponRule = OwnCoupon['rule'];
type CouponScope = OwnCoupon['scope'];

/** What a coupon says of itself, wherever it is shown. */
export const couponMessages = defineMessages({
  'zh-CN': {
    over: (amount: string) => `满 ${amount} 元可用`,
    noMinimum: '无门槛',
    pay: (tenths: string) => `${tenths}折`,
    upTo: (amount: string) => `最多减 ${amount} 元`,
    allGoods: '全场通用',
    someCategories: (names: string) => `限 ${names}`,
    oneProduct: '限指定商品',
    someProducts: (count: number) => `限指定的 ${count} 个商品`,
    notInSession: '场次价商品不可用',
    withSession: '场次价商品也可用',
    joiner: '、',
    window: (from: string, until: string) => `${from} – ${until}`,
    days: (days: number) => `领取后 ${days} 天内可用`,
    endsToday: (time: string) => `今天 ${time} 过期`,
    endsTomorrow: (time: string) => `明天 ${time} 过期`,
    endsOn: (at: string) => `${at} 过期`,
  },
  'en-US': {
    over: (amount) => `over ¥${amount}`,
    noMinimum: 'No minimum',
    pay: (tenths) => `${100 - Number(tenths) * 10}%`,
    upTo: (amount) => `¥${amount} at most`,
    allGoods: 'For all goods',
    someCategories: (names) => `For ${names}`,
    oneProduct: 'For one product',
    someProducts: (count) => `For ${count} products`,
    notInSession: 'Not with session prices',
    withSession: 'With session prices, too',
    joiner: ', ',
    window: (from, until) => `${from} – ${until}`,
    days: (days) => `For ${days} ${days === 1 ? 'day' : 'days'} from claiming`,
    endsToday: (time) => `Expires today ${time}`,
    endsTomorrow: (time) => `Expires tomorrow ${time}`,
    endsOn: (at) => `Expires ${at}`,
  },
});

/** 200 thousandths off → `8`, 150 → `8.5`: the tenths that are paid. */
export function tenthsText(cutPermille: number): string {
  return String((1000 - cutPermille) / 100);
}

/** From which amount on, and up to how much, each on its own. */
export function thresholdParts(rule: CouponRule, locale: Locale): readonly string[] {
  const words = couponMessages[locale];
  const fullFen = 'fullFen' in rule ? rule.fullFen : 0;
  const over = fullFen > 0 ? words.over(yuanText(fullFen)) : words.noMinimum;
  return rule.kind === 'percent' ? [over, words.upTo(yuanText(rule.capFen))] : [over];
}

/** The same in one line. */
export function thresholdText(rule: CouponRule, locale: Locale): string {
  return thresholdParts(rule, locale).join(' · ');
}

/**
 * What a coupon is for. `categories` are names in the language of the page; one whose name is not known is named by its
 * id.
 */
export function scopeText(
  scope: CouponScope,
  categories: readonly (readonly [id: string, name: string])[],
  locale: Locale,
): string {
  const words = couponMessages[locale];
  if (scope.kind === 'all') return words.allGoods;
  if (scope.kind === 'products') {
    return scope.handles.length === 1 ? words.oneProduct : words.someProducts(scope.handles.length);
  }
  const names = scope.ids.map((id) => categories.find(([known]) => known === id)?.[1] ?? id);
  return words.someCategories(names.join(words.joiner));
}

/** Until when: today and tomorrow by name, as what matters most about them. `untilAt` is the first moment after. */
export function expiryText(untilAt: number, now: number, locale: Locale): string {
  const words = couponMessages[locale];
  // Midnight belongs to the day that ends with it: 23:59, not 00:00 of the next.
  const last = untilAt - 1;
  const days = daysUntil(last, now);
  if (days === 0) return words.endsToday(clockText(last));
  if (days === 1) return words.endsTomorrow(clockText(last));
  return words.endsOn(momentText(last, now, locale));
}
