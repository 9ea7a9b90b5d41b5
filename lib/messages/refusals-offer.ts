import type { Locale } from '../contracts/contract.ts';
import type { AnyRefusal } from '../contracts/named.ts';
import { chinaTime } from './china-time.ts';

type Code =
  | 'unknown_offer'
  | 'offer_not_open'
  | 'offer_over'
  | 'offer_paused'
  | 'offer_gone'
  | 'offer_gone_today'
  | 'offer_outside_hours'
  | 'store_shut'
  | 'offer_claimed_today'
  | 'not_near'
  | 'moved_too_fast'
  | 'unknown_store_password'
  | 'store_password_locked'
  | 'coupon_code'
  | 'coupon_redeemed'
  | 'offer_stopped'
  | 'coupon_expired'
  | 'coupon_outside_hours'
  | 'offer_wrong'
  | 'unknown_stores'
  | 'too_many_offers';

type Sentences = { readonly [C in Code]: (facts: Extract<AnyRefusal, { code: C }>) => string };

/** Sentences of the refusals of stores' offers, for shoppers, clerks and operators. */
export const offerSentences: { readonly [L in Locale]: Sentences } = {
  'zh-CN': {
    unknown_offer: () => '这家门店没有这个优惠，请刷新后再看',
    offer_not_open: ({ opensAt }) => `还没有开始，${chinaTime(opensAt)} 开始领取`,
    offer_over: () => '这个门店优惠已经结束',
    offer_paused: () => '这个优惠正在核对，请稍后再来',
    offer_gone: () => '已经领完了',
    offer_gone_today: () => '今天的已经领完，明天再来',
    offer_outside_hours: ({ opensAt }) => `现在不在优惠时段，${chinaTime(opensAt)} 开始`,
    store_shut: ({ opensAt }) =>
      opensAt === null ? '这家门店暂停营业，请选择其他门店' : `门店还没有营业，${chinaTime(opensAt)} 开门后可以领取`,
    offer_claimed_today: () => '今天已经领过这家门店的优惠，明天再来',
    not_near: () => '你似乎不在这家门店附近，走近一些再试，或输入门店口令领取',
    moved_too_fast: () => '与上一次领取的门店离得太远，请到柜台向店员要口令，输入口令领取',
    unknown_store_password: ({ triesLeft }) => `口令不对，请核对后再输，还可以试 ${triesLeft} 次`,
    store_password_locked: ({ until }) => `口令输错次数过多，${chinaTime(until)} 后可以再试`,
    coupon_code: () => '这是到店券的券码，请刷新柜台页面后再扫',
    coupon_redeemed: ({ redemption }) =>
      `这张券已于 ${chinaTime(redemption.at)} 在“${redemption.store.name.zh}”由${redemption.isMine ? '你' : redemption.clerkName}核销`,
    offer_stopped: () => '这个优惠已由商家撤回，这张券不能再用',
    coupon_expired: ({ until }) => `这张券已过期（${chinaTime(until)}）`,
    coupon_outside_hours: ({ until }) => `优惠时段已过（${chinaTime(until)} 结束），这张券不能再用`,
    offer_wrong: ({ fault }) =>
      ({
        cut_too_big: '优惠金额要小于门槛金额',
        window_wrong: '有效时间有误',
        claim_times_wrong: '结束时间要晚于现在，也要晚于开始时间',
        budget_too_small: '预算要够至少一张券',
        not_a_number: '请填写大于 0 的数量；每天的数量不超过总量，有效时长 60 到 1440 分钟',
        hours_wrong: '优惠时段有误，结束要晚于开始，最长 24 小时',
        stores_wrong: '请选择 1 到 2000 家门店，不要重复',
      })[fault] ?? '优惠设置有误',
    unknown_stores: ({ ids }) => `没有找到这些门店：${ids.slice(0, 5).join('、')}`,
    too_many_offers: ({ max }) => `同时进行的门店优惠最多 ${max} 个，请先停止一个`,
  },
  'en-US': {
    unknown_offer: () => 'This store has no such offer. Please look again.',
    offer_not_open: ({ opensAt }) => `It has not begun; it starts at ${chinaTime(opensAt)} (China time).`,
    offer_over: () => 'This store’s offer is over.',
    offer_paused: () => 'This offer is being looked at. Please come again later.',
    offer_gone: () => 'All of them are claimed.',
    offer_gone_today: () => 'All of today’s are claimed. Come again tomorrow.',
    offer_outside_hours: ({ opensAt }) => `Not at this hour; it starts at ${chinaTime(opensAt)} (China time).`,
    store_shut: ({ opensAt }) =>
      opensAt === null
        ? 'This store is closed for now. Please choose another.'
        : `The store is shut; you can claim once it opens at ${chinaTime(opensAt)} (China time).`,
    offer_claimed_today: () => 'You have claimed this store’s offer today. Come again tomorrow.',
    not_near: () => 'You do not seem to be near this store. Go closer and try again, or type the store’s password.',
    moved_too_fast: () =>
      'That is too far from the store of your last claim. Ask for the password at the counter and type it here.',
    unknown_store_password: ({ triesLeft }) => `That is not the password. Please check it; ${triesLeft} tries left.`,
    store_password_locked: ({ until }) => `Too many wrong passwords. Try again after ${chinaTime(until)} (China time).`,
    coupon_code: () => 'This is the code of a store coupon. Reload the counter and scan it again.',
    coupon_redeemed: ({ redemption }) =>
      `Redeemed at ${chinaTime(redemption.at)} (China time) at “${redemption.store.name.en}” by ${redemption.isMine ? 'you' : redemption.clerkName}.`,
    offer_stopped: () => 'The shop has taken this offer back; the coupon is good no longer.',
    coupon_expired: ({ until }) => `This coupon ran out at ${chinaTime(until)} (China time).`,
    coupon_outside_hours: ({ until }) =>
      `The hours of this offer were over at ${chinaTime(until)} (China time); the coupon is good no longer.`,
    offer_wrong: ({ fault }) =>
      ({
        cut_too_big: 'What it takes off must be less than what is to be spent.',
        window_wrong: 'The days are wrong.',
        claim_times_wrong: 'The end must be after now and after the beginning.',
        budget_too_small: 'The budget must cover one coupon at least.',
        not_a_number: 'Numbers above 0, please; no more a day than in all, and good for 60 to 1,440 minutes.',
        hours_wrong: 'The hours are wrong: the end after the beginning, 24 hours at most.',
        stores_wrong: 'Choose 1 to 2,000 stores, each once.',
      })[fault] ?? 'The offer is wrong.',
    unknown_stores: ({ ids }) => `There are no such stores: ${ids.slice(0, 5).join(', ')}`,
    too_many_offers: ({ max }) => `${max} store offers may run at once. Stop one first.`,
  },
};
