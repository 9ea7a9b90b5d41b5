'use client';

import { lazy, Suspense } from 'react';

/** Apart, so that pages of products do not load it. */
const ProductGone = lazy(() => import('./product-gone.tsx').then((module) => ({ default: module.ProductGone })));

/** The one page of a shop without products. */
export function NoProduct() {
  return (
    <Suspense>
      <ProductGone />
    </Suspense>
  );
}
