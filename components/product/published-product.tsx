'use client';

import { useLocale } from '../ui/locale.tsx';
import type { ProductData } from './product-data.ts';
import { ProductGone } from './product-gone.tsx';
import { ProductScreen } from './product-screen.tsx';
import { useProductNews } from './use-product-news.ts';

/** A published product, which the server's answer replaces as soon as it is there. */
export function PublishedProduct({ product, publishedAt }: { product: ProductData; publishedAt: number }) {
  const news = useProductNews(product.handle, useLocale());
  if (news.kind === 'gone') return <ProductGone categoryId={product.categoryId} />;
  return <ProductScreen product={news.kind === 'known' ? news.product : product} publishedAt={publishedAt} />;
}
