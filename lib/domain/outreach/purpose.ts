import { DAY_MS, HOUR_MS } from '../time.ts';

/*
 * What a device may be told outside the page (web push). Its owner agrees to each purpose by itself:
 *
 * - orders:  his own orders, pickups, returns and turns in the waitlist
 * - rewards: coupons, red packets and teams, before something of them runs out; like advertising by law, so at most three
 *            in 24 hours and none at night
 */
export const PUSH_PURPOSES = ['orders', 'rewards'] as const;
export type PushPurpose = (typeof PUSH_PURPOSES)[number];

/** Notices about rewards that one person gets in 24 hours. */
export const REWARDS_A_DAY = 3;

/** The night of China, in hours: from, and up to. */
const NIGHT = { from: 23, to: 8 };
const CHINA_AHEAD_MS = 8 * HOUR_MS;

/** Whether a sound would wake somebody. `now` in epoch ms. */
export function isNight(now: number): boolean {
  const hour = Math.floor(((now + CHINA_AHEAD_MS) % DAY_MS) / HOUR_MS);
  return hour >= NIGHT.from || hour < NIGHT.to;
}

/** From when on a notice may be sent: at once, or in the morning. Epoch ms. */
export function sendFrom(purpose: PushPurpose, now: number): number {
  if (purpose === 'orders' || !isNight(now)) return now;
  const local = now + CHINA_AHEAD_MS;
  const morning = local - (local % DAY_MS) + NIGHT.to * HOUR_MS;
  return (morning <= local ? morning + DAY_MS : morning) - CHINA_AHEAD_MS;
}
