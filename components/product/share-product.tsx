'use client';

import type { ProductView } from '../../lib/domain/catalog/sku-view.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import type { ProductData } from './product-data.ts';

/** Hands a product on, with what its page says of its price now. */
export function ShareProduct({ product, sku, isFrom }: { product: ProductData } & Pick<ProductView, 'sku' | 'isFrom'>) {
  const { handle, title, pictures } = product;
  return (
    <ShareButton
      path={`/p/${handle}`}
      title={title}
      look="over"
      poster={{ kind: 'goods', handle, goods: { title, picture: pictures[0] ?? null, view: { sku, isFrom } } }}
    />
  );
}
