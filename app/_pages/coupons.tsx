import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { CouponCentre } from '../../components/coupon/coupon-centre.tsx';
import { CouponTicketsSkeleton } from '../../components/ui/coupon-ticket.tsx';
import { couponCentreMessages } from '../../lib/messages/coupon-centre.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { walletMessages } from '../../lib/messages/wallet.ts';
import { catalogue } from '../catalogue.ts';
import { WalletScreen } from '../screens/wallet-screen.tsx';

/** Coupons name categories by id; their names travel with the page. */
const categoryNames = (locale: Locale) =>
  catalogue().categories.map(({ id, name }) => [id, inLocale(name, locale)] as const);

/** The coupon centre of one language: a shell; what can be claimed comes over the wire. */
export function CouponsPage({ locale }: { locale: Locale }) {
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<CouponTicketsSkeleton label={couponCentreMessages[locale].loading} />}>
        <CouponCentre categories={categoryNames(locale)} />
      </Suspense>
    </ShopFrame>
  );
}

/** The wallet of one language. */
export function OwnWalletPage({ locale }: { locale: Locale }) {
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<CouponTicketsSkeleton label={walletMessages[locale].loading} />}>
        <WalletScreen categories={categoryNames(locale)} />
      </Suspense>
    </ShopFrame>
  );
}
