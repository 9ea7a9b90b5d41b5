import type { Product } from '../../lib/contracts/catalog.ts';
import { priceNow } from '../../lib/domain/pricing/price-now.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';

type Place = {
  /** The page's own address, and where pictures are found. */
  address: string;
  origin: string;
  /** Prices are as of the publish; each says until when it holds. */
  at: number;
};

/** What search engines read of a product (schema.org), as the text of a data block: it cannot close its own tag. */
export function productJsonLd(product: Product, locale: Locale, { address, origin, at }: Place): string {
  const offers = product.skus.map((sku) => {
    const price = priceNow(sku, at);
    const until = price.offer?.endsAt ?? price.next?.startsAt;
    return {
      '@type': 'Offer',
      sku: sku.code,
      url: `${address}?sku=${encodeURIComponent(sku.id)}`,
      priceCurrency: 'CNY',
      price: (price.unitFen / 100).toFixed(2),
      ...(until && { priceValidUntil: new Date(until).toISOString() }),
      ...(price.opensAt && { availabilityStarts: new Date(price.opensAt).toISOString() }),
    };
  });
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: inLocale(product.title, locale),
    description: inLocale(product.description, locale) || inLocale(product.subtitle, locale),
    url: address,
    image: product.pictures.map(({ path }) => new URL(`${path}-800.webp`, origin).href),
    offers,
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
