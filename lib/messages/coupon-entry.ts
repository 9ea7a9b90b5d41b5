import { defineMessages } from './define.ts';

/** The way to the coupon centre from pages that are drawn at the publish: it costs them no script. */
export const couponEntryMessages = defineMessages({
  'zh-CN': { entry: '领券' },
  'en-US': { entry: 'Coupons' },
});
