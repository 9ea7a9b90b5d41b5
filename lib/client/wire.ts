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

/**
 * How each name is sent; the path follows from the name. `again` marks commands that may be sent twice, because
 * they carry a key, an id made by the phone, or a whole picture.
 */
export const WIRE = {
  'cart.read': 'GET',
  'cart.merge': 'again',
  'public.venue': 'GET',
  'public.product': 'GET',
  'public.skus': 'GET',
  'public.promotions': 'GET',
  'identity.me': 'GET',
  'identity.sendCode': 'POST',
  'identity.verifyCode': 'POST',
  'identity.staffSignIn': 'POST',
  'identity.staffVerify': 'POST',
  'identity.signOut': 'again',
  'identity.saveProfile': 'again',
  'address.list': 'GET',
  'address.save': 'again',
  'address.remove': 'again',
  'live-ticket': 'GET',
  time: 'GET',
  'public.stock': 'GET',
  'ops.orders': 'GET',
  'ops.pack': 'POST',
  'ops.ship': 'POST',
  'ops.receive': 'POST',
  'ops.decideRefund': 'again',
  'ops.goodsBack': 'again',
  'ops.settleReturn': 'again',
  'ops.stock': 'GET',
  'ops.adjustStock': 'again',
  'ops.sessions': 'GET',
  'ops.saveSession': 'POST',
  'ops.messages': 'GET',
  'ops.promotions': 'GET',
  'ops.makePromotion': 'again',
  'ops.approvePromotion': 'again',
  'ops.stopPromotion': 'again',
  'ops.checks': 'GET',
  'ops.openSale': 'again',
  'ops.quarantine': 'GET',
  'ops.settleNotice': 'again',
  'ops.reconciliation': 'GET',
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
  'ops.transfers': 'GET',
  'ops.saveLocation': 'again',
  'ops.sendTransfer': 'again',
  'ops.endTransfer': 'again',
  'waitlist.join': 'again',
  'waitlist.leave': 'again',
  'waitlist.list': 'GET',
} as const satisfies { readonly [N in WireName]: ContractNamed<N>['method'] extends 'GET' ? 'GET' : 'POST' | 'again' };

/** `order.submit` → `/api/order.submit`, `public.venue` → `/api/public/venue`. */
export function wirePath(name: WireName): string {
  return `/api/${name.startsWith('public.') ? `public/${name.slice('public.'.length)}` : name}`;
}

export function wireMethod(name: WireName): 'GET' | 'POST' {
  return WIRE[name] === 'GET' ? 'GET' : 'POST';
}
