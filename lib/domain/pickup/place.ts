/*
 * Where the units of an order for pickup come from: from the store itself, or, where it lacks them, from the warehouse,
 * which sends them there. One line is never split between the two.
 */

export const CENTRAL = 'central';

/** `location`: the store's id, or `central`. */
export type Source = { readonly location: string; readonly available: number };

/** @param left units that somebody new may have, at the store and in the warehouse */
export function sourceOf(
  storeId: string,
  quantity: number,
  left: { readonly store: number; readonly central: number },
): Source {
  if (left.store >= quantity) return { location: storeId, available: left.store };
  // Neither has enough: the more honest "n left" is the larger one.
  if (left.central >= quantity || left.central > left.store) return { location: CENTRAL, available: left.central };
  return { location: storeId, available: left.store };
}
