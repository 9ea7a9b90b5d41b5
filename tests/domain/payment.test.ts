import fc from 'fast-check';
import { expect, test } from 'vitest';
import { misfit } from '../../lib/domain/payment/misfit.ts';
import { payWindow } from '../../lib/domain/payment/pay-window.ts';

const now = 1_800_000_000_000;
const MINUTE = 60_000;

test('an order with enough time left is paid until its own deadline', () => {
  const facts = { now, payBefore: now + 5 * MINUTE, expiryMinMs: MINUTE, wasLengthened: false };
  expect(payWindow(facts)).toEqual({ ok: true, value: { expiresAt: now + 5 * MINUTE, isLengthened: false } });
});

test('an order with less left than the channel takes is lengthened to fit, once', () => {
  const facts = { now, payBefore: now + 20_000, expiryMinMs: MINUTE, wasLengthened: false };
  expect(payWindow(facts)).toEqual({ ok: true, value: { expiresAt: now + MINUTE, isLengthened: true } });
  expect(payWindow({ ...facts, wasLengthened: true })).toMatchObject({ refusal: { code: 'payment_window_over' } });
});

test('a window is never shorter than the channel takes, never opens after the deadline, and moves on by less than the minimum', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10 * MINUTE, max: 60 * MINUTE }),
      fc.integer({ min: 1, max: 20 * MINUTE }),
      fc.boolean(),
      (leftMs, expiryMinMs, wasLengthened) => {
        const window = payWindow({ now, payBefore: now + leftMs, expiryMinMs, wasLengthened });
        if (!window.ok) return leftMs < expiryMinMs;
        const { expiresAt, isLengthened } = window.value;
        return (
          leftMs > 0 &&
          expiresAt - now >= expiryMinMs &&
          expiresAt - (now + leftMs) < expiryMinMs &&
          isLengthened === expiresAt > now + leftMs
        );
      },
    ),
  );
});

const told = { channelTradeId: 't1', amountFen: 100, currency: 'CNY', merchantId: 'm' };

test('a notice fits when merchant, currency, amount and trade are all as expected', () => {
  expect(misfit({ amountFen: 100, channelTradeId: null }, 'm', told)).toBeNull();
  expect(misfit({ amountFen: 100, channelTradeId: 't1' }, 'm', told)).toBeNull();
});

test.each([
  ['unknown_payment', null, {}],
  ['other_merchant', {}, { merchantId: 'x' }],
  ['other_currency', {}, { currency: 'USD' }],
  ['other_amount', {}, { amountFen: 101 }],
  ['other_trade', {}, { channelTradeId: 't2' }],
] as const)('a notice that does not fit is named: %s', (cause, expected, change) => {
  const ours = expected && { amountFen: 100, channelTradeId: 't1' };
  expect(misfit(ours, 'm', { ...told, ...change })?.cause).toBe(cause);
});

test('[R-07] one fen more or less is another amount, whatever else fits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e12 }), (amountFen, toldFen) => {
      const answer = misfit({ amountFen, channelTradeId: 't1' }, 'm', { ...told, amountFen: toldFen });
      return (answer === null) === (amountFen === toldFen);
    }),
  );
});
