import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { DecisionsPage } from '../../components/risk/decisions-page.tsx';

/** `/decisions`: a shell; what was decided about its reader comes over the wire. */
export function OwnDecisionsPage() {
  return (
    <ShopFrame foot="tabs">
      <DecisionsPage />
    </ShopFrame>
  );
}
