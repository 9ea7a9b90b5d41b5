/*
 * Words used in this file:
 *
 * - choice: one value per option of a product, in the order of its options (规格选择); null: not chosen yet
 */

export type Choice = readonly (string | null)[];
type Chosen = { readonly id: string; readonly choice: readonly string[] };

/** The SKU of a whole choice; null while something is open, or when the product does not come like this. */
export function skuOfChoice<S extends Chosen>(skus: readonly S[], choice: Choice): S | null {
  return skus.find((sku) => choice.every((value, at) => value !== null && sku.choice[at] === value)) ?? null;
}

/**
 * Whether a value can still be had beside what is chosen in the other options: `none` when the product does not come
 * like this at all, `sold_out` when each SKU that has it is gone.
 */
export function valueState(
  skus: readonly Chosen[],
  choice: Choice,
  option: number,
  valueId: string,
  isGone: (skuId: string) => boolean,
): 'free' | 'sold_out' | 'none' {
  const fitting = skus.filter((sku) =>
    choice.every((value, at) =>
      at === option ? sku.choice[at] === valueId : value === null || sku.choice[at] === value,
    ),
  );
  if (fitting.length === 0) return 'none';
  return fitting.every(({ id }) => isGone(id)) ? 'sold_out' : 'free';
}
