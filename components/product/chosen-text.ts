import type { Choice } from '../../lib/domain/catalog/choice.ts';
import type { ProductData } from './product-data.ts';

/** `朱红 · M`; null while something is open. */
export function chosenText(product: ProductData, choice: Choice): string | null {
  const labels = product.options.map((option, at) => option.values.find(({ id }) => id === choice[at])?.label);
  return labels.every((label) => label !== undefined) ? labels.join(' · ') : null;
}
