import * as z from 'zod/mini';
import { epochShape, fenShape, idShape, localizedShape, publicRead } from './contract.ts';

/*
 * Words used in this room:
 *
 * - product:  what a page is about (商品), known by its handle
 * - SKU:      one buyable combination of options (规格)
 * - shelf:    the 20–48 SKUs that a page shows together; live numbers travel per shelf
 * - session:  a timed sale (场次) with its own prices, limits and tiers
 * - tier:     the first N units at a lower price (前N名)
 */

/** `upTo` counts units from 1: `[{upTo: 100, priceFen: 9950}]` is "the first 100 at ¥99.50". Ascending, prices rise. */
export const tierShape = z.object({ upTo: z.int().check(z.positive()), priceFen: fenShape });
export type Tier = z.output<typeof tierShape>;

/** What one session says of one SKU. */
export const offerShape = z.object({
  sessionId: idShape,
  startsAt: epochShape,
  endsAt: epochShape,
  priceFen: fenShape,
  /** Units one person may hold or own of this SKU in this session. */
  limitPerPerson: z.int().check(z.positive()),
  tiers: z.array(tierShape),
  /** Promotions count goods at this session's price. */
  allowsPromotions: z.boolean(),
  /**
   * The lowest price of a paid order of this SKU in the 7 days before the session, or null: then nothing may be
   * crossed out. Also null when it is not above `priceFen`.
   */
  crossedOutFen: z.nullable(fenShape),
});
export type Offer = z.output<typeof offerShape>;

export const skuShape = z.object({
  id: idShape,
  /** The merchant's own code. */
  code: z.string(),
  /** Ids of the chosen values, one per option of the product, in order. */
  choice: z.array(z.string()),
  /** The ordinary price, outside any session. */
  priceFen: fenShape,
  /** Shown as 参考价 with `listPriceBasis`, never crossed out. */
  listPriceFen: z.nullable(fenShape),
  listPriceBasis: z.nullable(z.string()),
  limitPerPerson: z.nullable(z.int()),
  shelf: idShape,
  /** This SKU's place in its shelf's frames. */
  slot: z.int(),
  /** Not ended, earliest first. */
  offers: z.array(offerShape),
});
export type Sku = z.output<typeof skuShape>;

/** A picture made at publish: `${path}-${200|400|800}.{avif,webp}`. */
export const pictureShape = z.object({
  path: z.string(),
  /** The plate's colour, shown before the picture is there. */
  color: z.string(),
  alt: localizedShape,
});
export type Picture = z.output<typeof pictureShape>;

export const optionShape = z.object({
  name: localizedShape,
  values: z.array(z.object({ id: z.string(), label: localizedShape, swatch: z.optional(z.string()) })),
});

export const productShape = z.object({
  handle: idShape,
  categoryId: idShape,
  title: localizedShape,
  subtitle: localizedShape,
  description: localizedShape,
  attributes: z.array(z.object({ name: localizedShape, value: localizedShape })),
  options: z.array(optionShape),
  pictures: z.array(pictureShape),
  skus: z.array(skuShape),
});
export type Product = z.output<typeof productShape>;

export const categoryShape = z.object({ id: idShape, name: localizedShape, picture: z.nullable(pictureShape) });
export type Category = z.output<typeof categoryShape>;

export const sessionShape = z.object({
  id: idShape,
  name: localizedShape,
  startsAt: epochShape,
  endsAt: epochShape,
  /** Handles of the products in this session, in the order shown. */
  products: z.array(idShape),
});
export type Session = z.output<typeof sessionShape>;

/** `.festa/catalogue.json`: all that pages are built from, written at publish. */
export const catalogueShape = z.object({
  publishedAt: epochShape,
  festival: z.object({ id: idShape, name: localizedShape, isDemo: z.boolean() }),
  categories: z.array(categoryShape),
  sessions: z.array(sessionShape),
  products: z.array(productShape),
  /** Pictures for link previews of pages that are no product, by `previewKey`: `${path}-1200.jpg` and `${path}-300.jpg`. */
  previews: z.record(z.string(), z.string()),
});
export type Catalogue = z.output<typeof catalogueShape>;

/** Sessions and what they say of each SKU now; the home page refreshes its shell from it. */
export const venueRead = publicRead('venue', {
  summary: 'Sessions that have not ended, with the offers of their SKUs',
  sharedSeconds: 2,
  request: z.strictObject({}),
  value: z.object({
    now: epochShape,
    sessions: z.array(sessionShape),
    /** Ordinary price and offers by SKU id, for SKUs that are in a session. */
    skus: z.record(z.string(), z.object({ priceFen: fenShape, offers: z.array(offerShape) })),
  }),
});

export const productRead = publicRead('product', {
  summary: 'One product as it is now',
  sharedSeconds: 2,
  request: z.strictObject({ handle: idShape }),
  value: z.object({ now: epochShape, product: productShape }),
});

/** Products by their SKUs: the cart asks for goods that are newer than the published catalogue. */
export const skusRead = publicRead('skus', {
  summary: 'The products that hold these SKUs (comma-separated, 50 at most)',
  sharedSeconds: 2,
  request: z.strictObject({ ids: z.string().check(z.minLength(1), z.maxLength(3_300)) }),
  value: z.object({ now: epochShape, products: z.array(productShape) }),
});
