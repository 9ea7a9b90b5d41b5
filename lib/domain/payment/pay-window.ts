import { accept, type Result, refuse } from '../result.ts';

/*
 * Words used in this room:
 *
 * - pay window: until when an order may be paid; the channel is told to take no money after it
 * - lengthened: the window was moved on because the channel takes no shorter one
 */

export type PayWindow = {
  /** When the channel stops taking money, epoch ms. */
  readonly expiresAt: number;
  readonly isLengthened: boolean;
};

/**
 * Until when a payment that is opened now may be paid. A channel has a shortest time; an order with less than that
 * left is lengthened to fit, once, so that opening payments again and again does not hold goods for ever.
 *
 * `payBefore` and `now` are epoch ms of one clock, `expiryMinMs` is the channel's shortest time.
 */
export function payWindow(facts: {
  readonly now: number;
  readonly payBefore: number;
  readonly expiryMinMs: number;
  readonly wasLengthened: boolean;
}): Result<PayWindow, { code: 'payment_window_over' }> {
  const { now, payBefore, expiryMinMs, wasLengthened } = facts;
  if (payBefore - now >= expiryMinMs) return accept({ expiresAt: payBefore, isLengthened: false });
  if (wasLengthened || now >= payBefore) return refuse({ code: 'payment_window_over' });
  return accept({ expiresAt: now + expiryMinMs, isLengthened: true });
}
