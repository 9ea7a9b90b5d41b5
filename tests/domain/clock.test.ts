import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ClockSample,
  estimateOf,
  offsetOf,
  roundTripOf,
  SLEW_SHARE,
  type Slew,
  slewTo,
  WINDOW,
  withSample,
} from '../../lib/domain/clock/clock.ts';
import { countdownParts, formatCountdown, spokenLeftMs } from '../../lib/domain/clock/format.ts';

/** A sample at local time `sentAt` over a path of `upMs` and `downMs` to a server whose clock is `offset` ahead. */
function sampleOf(sentAt: number, offset: number, upMs: number, downMs: number, busyMs = 0): ClockSample {
  const receivedAt = sentAt + upMs + offset;
  return { sentAt, receivedAt, answeredAt: receivedAt + busyMs, heardAt: sentAt + upMs + busyMs + downMs };
}

test('on an even path one sample is exact, and the server’s own delay does not count', () => {
  const sample = sampleOf(1_000, 7 * 60_000, 40, 40, 500);
  expect(offsetOf(sample)).toBe(7 * 60_000);
  expect(roundTripOf(sample)).toBe(80);
});

test('the true offset is always within the bound of the quickest sample’s half trip plus the spread of the best', () => {
  const delays = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }));
  fc.assert(
    fc.property(fc.array(delays, { minLength: 1, maxLength: 16 }), (paths) => {
      const window = paths.reduce<readonly ClockSample[]>(
        (kept, [up, down], index) => withSample(kept, sampleOf(index * 60, 123_456, up, down)),
        [],
      );
      const estimate = estimateOf(window)!;
      const trips = window.map(roundTripOf).sort((a, b) => a - b);
      const worstUsed = trips[Math.max(1, Math.ceil(trips.length / 4)) - 1]!;
      expect(Math.abs(estimate.offsetMs - 123_456)).toBeLessThanOrEqual(worstUsed / 2 + 1e-6);
      expect(estimate.boundMs).toBe(trips[0]! / 2);
    }),
  );
});

test('the window keeps the last 16 samples and none older than 5 minutes', () => {
  let window: readonly ClockSample[] = [];
  for (let index = 0; index < 40; index += 1) window = withSample(window, sampleOf(index, 5, 1, 1));
  expect(window).toHaveLength(WINDOW);
  window = withSample(window, sampleOf(6 * 60_000, 5, 1, 1));
  expect(window).toHaveLength(1);
});

test('a sample that was heard before it was sent is not taken', () => {
  expect(withSample([], { sentAt: 10, receivedAt: 5, answeredAt: 5, heardAt: 9 })).toHaveLength(0);
});

test('[CLK1] the shown clock never runs back and reaches the estimate', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: 1, max: 40 }), (wrong, frameMs) => {
      let shown: Slew = { offsetMs: wrong, at: 0 };
      let before = shown.at + shown.offsetMs;
      for (let at = frameMs; at <= 10_000 + frameMs; at += frameMs) {
        shown = slewTo(shown, 0, at);
        const now = shown.at + shown.offsetMs;
        expect(now - before).toBeGreaterThanOrEqual(frameMs * (1 - SLEW_SHARE) - 1e-6);
        before = now;
      }
      expect(Math.abs(shown.offsetMs)).toBeLessThan(1e-6);
    }),
  );
});

test('the first estimate and the one after a sleep are taken as they are', () => {
  expect(slewTo(null, 90_000, 5)).toEqual({ offsetMs: 90_000, at: 5 });
  expect(slewTo({ offsetMs: 0, at: 0 }, 90_000, 5, true)).toEqual({ offsetMs: 90_000, at: 5 });
});

test('a countdown is written with the same width while it runs', () => {
  expect(formatCountdown(null, 'milliseconds')).toBe('--:--:--.---');
  expect(formatCountdown(3_723_045, 'milliseconds')).toBe('01:02:03.045');
  expect(formatCountdown(3_723_045, 'hundredths')).toBe('01:02:03.04');
  expect(formatCountdown(0, 'milliseconds')).toBe('00:00:00.000');
  expect(formatCountdown(-5, 'seconds')).toBe('00:00:00');
  expect(formatCountdown(2 * 86_400_000 + 1_000, 'seconds', '天')).toBe('2天 00:00:01');
});

test('whole seconds are rounded up: zero is said only when it is over', () => {
  expect(formatCountdown(1, 'seconds')).toBe('00:00:01');
  expect(countdownParts(1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 });
  expect(countdownParts(90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
});

test('the spoken time changes once a minute, and each ten seconds in the last minute', () => {
  const said = new Set<number>();
  for (let left = 180_000; left >= 0; left -= 250) said.add(spokenLeftMs(left));
  expect([...said]).toEqual([180_000, 120_000, 60_000, 50_000, 40_000, 30_000, 20_000, 10_000, 0]);
});
