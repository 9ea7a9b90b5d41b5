import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { UnpublishedProduct } from '../../components/product/unpublished-product.tsx';
import { catalogue } from '../catalogue.ts';

/** `/item?h=…`: any product that is newer than the publish. */
export function ItemPage() {
  return (
    <ShopFrame foot="bar" isLive>
      <UnpublishedProduct publishedAt={catalogue().publishedAt} />
    </ShopFrame>
  );
}
