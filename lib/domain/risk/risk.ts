/*
 * Words used in this room:
 *
 * - mechanic:  what gives rewards: coupons that are claimed, team packets, growing packets
 * - facts:     plain numbers that were counted about one request for a reward; nobody's address, device or phone
 * - signal:    one such number as the rules look at it
 * - rule:      a signal's threshold with its weight; in shadow it is counted and weighs nothing
 * - score:     0–100; it decides how carefully a reward is given, never a price
 * - action:    what the ladder answers (放行、从严、验证、审核), or `refuse` where a hard limit is reached
 * - hold:      a reward that is made and cannot be used until it was reviewed, 24 h at the longest
 * - gate:      closed while the controls themselves cannot be relied on: every reward is held
 */

export const RISK_MECHANICS = ['coupon', 'team', 'packet'] as const;
export type RiskMechanic = (typeof RISK_MECHANICS)[number];

/** From mildest to severest. */
export const RISK_ACTIONS = ['allow', 'limit', 'challenge', 'hold', 'refuse'] as const;
export type RiskAction = (typeof RISK_ACTIONS)[number];

/** `observe`: decided and counted, nobody meets anything; `strict`: the ladder; `manual`: what is not plainly fine is reviewed. */
export const RISK_MODES = ['observe', 'strict', 'manual'] as const;
export type RiskMode = (typeof RISK_MODES)[number];

/** How long a reward may wait for a reviewer before it is its owner's. */
export const HOLD_MS = 24 * 60 * 60 * 1000;
/** How long a one-time code is good for on the device that it was typed on. */
export const PASS_MS = 30 * 60 * 1000;

/** The severer of two actions. */
export const severer = (a: RiskAction, b: RiskAction): RiskAction =>
  RISK_ACTIONS.indexOf(a) >= RISK_ACTIONS.indexOf(b) ? a : b;
