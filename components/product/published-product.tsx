'use client';

import { Suspense } from 'react';
import type { ProductNotes } from '../../lib/messages/product-notes.ts';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import type { ProductData } from './product-data.ts';
import { ProductScreen } from './product-screen.tsx';
import { useProductNews } from './use-product-news.ts';

/** Few pages outlive their product: fetched only when the server says that it is gone. */
const ProductGone = late(() => import('./product-gone.tsx').then((module) => module.ProductGone));

type PublishedProductProps = { product: ProductData; notes: ProductNotes; publishedAt: number };

/** A published product, which the server's answer replaces as soon as it is there. */
export function PublishedProduct({ product, notes, publishedAt }: PublishedProductProps) {
  const news = useProductNews(product.handle, useLocale());
  const current = news.kind === 'known' ? news.product : product;
  const screen = <ProductScreen product={current} notes={notes} publishedAt={publishedAt} />;
  if (news.kind !== 'gone') return screen;
  return (
    <Suspense fallback={screen}>
      <ProductGone categoryId={product.categoryId} />
    </Suspense>
  );
}
