import { defineMessages } from './define.ts';

export const productCouponMessages = defineMessages({
  'zh-CN': { title: '可领的券', go: '去领券' },
  'en-US': { title: 'Coupons for it', go: 'Get coupons' },
});
