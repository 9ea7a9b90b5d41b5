import { assert } from '../assert.ts';
import type { RiskAction, RiskMode } from './risk.ts';
import { fires, GROUP_MOST, type RiskGroup, type RiskReason, type RiskRule } from './rules.ts';
import type { RiskSignals } from './signals.ts';

export type RiskScore = {
  /** 0–100. */
  readonly score: number;
  /** Codes of the rules that weighed, heaviest first: what the person is told. */
  readonly reasons: readonly RiskReason[];
  /** Codes of the rules that fired in shadow. */
  readonly shadow: readonly RiskReason[];
  /** What each group came to, never more than it may. */
  readonly byGroup: Readonly<Record<RiskGroup, number>>;
};

type KnownRule = RiskRule & { readonly code: RiskReason };

/** Adds up what fires; a group counts up to its most, the whole up to 100. */
export function riskScore(signals: RiskSignals, rules: readonly KnownRule[]): RiskScore {
  const byGroup = { account: 0, device: 0, address: 0, payout: 0, circle: 0, behaviour: 0 };
  const fired = rules.filter((one) => fires(one, signals));
  for (const { group, weight, isShadow } of fired) {
    if (!isShadow) byGroup[group] = Math.min(GROUP_MOST[group], byGroup[group] + weight);
  }
  const weighed = fired.filter(({ isShadow }) => !isShadow).sort((a, b) => b.weight - a.weight);
  return {
    score: Math.min(
      100,
      Object.values(byGroup).reduce((sum, one) => sum + one, 0),
    ),
    reasons: weighed.map(({ code }) => code),
    shadow: fired.filter(({ isShadow }) => isShadow).map(({ code }) => code),
    byGroup,
  };
}

/** From which score on; below the first it is `allow`. */
export const LADDER = { limit: 40, challenge: 70, hold: 85 } as const;

/** What the ladder answers to a score. `refuse` is never a score's answer: only hard limits and people refuse. */
export function riskAction(score: number, mode: RiskMode): Exclude<RiskAction, 'refuse'> {
  assert(score >= 0 && score <= 100, 'a score is 0 to 100');
  if (mode === 'observe' || score < LADDER.limit) return 'allow';
  if (mode === 'manual' || score >= LADDER.hold) return 'hold';
  return score < LADDER.challenge ? 'limit' : 'challenge';
}
