import { couponClaim, couponMine, couponsRead } from '../../lib/contracts/coupon.ts';
import { accept } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import type { CouponService } from './service.ts';

export function couponRoutes({ coupons }: { coupons: CouponService }): Route[] {
  return [
    handle(couponsRead, async (_request, { now }) => accept({ now, templates: await coupons.claimable() })),
    handle(couponMine, async (_request, { shopperId }) => accept(await coupons.mine(shopperId))),
    handle(couponClaim, ({ key, templateId }, { shopperId }) => coupons.claim({ shopperId, key, templateId })),
  ];
}
