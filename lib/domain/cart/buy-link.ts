export type BuyLine = { readonly skuId: string; readonly quantity: number };

const LINES_MAX = 50;
const LINE = /^[A-Za-z0-9_.:-]{1,64}:[1-9]\d?$/;

/**
 * Reads `?buy=sku:quantity,…`, 1 to 99 units each. SKU ids may hold a colon: the last one divides.
 *
 * Null when it is no such list: an address is typed by anybody, and half of a wrong one must not be bought.
 */
export function parseBuyLink(text: string): BuyLine[] | null {
  const parts = text.split(',');
  if (parts.length > LINES_MAX || !parts.every((part) => LINE.test(part))) return null;
  return parts.map((part) => {
    const colon = part.lastIndexOf(':');
    return { skuId: part.slice(0, colon), quantity: Number(part.slice(colon + 1)) };
  });
}
