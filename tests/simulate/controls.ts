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
  /** Orders with rewards wait for a reviewer when their payer or place has so many other people; null: none does. */
  readonly orders: ReviewLimits | null;
  /** A payer or place that a person has freed is never held again; false: it is when as many others have come since. */
  readonly freesForGood: boolean;
  /** Reviewers know a farmed group by all its people; false: by those whose orders are held, which are fewer. */
  readonly seesAllPeople: boolean;
  /** Red packets take a fifth of a line at most, so that goods must be bought and sold again. */
  readonly partOfLine: boolean;
};

const NONE = Number.POSITIVE_INFINITY;
const without = (...groups: RiskGroup[]) => RISK_RULES.filter(({ group }) => !groups.includes(group));

export const ALL_ON: Controls = {
  name: 'all on',
  limits: LIMITS.risk.rewards,
  rules: RISK_RULES,
  phone: true,
  code: true,
  review: true,
  orders: LIMITS.risk.orders,
  freesForGood: false,
  seesAllPeople: false,
  partOfLine: true,
};

const off = (name: string, change: Partial<Controls>): Controls => ({ ...ALL_ON, name: `without ${name}`, ...change });
const limit = (change: Partial<RiskLimits>) => ({ limits: { ...ALL_ON.limits, ...change } });

/** All controls, each one off in turn, none; then with more than there is. */
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
  off('orders reviewed by payer', { orders: { ...LIMITS.risk.orders, perPayer: NONE } }),
  off('a second look at who was freed', { freesForGood: true }),
  off('orders reviewed by place', { orders: { ...LIMITS.risk.orders, perPlace: NONE } }),
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
    seesAllPeople: false,
    partOfLine: false,
  },
  { ...ALL_ON, name: 'and groups known by all people', seesAllPeople: true },
  {
    ...ALL_ON,
    name: 'and reviewed from one other on',
    seesAllPeople: true,
    orders: { perPayer: 1, perPlace: 2 },
  },
];
