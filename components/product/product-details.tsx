import { productMessages } from '../../lib/messages/product.ts';
import { useMessages } from '../ui/locale.tsx';
import type { ProductData } from './product-data.ts';

/** What the merchant says of it: words, then the specifications as a list of pairs. */
export function ProductDetails({ product }: { product: ProductData }) {
  const words = useMessages(productMessages);
  return (
    <>
      {product.description && (
        <section className="gutter pt-6">
          <h2 className="text-18 font-semibold">{words.details}</h2>
          <p className="whitespace-pre-line pt-2 text-16 text-ink-2">{product.description}</p>
        </section>
      )}
      {product.attributes.length > 0 && (
        <section className="gutter pt-6">
          <h2 className="pb-2 text-18 font-semibold">{words.attributes}</h2>
          <dl className="divide-y divide-line overflow-hidden rounded-card border border-line bg-card text-14">
            {product.attributes.map(([name, value]) => (
              <div key={name} className="flex gap-3 px-3 py-2.5">
                <dt className="w-24 shrink-0 text-ink-2">{name}</dt>
                <dd className="min-w-0 flex-1">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
