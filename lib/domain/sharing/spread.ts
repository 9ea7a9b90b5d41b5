import { HOUR_MS } from '../time.ts';

/** 95 %: so many standard deviations to each side. */
const Z = 1.959_963_984_540_054;

export type Interval = { readonly low: number; readonly high: number };
export type Rate = Interval & { readonly hits: number; readonly of: number; readonly value: number };

/**
 * A part of a whole with its 95 % interval (E. B. Wilson, “Probable inference, the law of succession, and statistical
 * inference”, JASA 22, 1927). It stays between 0 and 1 also for few and for none.
 */
export function rateOf(hits: number, of: number): Rate {
  if (of <= 0) return { hits, of, value: 0, low: 0, high: 1 };
  const part = Math.min(1, Math.max(0, hits / of));
  const square = Z * Z;
  const middle = (part + square / (2 * of)) / (1 + square / of);
  const reach = (Z / (1 + square / of)) * Math.sqrt((part * (1 - part)) / of + square / (4 * of * of));
  return { hits, of, value: part, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** Who shared more recently has not had the time to bring anybody: counted with the others he would pull K down. */
export const RIPE_MS = 6 * HOUR_MS;

/** Of the sharers that are looked at: how many, whom they brought together, and the sum of the squares of each one's. */
export type Offspring = { readonly sharers: number; readonly brought: number; readonly squares: number };

/**
 * K: the new sharers that a sharer brings, on average, with its 95 % interval; null when there is none to look at.
 *
 * The estimate of a branching process's mean by all of its parents and their children (T. E. Harris, “Branching
 * processes”, Annals of Mathematical Statistics 19, 1948). Its interval is the mean's own by the delta method on its
 * logarithm, so that it never ends below zero; a variance smaller than chance alone makes (Poisson) is not believed.
 * Where nobody was brought, the end above is 3 ÷ sharers (J. A. Hanley and A. Lippman-Hand, “If nothing goes wrong, is
 * everything all right?”, JAMA 249, 1983).
 */
export function kFactor({ sharers, brought, squares }: Offspring): (Interval & { readonly value: number }) | null {
  if (sharers <= 0) return null;
  const value = brought / sharers;
  if (brought === 0) return { value, low: 0, high: 3 / sharers };
  const seen = sharers > 1 ? (squares - (brought * brought) / sharers) / (sharers - 1) : 0;
  const reach = (Z * Math.sqrt(Math.max(seen, value) / sharers)) / value;
  return { value, low: value * Math.exp(-reach), high: value * Math.exp(reach) };
}

/** Opens of one clock hour; `hour` counts from the epoch. */
export type HourOfOpens = { readonly hour: number; readonly opens: number };

export type HalfLife = {
  /** From the end of the busiest hour, ms; null when nothing was opened after it. */
  readonly ms: number | null;
  readonly peakHour: number | null;
  readonly opensAfter: number;
};

/**
 * How long it took, after the busiest hour, until half of all that was opened later had been opened (the half-life of a
 * link, as bitly measured it in 2011). Within an hour opens are taken as even. `hours` rise; the first of equally busy
 * hours is the peak.
 */
export function halfLife(hours: readonly HourOfOpens[]): HalfLife {
  let peak: HourOfOpens | null = null;
  for (const one of hours) if (one.opens > (peak?.opens ?? 0)) peak = one;
  if (!peak) return { ms: null, peakHour: null, opensAfter: 0 };
  const later = hours.filter(({ hour }) => hour > peak.hour);
  const opensAfter = later.reduce((sum, { opens }) => sum + opens, 0);
  let left = opensAfter / 2;
  for (const { hour, opens } of later) {
    if (opens >= left && opens > 0) {
      const ms = Math.round((hour - peak.hour - 1 + left / opens) * HOUR_MS);
      return { ms, peakHour: peak.hour, opensAfter };
    }
    left -= opens;
  }
  return { ms: null, peakHour: peak.hour, opensAfter: 0 };
}
