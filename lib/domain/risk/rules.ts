import { HOUR_MS, SECOND_MS } from '../time.ts';
import type { RiskSignals } from './signals.ts';

/** Rules of one group speak of one thing; together they weigh no more than the group may. */
export type RiskGroup = 'account' | 'device' | 'address' | 'payout' | 'circle' | 'behaviour';

export type RiskRule = {
  readonly code: string;
  readonly group: RiskGroup;
  readonly weight: number;
  readonly signal: keyof RiskSignals;
  /** Fires from this number on, or below it, or for this answer. A signal that is null fires nothing. */
  readonly when: { readonly atLeast: number } | { readonly below: number } | { readonly is: boolean };
  /** Counted, and weighs nothing. */
  readonly isShadow: boolean;
};

/**
 * The most that a group may weigh. An address is shared by a campus, and a device by a family: an address alone never
 * leaves `allow`, a device alone never goes beyond `limit`.
 */
export const GROUP_MOST: Readonly<Record<RiskGroup, number>> = {
  account: 40,
  device: 60,
  address: 20,
  payout: 70,
  circle: 45,
  behaviour: 75,
};

const rule = <const Code extends string>(
  code: Code,
  group: RiskGroup,
  weight: number,
  signal: keyof RiskSignals,
  when: RiskRule['when'],
  isShadow = false,
) => ({ code, group, weight, signal, when, isShadow });

/**
 * The rules, as data. What an ordinary newcomer on a full campus network may show (a new account, no key, no work, a
 * crowded address) comes to 39 at the most: he meets nothing.
 */
export const RISK_RULES = [
  rule('phone_unverified', 'account', 30, 'isPhoneVerified', { is: false }),
  rule('account_new', 'account', 10, 'accountAgeMs', { below: HOUR_MS }),
  rule('device_missing', 'device', 5, 'hasDevice', { is: false }),
  rule('device_shared', 'device', 25, 'devicePeople', { atLeast: 4 }),
  rule('device_crowded', 'device', 35, 'devicePeople', { atLeast: 8 }),
  rule('address_busy', 'address', 10, 'addressHour', { atLeast: 30 }),
  rule('address_crowded', 'address', 10, 'addressDay', { atLeast: 150 }),
  rule('payout_shared', 'payout', 35, 'payoutPeople', { atLeast: 3 }),
  rule('payout_crowded', 'payout', 35, 'payoutPeople', { atLeast: 6 }),
  rule('circle_dense', 'circle', 45, 'circlePermille', { atLeast: 600 }),
  rule('opened_at_once', 'behaviour', 30, 'openedAfterMs', { below: SECOND_MS }),
  rule('rhythm_even', 'behaviour', 40, 'rhythmPermille', { below: 60 }),
  rule('work_missing', 'behaviour', 4, 'hasWorked', { is: false }),
  // Half-dense circles are also what a dormitory looks like: watched until we know how often it is wrong.
  rule('circle_close', 'circle', 20, 'circlePermille', { atLeast: 350 }, true),
] as const satisfies readonly RiskRule[];

export type RiskReason = (typeof RISK_RULES)[number]['code'];

/** Whether a rule's threshold is reached. */
export function fires({ signal, when }: RiskRule, signals: RiskSignals): boolean {
  const value = signals[signal];
  if (value === null) return false;
  if ('is' in when) return value === when.is;
  return 'atLeast' in when ? Number(value) >= when.atLeast : Number(value) < when.below;
}
