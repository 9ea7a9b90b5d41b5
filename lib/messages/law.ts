import type { Article, LawFault } from '../domain/law/campaign.ts';
import { yuanText } from './money.ts';

type Said = { zh: string; en: string };

/** As an operator can look them up. The numbers are of the texts that reliability is built on; see docs/law.md. */
const ARTICLE_NAMES: Readonly<Record<Article, Said>> = {
  unfair_competition_8: {
    zh: '反不正当竞争法（2019）第八条',
    en: 'Anti-Unfair-Competition Law (2019), art. 8',
  },
  unfair_competition_10: {
    zh: '反不正当竞争法（2019）第十条',
    en: 'Anti-Unfair-Competition Law (2019), art. 10',
  },
  sales_promotion_5: { zh: '规范促销行为暂行规定第五条', en: 'Sales Promotion Rules (Order 32), art. 5' },
  sales_promotion_6: { zh: '规范促销行为暂行规定第六条', en: 'Sales Promotion Rules (Order 32), art. 6' },
  sales_promotion_13: { zh: '规范促销行为暂行规定第十三条', en: 'Sales Promotion Rules (Order 32), art. 13' },
  sales_promotion_20: { zh: '规范促销行为暂行规定第二十条', en: 'Sales Promotion Rules (Order 32), art. 20' },
  price_marking_16: { zh: '明码标价和禁止价格欺诈规定第十六条', en: 'Price Marking Rules (Order 56), art. 16' },
  price_marking_19: { zh: '明码标价和禁止价格欺诈规定第十九条', en: 'Price Marking Rules (Order 56), art. 19' },
  advertising_9: { zh: '广告法第九条', en: 'Advertising Law, art. 9' },
  pyramid_selling_7: { zh: '禁止传销条例第七条', en: 'Regulation on Prohibition of Pyramid Selling, art. 7' },
  price_14: { zh: '价格法第十四条', en: 'Price Law, art. 14' },
  consumer_26: { zh: '消费者权益保护法第二十六条', en: 'Consumer Protection Law, art. 26' },
};

type Sayings = { readonly [Code in LawFault['code']]: (fault: Extract<LawFault, { code: Code }>) => Said };

