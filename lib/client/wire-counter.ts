import type { CounterName, Sending } from './wire.ts';

/** How the names of the counter are sent; its pages teach them to the wire. */
export const COUNTER_WIRE = {
  'counter.home': 'GET',
  'counter.scan': 'again',
  'counter.handOver': 'again',
  'counter.undo': 'again',
  'counter.orders': 'GET',
  'counter.ready': 'again',
  'counter.arrive': 'again',
  'counter.extend': 'again',
  'counter.day': 'GET',
  'counter.lease': 'again',
  'counter.reconcile': 'again',
  'counter.scanCoupon': 'again',
  'counter.redeemCoupon': 'again',
  'counter.undoCoupon': 'again',
  'counter.coupons': 'GET',
} as const satisfies { readonly [N in CounterName]: Sending<N> };
