import { couponClaim, couponMine, couponsRead } from '../../lib/contracts/coupon.ts';
import { accept } from '../../lib/domain/result.ts';
import { handle, type Route } from '../platform/door.ts';
import { type Risk, refusedBy } from '../risk/service.ts';
import type { CouponService } from './service.ts';

export function couponRoutes({ coupons, risk }: { coupons: CouponService; risk: Risk }): Route[] {
  return [
    handle(couponsRead, async (_request, { now }) => accept({ now, templates: await coupons.claimable() })),
    handle(couponMine, async (_request, { shopperId }) => accept(await coupons.mine(shopperId))),
    handle(couponClaim, async ({ key, templateId, device }, context) => {
      const command = { shopperId: context.shopperId, key, templateId };
      // A coupon with a threshold is an offer; money without one is what farms are after.
      if (!(await coupons.isReward(templateId))) return coupons.claim(command);
      const asked = { mechanic: 'coupon', command: 'coupon.claim', campaignId: templateId, device } as const;
      const verdict = await risk.decide({ ...asked, shopperId: context.shopperId, key, caller: context });
      if (verdict.kind === 'go') return coupons.claim({ ...command, hold: verdict.hold });
      // What was given before is told again, whatever would be decided now.
      return (await coupons.answered(command)) ?? refusedBy(verdict);
    }),
  ];
}
