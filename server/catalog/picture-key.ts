/** The name of a product's picture; `number` counts from 1 in the order of `product.pictures`. */
export function pictureKey(handle: string, number: number): string {
  return `${handle}-${number}`;
}

/** `~` cannot be part of a handle, so a category's picture is never mistaken for a product's. */
export function categoryPictureKey(categoryId: string): string {
  return `category~${categoryId}`;
}
