import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNight, sendFrom } from '../../lib/domain/outreach/purpose.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';

const china = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['2026-11-11T22:59:59', false],
  ['2026-11-11T23:00:00', true],
  ['2026-11-12T00:00:00', true],
  ['2026-11-12T07:59:59', true],
  ['2026-11-12T08:00:00', false],
])('at %s in China it is night: %s', (moment, night) => {
  expect(isNight(china(moment))).toBe(night);
});

test('what runs out is told in the morning, an order at once', () => {
  expect(sendFrom('rewards', china('2026-11-11T23:30:00'))).toBe(china('2026-11-12T08:00:00'));
  expect(sendFrom('rewards', china('2026-11-12T03:00:00'))).toBe(china('2026-11-12T08:00:00'));
  expect(sendFrom('orders', china('2026-11-12T03:00:00'))).toBe(china('2026-11-12T03:00:00'));
});

test('[INV-53] whenever a reward is spoken of it is day, never earlier than asked and at most nine hours later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 * DAY_MS }), (now) => {
      const at = sendFrom('rewards', now);
      expect(isNight(at)).toBe(false);
      expect(at).toBeGreaterThanOrEqual(now);
      expect(at - now).toBeLessThanOrEqual(9 * HOUR_MS);
    }),
  );
});
