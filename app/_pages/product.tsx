import type { Metadata } from 'next';
import { pageMetadata } from '../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { NoProduct } from '../../components/product/no-product.tsx';
import { productData } from '../../components/product/product-data.ts';
import { productJsonLd } from '../../components/product/product-json-ld.ts';
import { PublishedProduct } from '../../components/product/published-product.tsx';
import { inLocale, type Locale, pathInLocale } from '../../lib/messages/define.ts';
import { productGoneMessages } from '../../lib/messages/product-gone.ts';
import { productNotesMessages } from '../../lib/messages/product-notes.ts';
import { catalogue } from '../catalogue.ts';
import { shopOrigin } from '../site.ts';

/** A build without products has one page that says so: a route with no page at all stops the export. */
export function productParams(): { handle: string }[] {
  const { products } = catalogue();
  return products.length > 0 ? products.map(({ handle }) => ({ handle })) : [{ handle: 'none' }];
}

const find = (handle: string) => catalogue().products.find((product) => product.handle === handle);

export function productMetadata(locale: Locale, handle: string): Metadata {
  const product = find(handle);
  const picture = product?.pictures[0];
  return pageMetadata({
    locale,
    path: `/p/${handle}`,
    title: product ? inLocale(product.title, locale) : productGoneMessages[locale].notFound,
    description: product
      ? inLocale(product.subtitle, locale) || inLocale(product.description, locale).slice(0, 150)
      : undefined,
    picture: picture && `${picture.path}-800.webp`,
  });
}

export function ProductPage({ locale, handle }: { locale: Locale; handle: string }) {
  const { publishedAt } = catalogue();
  const product = find(handle);
  if (!product) {
    return (
      <ShopFrame>
        <NoProduct />
      </ShopFrame>
    );
  }
  const address = new URL(pathInLocale(`/p/${handle}`, locale), shopOrigin).href;
  return (
    <ShopFrame foot="bar" isLive>
      <script type="application/ld+json">
        {productJsonLd(product, locale, { address, origin: shopOrigin, at: publishedAt })}
      </script>
      <PublishedProduct
        product={productData(product, locale)}
        notes={productNotesMessages[locale]}
        publishedAt={publishedAt}
      />
    </ShopFrame>
  );
}
