import type { ProductView } from '../../domain/catalog/sku-view.ts';
import type { Mechanic } from '../../domain/sharing/mechanic-allowed.ts';

/** A picture made at publish, and the plate that it stands on. */
export type PosterPicture = { readonly path: string; readonly color: string };

/** What a poster says of goods: their name and what they cost now. */
export type GoodsFacts = {
  readonly title: string;
  readonly picture: PosterPicture | null;
  readonly view: Pick<ProductView, 'sku' | 'isFrom'>;
};

/**
 * What a poster is about. Of `goods` the facts may be left out: they are asked of the server when the poster is drawn. A
 * `reward` is drawn only where its mechanic is allowed; elsewhere the poster shows the shop.
 */
export type PosterSubject =
  | { readonly kind: 'goods'; readonly handle: string; readonly goods?: GoodsFacts }
  | { readonly kind: 'shop' | 'coupons' }
  | { readonly kind: 'session'; readonly name: string; readonly startsAt: number }
  | { readonly kind: 'category'; readonly name: string; readonly picture: PosterPicture | null }
  | { readonly kind: 'search'; readonly query: string }
  | {
      readonly kind: 'reward';
      readonly mechanic: Mechanic;
      /** Large on lacquer. */
      readonly hero: string;
      readonly title: string;
      readonly lines: readonly string[];
    };

/** One poster as it is drawn: everything is said already, nothing is asked any more. */
export type PosterCopy = {
  readonly shop: string;
  readonly title: string;
  readonly picture: PosterPicture | null;
  readonly hero: string | null;
  readonly price: {
    readonly fen: number;
    /** Behind the figure: 起. */
    readonly from: string | null;
    readonly crossedOutFen: number | null;
    readonly note: string | null;
  } | null;
  readonly lines: readonly string[];
  /** Under the QR code. */
  readonly scan: string;
};
