'use client';

import { Suspense } from 'react';
import { late } from '../ui/late.ts';

/** Apart, so that pages of products do not load it. */
const ProductGone = late(() => import('./product-gone.tsx').then((module) => module.ProductGone));

/** The one page of a shop without products. */
export function NoProduct() {
  return (
    <Suspense>
      <ProductGone />
    </Suspense>
  );
}
