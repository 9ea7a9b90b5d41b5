import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EpochMs, toEpochMs } from '../../lib/domain/time.ts';
import { isMoneyPath, isSaleWindow, QUIET_MS } from '../../lib/domain/venue/sale-window.ts';

const moment = fc.integer({ min: QUIET_MS * 2, max: 4_000_000_000_000 }).map(toEpochMs);
const starts = fc.array(moment, { maxLength: 20 });

test('From fifteen minutes before a start to fifteen after it is quiet, whatever other sessions there are', () => {
  fc.assert(
    fc.property(moment, starts, fc.integer({ min: -QUIET_MS, max: QUIET_MS }), fc.nat(20), (start, others, off, at) => {
      const all = [...others.slice(0, at), start, ...others.slice(at)];
      expect(isSaleWindow((start + off) as EpochMs, all)).toBe(true);
    }),
  );
});

test('A moment is quiet exactly when its nearest start is no further than fifteen minutes', () => {
  fc.assert(
    fc.property(moment, starts, (now, all) => {
      const nearest = Math.min(...all.map((start) => Math.abs(start - now)));
      expect(isSaleWindow(now, all)).toBe(nearest <= QUIET_MS);
    }),
  );
});

test('The order and repetition of sessions change nothing', () => {
  fc.assert(
    fc.property(moment, starts, (now, all) => {
      expect(isSaleWindow(now, [...all, ...all].reverse())).toBe(isSaleWindow(now, all));
    }),
  );
});

test('Checkout and cashier are money pages in both languages; a product whose name begins alike is not', () => {
  for (const path of ['/checkout', '/en/checkout', '/cashier', '/en/cashier/x', '/paid']) {
    expect(isMoneyPath(path), path).toBe(true);
  }
  for (const path of ['/', '/en', '/payment-terms', '/p/checkout', '/cart'])
    expect(isMoneyPath(path), path).toBe(false);
});