const SAYINGS: Sayings = {
  name_missing: () => ({ zh: '请填写中文和英文名称', en: 'Please name it in Chinese and in English.' }),
  promises_more: ({ said }) => ({
    zh: `名称里的“${said}”，规则给不到。请按规则改名称，或改规则`,
    en: `The name says “${said}” and the rule gives less. Name what the rule gives, or change the rule.`,
  }),
  hides_threshold: ({ said }) => ({
    zh: `名称写了“${said}”，实际要求更多。请去掉，或改规则`,
    en: `The name says “${said}” and more is asked for. Leave it out, or change the rule.`,
  }),
  denies_limit: ({ said }) => ({
    zh: `名称写了“${said}”，实际有上限。请去掉`,
    en: `The name says “${said}” and there is a limit. Leave it out.`,
  }),
  wider_than_scope: ({ said }) => ({
    zh: `名称写了“${said}”，只有部分商品可用。请写明哪些商品，或改为全部商品`,
    en: `The name says “${said}” and it is for some goods only. Say which, or make it for all goods.`,
  }),
  untrue_scarcity: ({ said }) => ({
    zh: `“${said}”不会随实际数量变化。请去掉，页面会显示真实进度`,
    en: `“${said}” does not follow what is really left. Leave it out: the page shows the true figure.`,
  }),
  untrue_quantity: ({ said, isSo }) => ({
    zh: `名称写了“${said}”，实际发 ${isSo} 份。请改成一致`,
    en: `The name says “${said}” and there are ${isSo}. Make them the same.`,
  }),
  untrue_deadline: ({ said }) => ({
    zh: `名称写了“${said}”，活动比这更长。请去掉，或缩短时间`,
    en: `The name says “${said}” and it lasts longer. Leave it out, or make it shorter.`,
  }),
  hides_end: ({ said }) => ({
    zh: `名称写了“${said}”，实际有期限。请去掉`,
    en: `The name says “${said}” and it ends. Leave it out.`,
  }),
  absolute_word: ({ said }) => ({
    zh: `“${said}”是绝对化用语，广告里不能用。请换成事实，例如减多少`,
    en: `“${said}” is a superlative that advertising may not use. Say a fact instead, such as how much is taken off.`,
  }),
  says_cash: ({ said }) => ({
    zh: `名称写了“${said}”，发的是券，不能提现。请改成红包或券`,
    en: `The name says “${said}” and people get a coupon, not cash. Say packet or coupon.`,
  }),
  typed_price: ({ said }) => ({
    zh: `“${said}”是手写的对比价。请去掉，划线价由系统按近 7 天成交价计算`,
    en: `“${said}” is a typed price to compare with. Leave it out: it is worked out from prices paid in the last 7 days.`,
  }),
  recruits: ({ said }) => ({
    zh: `“${said}”是拉人头的说法。请去掉`,
    en: `“${said}” pays people for bringing in others. Leave it out.`,
  }),
  amount_wrong: () => ({
    zh: '金额不成立：都要大于 0，减的要小于满的，份额之和等于总额。请改金额',
    en: 'The amounts cannot be: above 0, less off than is asked for, shares that add up. Please change them.',
  }),
  quantity_wrong: () => ({
    zh: '数量不成立：总数和每人可得都要大于 0，每人可得不超过总数。请改数量',
    en: 'The numbers cannot be: above 0, and no more per person than there are. Please change them.',
  }),
  odds_missing: () => ({
    zh: '没有公布中奖概率。请重新保存草稿，由系统算出概率表',
    en: 'The odds are missing. Save the draft again: the table is worked out from the rule.',
  }),
  odds_wrong: () => ({
    zh: '概率表不完整：各档要相连，合计 100%。请重新保存草稿',
    en: 'The table of odds has gaps or does not add up to 100%. Save the draft again.',
  }),
  conditions_wrong: () => ({
    zh: '使用门槛要高于最大的一份。请提高门槛，或减小总额',
    en: 'The threshold must be above the largest share. Raise it, or make the pot smaller.',
  }),
  times_wrong: () => ({
    zh: '结束要晚于开始，也要晚于现在。请改时间',
    en: 'It ends after it starts, and after now. Please change the times.',
  }),
  end_changed: () => ({
    zh: '已公布的结束时间不能改。请等它结束，或停止后另建',
    en: 'An end that was published does not change. Let it end, or stop it and make another.',
  }),
  terms_changed: () => ({
    zh: '已公布的规则不能改。请停止后另建',
    en: 'Rules that were published do not change. Stop it and make another.',
  }),
  offer_restarted: () => ({
    zh: '同样的优惠 7 天内刚办过，重新计时会误导顾客。请在名称里写明“返场”或“延长”，或隔 7 天再办',
    en: 'The same offer ran within the last 7 days. Say in its name that it is back or extended, or wait 7 days.',
  }),
  validity_too_short: () => ({
    zh: '领到后来不及用：至少要有 1 小时可用。请延长使用期限',
    en: 'There is no time to use it: an hour at least. Please make it longer.',
  }),
  claim_after_validity: () => ({
    zh: '券过期后还能领。请让使用期限晚于活动结束',
    en: 'It can be had after it has expired. Let its use end after the campaign.',
  }),
  pays_by_head: () => ({
    zh: '按拉来的人数或他们的消费给奖励。请改成每人领自己的一份',
    en: 'It pays by the number of people brought in, or by what they buy. Let everybody have his own share.',
  }),
  pays_by_levels: () => ({
    zh: '奖励超过一级：只能奖励自己直接邀请的人带来的一级。请取消多级',
    en: 'It pays on more than one level. Only those whom somebody brought himself may count.',
  }),
  asks_entry: () => ({
    zh: '参加要先付钱或先买东西。请取消这个条件',
    en: 'Taking part costs money or a purchase. Leave that out.',
  }),
  prize_too_big: ({ fen, fenMax }) => ({
    zh: `最大的一份可能到 ¥${yuanText(fen)}，抽奖的最高奖不能超过 ¥${yuanText(fenMax)}。请减小总额`,
    en: `The largest share can be ¥${yuanText(fen)}; a prize by chance may be ¥${yuanText(fenMax)} at most. Make the pot smaller.`,
  }),
  budget_below_promise: ({ fen }) => ({
    zh: `预算不够兑现承诺，至少要 ¥${yuanText(fen)}。请增加预算，或减少每人可得`,
    en: `The budget does not cover what is promised: ¥${yuanText(fen)} at least. Raise it, or promise less per person.`,
  }),
  below_floor: ({ fen }) => ({
    zh: `减后最便宜的商品只剩 ¥${yuanText(fen)}，低于成本底线。请加门槛、减小金额，或换商品`,
    en: `The cheapest of its goods would cost ¥${yuanText(fen)}, below the floor. Add a threshold, take less off, or choose other goods.`,
  }),
  given_away_with_others: () => ({
    zh: '和正在进行的优惠、红包叠加后等于白送。请减小力度，或错开时间',
    en: 'Together with offers and packets that run, goods would be given away. Take less off, or choose other days.',
  }),
};

/** What a fault rests on, and what to change. */
export function lawSays(fault: LawFault): { code: string; article: Said; says: Said } {
  const say = SAYINGS[fault.code] as (one: LawFault) => Said;
  return { code: fault.code, article: ARTICLE_NAMES[fault.article], says: say(fault) };
}
