import type { RefusalOf } from '../contracts/contract.ts';
import type { ContractNamed, ValueNamed, WireName } from '../contracts/named.ts';

/*
 * The wire as the phone knows it: the types of the contracts and nothing of their schemas, because zod would cost
 * every page more than the whole of this folder.
 */

/** Refusals that are made on the phone, because no answer came from the server. */
export type PhoneRefusal = { readonly code: 'offline' } | { readonly code: 'timeout' };

/** `message` is the server's sentence in the shopper's language. */
type RefusalNamed<N extends WireName> = (RefusalOf<ContractNamed<N>> & { readonly message: string }) | PhoneRefusal;
export type AnswerNamed<N extends WireName> =
  | { readonly ok: true; readonly value: ValueNamed<N> }
  | { readonly ok: false; readonly refusal: RefusalNamed<N> };

/** What only the rooms behind the counter ask; no shopper's page carries these names. */
export type StaffName = Extract<WireName, `ops.${string}` | `identity.staff${string}`>;

/** What only the pages of the team red packet ask. */
export type TeamName = Extract<WireName, `team.${string}` | 'public.teams'>;

/** What is asked about one's own rewards and the rules against fraud; brought along by whoever needs it. */
export type RiskName = Extract<WireName, `risk.${string}`>;

/** What only the pages of the growing red packet ask. */
export type PacketName = Extract<WireName, `packet.${string}` | 'public.packets'>;

/** What only the share button and its sheets ask. */
export type ShareName = Extract<WireName, `share.${string}`>;

/** What only the marketers' pages ask. */
export type StudioName = Extract<WireName, `studio.${string}`>;

/** What only the pages of store pickup ask. */
export type PickupName = Extract<WireName, `pickup.${string}`>;

/** What only the parts about notices on this device ask. */
export type PushName = Extract<WireName, `push.${string}`>;

/** What only the counter of a store asks. */
export type CounterName = Extract<WireName, `counter.${string}`>;

/** What only the pages of the stores and checkout's choice of one ask. */
export type StoreName = Extract<WireName, 'public.store' | 'public.store-stock'>;

/** What only the page of stores' offers asks. */
export type OfferName = Extract<WireName, `offer.${string}` | 'public.store-offers'>;

/** What only pages in WeChat's own browser ask. */
export type WechatName = Extract<WireName, `wechat${string}`>;

/** `again` marks commands that may be sent twice, because they carry a key, an id made by the phone, or a whole picture. */
export type Sending<N extends WireName> = ContractNamed<N>['method'] extends 'GET' ? 'GET' : 'POST' | 'again';

/** How each name that every page may ask is sent; the path follows from the name. */
export const WIRE = {
  'cart.read': 'GET',
  'cart.merge': 'again',
  'public.venue': 'GET',
  'public.product': 'GET',
  'public.skus': 'GET',
  'public.promotions': 'GET',
  'public.coupons': 'GET',
  'coupon.mine': 'GET',
  'coupon.claim': 'again',
  'identity.me': 'GET',
  'identity.sendCode': 'POST',
  'identity.verifyCode': 'POST',
  'identity.signOut': 'again',
  'identity.saveProfile': 'again',
  'address.list': 'GET',
  'address.save': 'again',
  'address.remove': 'again',
  'live-ticket': 'GET',
  time: 'GET',
  'public.stock': 'GET',
  'order.quote': 'again',
  'order.submit': 'again',
  'order.list': 'GET',
  'order.read': 'GET',
  'order.cancel': 'again',
  'order.receive': 'again',
  'order.askRefund': 'again',
  'order.askReturn': 'again',
  'order.withdrawRequest': 'again',
  'order.sendBack': 'again',
  'public.ways-to-pay': 'GET',
  'payment.start': 'again',
  'sandbox.trade': 'GET',
  'sandbox.pay': 'again',
  'waitlist.join': 'again',
  'waitlist.leave': 'again',
  'waitlist.list': 'GET',
} as const satisfies {
  readonly [N in Exclude<
    WireName,
    | StaffName
    | TeamName
    | PacketName
    | RiskName
    | ShareName
    | StudioName
    | StoreName
    | OfferName
    | PickupName
    | PushName
    | CounterName
    | WechatName
  >]: Sending<N>;
};

let sendings: Readonly<Record<string, 'GET' | 'POST' | 'again'>> = WIRE;

/** Adds the names of a room that its own pages bring along. */
export function learnWire(
  more:
    | { readonly [N in StaffName]: Sending<N> }
    | { readonly [N in TeamName]: Sending<N> }
    | { readonly [N in PacketName]: Sending<N> }
    | { readonly [N in RiskName]: Sending<N> }
    | { readonly [N in ShareName]: Sending<N> }
    | { readonly [N in PickupName]: Sending<N> }
    | { readonly [N in PushName]: Sending<N> }
    | { readonly [N in CounterName]: Sending<N> }
    | { readonly [N in StoreName]: Sending<N> }
    | { readonly [N in OfferName]: Sending<N> }
    | { readonly [N in WechatName]: Sending<N> }
    | { readonly [N in StudioName]: Sending<N> },
): void {
  sendings = { ...sendings, ...more };
}

/** Whether a command may be sent twice, and every read. */
export function maySendAgain(name: WireName): boolean {
  return (sendings[name] ?? 'POST') !== 'POST';
}

/** `order.submit` → `/api/order.submit`, `public.venue` → `/api/public/venue`. */
export function wirePath(name: WireName): string {
  return `/api/${name.startsWith('public.') ? `public/${name.slice('public.'.length)}` : name}`;
}

export function wireMethod(name: WireName): 'GET' | 'POST' {
  return sendings[name] === 'GET' ? 'GET' : 'POST';
}
