import { defineMessages } from './define.ts';

/** How far the pickup of an order is; in a file of its own, because every order carries it. */
export const pickupStateMessages = defineMessages({
  'zh-CN': {
    state_preparing: '备货中',
    state_ready: '可取货',
    state_handed_over: '已提货',
    state_expired: '超时未提货',
    state_refunded: '已退款',
    hint_preparing: (moment: string) => `预计 ${moment} 前备好，备好后通知你`,
    hint_late: '比预计的晚了，备好后马上通知你',
    hint_ready: (moment: string) => `请在 ${moment} 前提货`,
    hint_handed_over: '商品已提走，感谢光临',
    hint_expired: '没有在期限内提货，款项会全额原路退回',
    hint_refunded: '款项已原路退回',
  },
  'en-US': {
    state_preparing: 'Being prepared',
    state_ready: 'Ready for pickup',
    state_handed_over: 'Picked up',
    state_expired: 'Not picked up in time',
    state_refunded: 'Refunded',
    hint_preparing: (moment: string) => `Ready by ${moment}; you will be told when it is`,
    hint_late: 'Later than promised; you will be told the moment it is ready',
    hint_ready: (moment: string) => `Pick it up by ${moment}`,
    hint_handed_over: 'Your goods were handed over. Thank you',
    hint_expired: 'It was not picked up in time; all of the money goes back the way it came',
    hint_refunded: 'The money went back the way it came',
  },
});
