import type { Campaign, LawFacts, LawFault } from './campaign.ts';
import { copyFaults } from './copy-law.ts';
import { moneyFaults } from './money-law.ts';
import { prizeFaults, rewardFaults } from './prize-law.ts';
import { timeFaults } from './time-law.ts';

/**
 * All that the law has against publishing a campaign; none: it may be published. What is said twice, in both languages,
 * is one fault. No legal advice: docs/law.md says what is looked at.
 */
export function lawFaults(campaign: Campaign, facts: LawFacts): LawFault[] {
  const faults = [
    ...moneyFaults(campaign, facts),
    ...(campaign.kind === 'team' ? prizeFaults(campaign) : []),
    ...('reward' in campaign ? rewardFaults(campaign) : []),
    ...timeFaults(campaign, facts),
  ];
  // Words are held against a rule that can be: with wrong amounts they would all be wrong.
  if (!faults.some(({ code }) => code === 'amount_wrong')) faults.push(...copyFaults(campaign, facts));
  const seen = new Set<string>();
  return faults.filter(({ code }) => !seen.has(code) && seen.add(code));
}
