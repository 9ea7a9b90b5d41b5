import type { OwnCoupon } from '../../lib/contracts/coupon.ts';

/** Of the published catalogue, in the language of the page. */
export type CategoryName = readonly [id: string, name: string];
export type CouponScope = OwnCoupon['scope'];
