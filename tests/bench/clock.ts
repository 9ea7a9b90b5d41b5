/*
 * The countdown's clock: the phone's own estimating code over simulated paths, with the truth known. Each way of a
 * question takes 100 ± 50 ms, drawn independently and evenly; the phone's wall clock is 7 minutes wrong, which must do
 * nothing, and its monotonic clock runs up to 50 ppm fast or slow.
 */
import { type ClockSample, estimateOf, WINDOW, withSample } from '../../lib/domain/clock/clock.ts';
import type { BenchOptions } from './report.ts';

const PATH_MS = 100;
const JITTER_MS = 50;
const DRIFT_PPM = 50;
const PHONE_WRONG_MS = 7 * 60_000;
const BURST = 8;
const EVERY_MS = 30_000;

const between = (low: number, high: number) => low + Math.random() * (high - low);

/** One phone: its 16 samples as the page takes them, and how far the shown time then is from the server's, ms. */
function errorOfOnePhone(): { error: number; bound: number; single: number } {
  const rate = 1 + between(-DRIFT_PPM, DRIFT_PPM) / 1e6;
  const server0 = 1_800_000_000_000;
  const monotonicAt = (trueMs: number) => trueMs * rate;
  let trueMs = between(1_000, 5_000);
  let window: readonly ClockSample[] = [];
  let single = 0;
  for (let count = 0; count < WINDOW; count += 1) {
    const sentAt = monotonicAt(trueMs);
    const up = between(PATH_MS - JITTER_MS, PATH_MS + JITTER_MS);
    const down = between(PATH_MS - JITTER_MS, PATH_MS + JITTER_MS);
    const receivedAt = Math.floor(server0 + trueMs + up);
    trueMs += up + down;
    const heardAt = monotonicAt(trueMs);
    window = withSample(window, { sentAt, receivedAt, answeredAt: receivedAt, heardAt });
    if (count === 0) single = Math.abs(heardAt + estimateOf(window)!.offsetMs - (server0 + trueMs));
    trueMs += count < BURST - 1 ? between(40, 80) : count === WINDOW - 1 ? 0 : EVERY_MS;
  }
  const { offsetMs, boundMs } = estimateOf(window)!;
  return { error: Math.abs(monotonicAt(trueMs) + offsetMs - (server0 + trueMs)), bound: boundMs, single };
}

const share = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(part * values.length)]!;

/** Runs the group `clock`. */
export async function run({ quick, report }: BenchOptions): Promise<void> {
  const phones = Array.from({ length: quick ? 1_000 : 20_000 }, errorOfOnePhone);
  const errors = phones.map(({ error }) => error);
  const p95 = share(errors, 0.95);
  const notes = `${phones.length} phones, ${PATH_MS} ± ${JITTER_MS} ms each way, drift ± ${DRIFT_PPM} ppm, 16 samples`;
  report({
    name: 'clock-error-p95',
    ours: p95,
    baseline: 20,
    ratio: 20 / p95,
    unit: 'ms',
    runs: 1,
    spread: `p50 ${share(errors, 0.5).toFixed(2)}, max ${Math.max(...errors).toFixed(2)}`,
    notes: `baseline is the promise; ${notes}; beyond its bound: ${phones.filter(({ error, bound }) => error > bound).length}`,
  });
  const first = share(
    phones.map(({ single }) => single),
    0.95,
  );
  report({
    name: 'clock-error-vs-one-sample',
    ours: p95,
    baseline: first,
    ratio: first / p95,
    unit: 'ms, p95',
    runs: 1,
    spread: '',
    notes,
  });
  report({
    name: 'clock-error-vs-phone-clock',
    ours: p95,
    baseline: PHONE_WRONG_MS,
    ratio: PHONE_WRONG_MS / p95,
    unit: 'ms, p95',
    runs: 1,
    spread: '',
    notes: 'a phone set 7 minutes wrong that trusts itself',
  });
}
