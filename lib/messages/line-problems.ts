import type { Locale } from '../contracts/contract.ts';
import type { LineProblem } from '../contracts/order.ts';
import { clockText } from './time.ts';

type Sentence = (facts: LineProblem) => string;

const sentences: { readonly [L in Locale]: { readonly [Code in LineProblem['code']]: Sentence } } = {
  'zh-CN': {
    unknown_sku: () => '商品已下架',
    not_for_sale: () => '暂不销售',
    sale_stopped: () => '正在核对库存，暂停下单；已下的订单不受影响',
    not_open_yet: ({ opensAt }) => (opensAt ? `${clockText(opensAt)} 开抢` : '尚未开抢'),
    session_over: () => '本场已结束',
    sold_out: ({ left }) => (left ? `库存不足，仅剩 ${left} 件` : '手慢了，已抢光'),
    limit_reached: ({ limit, owned }) =>
      owned ? `每人限购 ${limit ?? 1} 件，你已购买 ${owned} 件` : `每人限购 ${limit ?? 1} 件`,
  },
  'en-US': {
    unknown_sku: () => 'No longer sold',
    not_for_sale: () => 'Not for sale now',
    sale_stopped: () => 'Paused while we check its stock; orders already placed go on',
    not_open_yet: ({ opensAt }) => (opensAt ? `Opens at ${clockText(opensAt)}` : 'Not open yet'),
    session_over: () => 'This session has ended',
    sold_out: ({ left }) => (left ? `Only ${left} left` : 'Sold out, just now'),
    limit_reached: ({ limit, owned }) =>
      owned ? `Limit ${limit ?? 1} per person; you have ${owned}` : `Limit ${limit ?? 1} per person`,
  },
};

/** Why one line cannot be had, in a few words for the line itself. */
export function lineProblemSentence(locale: Locale, problem: LineProblem): string {
  // An installed app may be older than the server that says why.
  const sentence = sentences[locale][problem.code] ?? sentences[locale].not_for_sale;
  return sentence(problem);
}
