import type { ValueNamed } from '../../lib/contracts/named.ts';

/** A store as the chooser hands it over. */
export type ChosenStore = {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly address: { readonly zh: string; readonly en: string };
};

/** How the goods are to be had, as it stands on the page; a store is chosen after pickup is. */
export type Fulfilment =
  | { readonly kind: 'delivery' }
  | { readonly kind: 'pickup'; readonly store: ChosenStore | null };

export type PickupOffer = NonNullable<ValueNamed<'order.quote'>['pickup']>;
