import type { RiskLimits } from '../../lib/domain/risk/limits.ts';
import type { ReviewLimits } from '../../lib/domain/risk/order-review.ts';
import { RISK_RULES, type RiskGroup } from '../../lib/domain/risk/rules.ts';
import { LIMITS } from '../../server/platform/limits.ts';

/** What stands between a farm and the money in one run. */
export type Controls = {
  readonly name: string;
  readonly limits: RiskLimits;
  readonly rules: typeof RISK_RULES | readonly (typeof RISK_RULES)[number][];
  /** Rewards need a phone that is new to the campaign: a step vests, a place is taken. */
  readonly phone: boolean;
  /** A one-time code where the ladder asks for it. */
  readonly code: boolean;
  /** What the ladder holds is reviewed by people, and what they refuse stands for the whole group. */
  readonly review: boolean;
  /** Orders with rewards wait for a reviewer by these limits; null: none does. */
  readonly orders: ReviewLimits | null;
  /** A payer or place that a person has freed is never held again; false: it is when as many others have come since. */
  readonly freesForGood: boolean;
  /** Payers and doors that have people in common are one group. */
  readonly isLinked: boolean;
  /** Reviewers see of a group those whose orders are held, all its people, or the newcomers of their circles besides. */
  readonly sees: 'held' | 'people' | 'circle';
  /** Farms take the chance of being recognised for even, though their groups are seen to be large. */
  readonly hopes: boolean;
  /** Farms of every tactic have accounts that bought before, not only those that age them. */
  readonly everyFarmBuys: boolean;
  /** Red packets take a fifth of a line at most, so that goods must be bought and sold again. */
  readonly partOfLine: boolean;
};

const NONE = Number.POSITIVE_INFINITY;
const without = (...groups: RiskGroup[]) => RISK_RULES.filter(({ group }) => !groups.includes(group));

const { orders: ORDERS } = LIMITS.risk;

export const ALL_ON: Controls = {
  name: 'all on',
  limits: LIMITS.risk.rewards,
  rules: RISK_RULES,
  phone: true,
  code: true,
  review: true,
  orders: ORDERS,
  freesForGood: false,
  isLinked: true,
  sees: 'circle',
  hopes: false,
  everyFarmBuys: false,
  partOfLine: true,
};

const off = (name: string, change: Partial<Controls>): Controls => ({ ...ALL_ON, name: `without ${name}`, ...change });
const limit = (change: Partial<RiskLimits>) => ({ limits: { ...ALL_ON.limits, ...change } });
const orders = (change: Partial<ReviewLimits>) => ({ orders: { ...ORDERS, ...change } });

/** All controls, each one off in turn, none; then farms that do more than their tactics say. */
export const RUNS: readonly Controls[] = [
  ALL_ON,
  off('a verified phone', { phone: false }),
  off('rewards per person', limit({ perPerson: NONE })),
  off('devices', { ...limit({ perDevice: NONE }), rules: without('device') }),
  off('addresses', { ...limit({ perAddress: NONE }), rules: without('address') }),
  off('payers', { ...limit({ perPayout: NONE }), rules: without('payout') }),
  off('the circle', { rules: without('circle') }),
  off('behaviour', { rules: without('behaviour') }),
  off('codes at risk', { code: false }),
  off('review', { review: false }),
  off('orders reviewed', { orders: null }),
  off('orders reviewed by payer', orders({ perPayer: NONE })),
  off('newcomers told apart', orders({ newcomersFen: NONE })),
  off('more for who is known', orders({ perKnownFen: 0 })),
  off('what a group takes', orders({ groupFen: NONE })),
  off('money of groups', orders({ newcomersFen: NONE, groupFen: NONE })),
  off('links of payers and doors', { isLinked: false }),
  off('sight of circles', { sees: 'people' }),
  off('sight of circles and all people', { sees: 'held' }),
  off('a second look at who was freed', { freesForGood: true }),
  off('the part of a line', { partOfLine: false }),
  {
    name: 'none',
    limits: { perPerson: NONE, perDevice: NONE, perPayout: NONE, perAddress: NONE },
    rules: [],
    phone: false,
    code: false,
    review: false,
    orders: null,
    freesForGood: false,
    isLinked: false,
    sees: 'held',
    hopes: false,
    everyFarmBuys: false,
    partOfLine: false,
  },
  { ...ALL_ON, name: 'all on, and farms that hope', hopes: true },
  { ...ALL_ON, name: 'all on, and every farm buys', everyFarmBuys: true },
  { ...ALL_ON, name: 'all on, and ¥6 for newcomers', ...orders({ newcomersFen: 600 }) },
  { ...ALL_ON, name: 'all on, and ¥5 for newcomers', ...orders({ newcomersFen: 500 }) },
];
