import type { CouponState } from '../promo/coupon.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { EndsBy } from './offer.ts';

/** What is known of a store coupon when it is shown at a counter; moments in epoch ms. */
export type AtTill = {
  readonly storeId: string;
  readonly state: CouponState;
  readonly validUntil: number;
  readonly endsBy: EndsBy;
  /** The redemption that stands. */
  readonly redemptionId: string | null;
};

export type TillRefusal =
  | { readonly code: 'wrong_store'; readonly storeId: string }
  | { readonly code: 'coupon_redeemed'; readonly redemptionId: string }
  | { readonly code: 'offer_stopped' }
  | { readonly code: 'coupon_expired'; readonly until: number }
  | { readonly code: 'coupon_outside_hours'; readonly until: number };

/** Whether this store may take the coupon now; each no has its own reason. */
export function mayRedeem(coupon: AtTill, storeId: string, now: number): Result<null, TillRefusal> {
  if (coupon.storeId !== storeId) return refuse({ code: 'wrong_store', storeId: coupon.storeId });
  if (coupon.redemptionId !== null) return refuse({ code: 'coupon_redeemed', redemptionId: coupon.redemptionId });
  if (coupon.state === 'void') return refuse({ code: 'offer_stopped' });
  if (coupon.state !== 'usable' || now >= coupon.validUntil) {
    const code = coupon.endsBy === 'hours' ? 'coupon_outside_hours' : 'coupon_expired';
    return refuse({ code, until: coupon.validUntil });
  }
  return accept(null);
}
