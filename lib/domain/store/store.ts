import type { Calendar } from './opening.ts';
import type { Point } from './place.ts';

/*
 * Words used in this room:
 *
 * - store:    a shop of the chain where people can buy and fetch; a location of stock under the same id
 * - region:   six digits: the 区, or the 市 with 00, or the 省 with 0000 where no more is known
 * - services: what it does besides selling
 */

export const STORE_STATES = ['open', 'closed_temporarily', 'closed'] as const;
/** `open` says nothing about the hour; `closed` is for good. */
export type StoreState = (typeof STORE_STATES)[number];

export const SERVICES = ['pickup', 'returns', 'trial', 'invoice', 'parking', 'accessible'] as const;
export type Service = (typeof SERVICES)[number];

export const DEFAULT_ZONE = 'Asia/Shanghai';

type Words = { readonly zh: string; readonly en: string };

export type Store = Point &
  Omit<Calendar, 'holidays'> & {
    /** Also of its location. */
    readonly id: string;
    /** The merchant's own; what an import knows it by. */
    readonly code: string;
    readonly name: Words;
    readonly address: Words;
    readonly regionCode: string;
    readonly phone: string | null;
    readonly services: readonly Service[];
    readonly state: StoreState;
    /** Why it is closed, said to shoppers. */
    readonly stateNote: Words | null;
  };

/** Whether goods can be fetched there now or later: it is not closed, and it hands goods over. */
export function offersPickup(store: Pick<Store, 'state' | 'services'>): boolean {
  return store.state === 'open' && store.services.includes('pickup');
}

/** Codes of the 省 and 市 that a region lies in, six digits each. */
export function regionsAbove(regionCode: string): { province: string; city: string } {
  return { province: `${regionCode.slice(0, 2)}0000`, city: `${regionCode.slice(0, 4)}00` };
}

const PLAIN_CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

/** The id of a merchant's own code; `hash` makes twelve plain characters of a code that cannot be one as it is. */
export function storeIdOf(code: string, hash: (text: string) => string): string {
  return PLAIN_CODE.test(code) ? `s-${code}` : `s.${hash(code)}`;
}

/** Units of a store as they are told to phones: what is above is "this many or more". */
export const UNITS_SHOWN_MAX = 99;

/** What a store has of what somebody wants. */
export type StockHere =
  | { readonly kind: 'here' }
  /** All of it, and little more. */
  | { readonly kind: 'few'; readonly left: number }
  /** Not here, but it can be brought. */
  | { readonly kind: 'movable' }
  | { readonly kind: 'none' };

const FEW_MAX = 5;

/**
 * One rule for the list, the store's page and checkout. `here` and `central` are units that are free now, in the store
 * and where orders are served from; `wanted` is at least 1.
 */
export function stockHere(here: number, central: number, wanted: number): StockHere {
  if (here >= wanted) return here <= FEW_MAX ? { kind: 'few', left: here } : { kind: 'here' };
  if (here + central >= wanted) return { kind: 'movable' };
  return { kind: 'none' };
}
