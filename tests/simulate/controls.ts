import type { RiskLimits } from '../../lib/domain/risk/limits.ts';
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
  /** An order with a reward waits for a reviewer before it is packed when its payer has paid for so many people before. */
  readonly perPayer: number;
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
  perPayer: NONE,
  partOfLine: true,
};

const off = (name: string, change: Partial<Controls>): Controls => ({ ...ALL_ON, name: `without ${name}`, ...change });
const limit = (change: Partial<RiskLimits>) => ({ limits: { ...ALL_ON.limits, ...change } });

/** What the shop does not do yet: docs/fraud.md says what it would come to. */
const PROPOSED: Controls = { ...ALL_ON, name: 'and orders reviewed by payer', perPayer: ALL_ON.limits.perPayout };

/** All controls, each one off in turn, none; then with what there might be. */
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
  off('the part of a line', { partOfLine: false }),
  {
    name: 'none',
    limits: { perPerson: NONE, perDevice: NONE, perPayout: NONE, perAddress: NONE },
    rules: [],
    phone: false,
    code: false,
    review: false,
    perPayer: NONE,
    partOfLine: false,
  },
  PROPOSED,
];
