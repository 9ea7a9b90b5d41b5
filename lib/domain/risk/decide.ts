import { halved, limitsReached, type RiskCounts, type RiskLimit, type RiskLimits } from './limits.ts';
import type { RiskAction, RiskMode } from './risk.ts';
import { severer } from './risk.ts';
import { RISK_RULES, type RiskReason, type RiskRule } from './rules.ts';
import { LADDER, type RiskScore, riskAction, riskScore } from './score.ts';
import type { RiskSignals } from './signals.ts';

export type RiskBooks = {
  readonly signals: RiskSignals;
  readonly counts: RiskCounts;
  readonly limits: RiskLimits;
  readonly mode: RiskMode;
  /** The controls cannot be relied on now: everything is held. */
  readonly isGateClosed: boolean;
  /** He has typed a one-time code on this device within the last half hour. */
  readonly hasPass: boolean;
  /** An appeal of his about this campaign was upheld: his score is not asked any more. */
  readonly isExempt: boolean;
  /** An operator has refused the group that he is of, by its device or its payout account. */
  readonly isMarked: boolean;
  readonly rules?: readonly (RiskRule & { readonly code: RiskReason })[];
};

export type RiskDecision = Pick<RiskScore, 'score' | 'reasons' | 'shadow'> & {
  readonly action: RiskAction;
  /** What the ladder would have said in `strict` mode: figures of `observe` are made of it. */
  readonly ladder: RiskAction;
  /** The limit that decided; null: none did. */
  readonly limit: RiskLimit | null;
  /** Why it is not the score alone that decided. */
  readonly because: 'score' | 'limit' | 'marked' | 'gate';
};

/**
 * Decides one request for a reward. Hard limits of people and of payout accounts hold always and for everybody; a
 * device's limit holds rewards back, and refuses only together with what has nothing to do with the device; that of an
 * address makes nothing worse than `limit`. A closed gate holds what would have been given.
 */
export function decideRisk(books: RiskBooks): RiskDecision {
  const { signals, counts, limits, mode, isGateClosed, hasPass, isExempt, isMarked } = books;
  const scored = riskScore(signals, books.rules ?? RISK_RULES);
  const ladder = riskAction(scored.score, 'strict');
  const decided = (action: RiskAction, because: RiskDecision['because'], limit: RiskLimit | null = null) => {
    const { score, reasons, shadow } = scored;
    return { score, reasons, shadow, action, ladder, because, limit };
  };
  let action: RiskAction = isExempt ? 'allow' : riskAction(scored.score, mode);
  const reached = limitsReached(counts, action === 'allow' ? limits : halved(limits));
  const [hard] = reached.filter((one) => one === 'person' || one === 'payout');
  if (hard) return decided('refuse', 'limit', hard);
  if (isMarked && !isExempt) return decided('refuse', 'marked');
  // Half an hour of proof that the phone is in his hand; what would be held is held all the same.
  if (action === 'challenge' && hasPass) action = 'limit';
  let because: RiskDecision['because'] = 'score';
  let limit: RiskLimit | null = null;
  if (mode !== 'observe' && !isExempt && reached.includes('device')) {
    const isElsewhereToo = scored.score - scored.byGroup.device >= LADDER.limit;
    const byDevice = isElsewhereToo ? 'refuse' : 'hold';
    if (severer(byDevice, action) !== action) [action, because, limit] = [byDevice, 'limit', 'device'];
  }
  if (mode !== 'observe' && !isExempt && reached.includes('address') && action === 'allow') {
    [action, because, limit] = ['limit', 'limit', 'address'];
  }
  if (isGateClosed && (action === 'allow' || action === 'limit')) return decided('hold', 'gate', limit);
  return decided(action, because, limit);
}
