import type { Product } from '../../lib/contracts/catalog.ts';
import type { CardSku } from '../../lib/domain/catalog/card-row.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';

export type ProductSku = CardSku & {
  readonly choice: readonly string[];
  readonly listPriceFen: number | null;
  readonly listPriceBasis: string | null;
};

/** A product in one language: what its page needs and no more. */
export type ProductData = {
  readonly handle: string;
  readonly categoryId: string;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly options: readonly {
    readonly name: string;
    readonly values: readonly { readonly id: string; readonly label: string; readonly swatch?: string }[];
  }[];
  readonly pictures: readonly { readonly path: string; readonly color: string; readonly alt: string }[];
  readonly skus: readonly ProductSku[];
};

export function productData(product: Product, locale: Locale): ProductData {
  const say = (text: { zh: string; en: string }) => inLocale(text, locale);
  return {
    handle: product.handle,
    categoryId: product.categoryId,
    title: say(product.title),
    subtitle: say(product.subtitle),
    description: say(product.description),
    attributes: product.attributes.map(({ name, value }) => [say(name), say(value)] as const),
    options: product.options.map(({ name, values }) => ({
      name: say(name),
      values: values.map(({ id, label, swatch }) => ({ id, label: say(label), swatch })),
    })),
    pictures: product.pictures.map(({ path, color, alt }) => ({ path, color, alt: say(alt) })),
    skus: product.skus.map(
      ({ id, choice, priceFen, listPriceFen, listPriceBasis, limitPerPerson, shelf, slot, offers }) => ({
        id,
        choice,
        priceFen,
        listPriceFen,
        listPriceBasis,
        limitPerPerson,
        shelf,
        slot,
        offers,
      }),
    ),
  };
}
