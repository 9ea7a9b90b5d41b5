import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { OffersPage } from '../../components/offer/offers-page.tsx';

/** `/offers`: a shell; what stores give, and what one holds, come over the wire. */
export function StoreOffersPage() {
  return (
    <ShopFrame foot="tabs">
      <OffersPage />
    </ShopFrame>
  );
}
