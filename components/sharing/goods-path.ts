import type { OwnCoupon } from '../../lib/contracts/coupon.ts';

/** Where a coupon is used: its product or category, the venue, or the wallet, which lists several products. */
export function goodsPath(scope: OwnCoupon['scope']): string {
  if (scope.kind === 'all') return '/';
  if (scope.kind === 'products') return scope.handles.length === 1 ? `/p/${scope.handles[0]}` : '/wallet';
  return scope.ids.length === 1 ? `/c/${scope.ids[0]}` : '/c';
}
