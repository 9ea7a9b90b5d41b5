import { defineMessages } from './define.ts';

/**
 * What stands on the cards of pages that are no product, as chat apps show them: in the pictures that a publish draws,
 * and beside them. Short, and without a word that apps forbid: nobody knows in which of them a card is shown.
 */
export const previewMessages = defineMessages({
  'zh-CN': {
    home: '限时抢购 · 实时库存 · 价格透明',
    session: '限时抢购 · 实时库存',
    category: '实时库存 · 价格透明',
    from: (date: string, time: string) => `${date} ${time} 开抢`,
    couponsTitle: '领券中心',
    coupons: '会场优惠券，领到就能用',
    inviteTitle: '来会场逛逛',
    invite: '好物与实时库存，价格透明',
  },
  'en-US': {
    home: 'Timed sales, live stock, clear prices',
    session: 'Timed sale, live stock, clear prices',
    category: 'Live stock, clear prices',
    from: (date, time) => `From ${date} ${time}`,
    couponsTitle: 'Coupons',
    coupons: 'Coupons of the festival, good at once',
    inviteTitle: 'A look round the festival',
    invite: 'Good things, live stock, clear prices',
  },
});
