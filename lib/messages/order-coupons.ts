import { defineMessages } from './define.ts';

/** What became of an order's coupons when it ended. */
export const orderCouponMessages = defineMessages({
  'zh-CN': {
    title: '红包和优惠券',
    back: (until: string) => `已退回券包，${until}`,
    grace: (until: string) => `占用期间已过期，为你延长 24 小时：${until}`,
    backThenExpired: '已退回，之后已过期',
    backThenUsed: '已退回，后来用在另一笔订单',
    closing: '订单关闭后退回',
    spent: '已用在这笔订单',
    withdrawn: '商家收回了这次活动，没有退回',
    wallet: '去我的券包',
    failed: '券的去向没有加载出来，请到我的券包查看',
  },
  'en-US': {
    title: 'Packets and coupons',
    back: (until) => `Back in your wallet. ${until}`,
    grace: (until) => `It ran out while this order held it, so you have 24 hours more. ${until}`,
    backThenExpired: 'It came back, and has expired since.',
    backThenUsed: 'It came back, and another order has used it since.',
    closing: 'It comes back when the order is closed.',
    spent: 'Used on this order.',
    withdrawn: 'The shop took this campaign back, so it did not return.',
    wallet: 'See my wallet',
    failed: 'This could not be loaded. Please see your wallet.',
  },
});
