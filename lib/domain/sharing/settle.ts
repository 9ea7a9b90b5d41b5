import type { EpochMs } from '../time.ts';
import { type CreditedTouch, creditTouches, type MarkovFacts, type Model } from './attribution.ts';
import { type Buyer, effectiveTouches, type SpreadFacts } from './chain.ts';

/** An order that was paid, with what the browsers of its buyer had touched in one campaign. */
export type PaidOrder = {
  readonly orderId: string;
  readonly campaignId: string;
  readonly buyer: Buyer;
  readonly placedAt: EpochMs;
  readonly paidFen: number;
};

export type CampaignRule = { readonly model: Model; readonly windowMs: number; readonly markov?: MarkovFacts };

export type Credit = {
  readonly orderId: string;
  readonly campaignId: string;
  readonly buyerId: string;
  /** Oldest first; their visits are the proof. */
  readonly touches: readonly CreditedTouch[];
};

const keyOf = (campaignId: string, who: string) => `${campaignId}|${who}`;

/**
 * Which of these orders, in the order of their placing, earn credit in their campaign and for whom. A person, and each of
 * his browsers, earns once per campaign: `earned` holds those that have, by `campaign|person` and `campaign|visitor`, and
 * grows.
 */
export function settleCredits(
  orders: readonly PaidOrder[],
  facts: SpreadFacts,
  rules: ReadonlyMap<string, CampaignRule>,
  earned: Set<string>,
): Credit[] {
  const credits: Credit[] = [];
  for (const { orderId, campaignId, buyer, placedAt, paidFen } of orders) {
    const rule = rules.get(campaignId);
    if (!rule || earned.has(keyOf(campaignId, buyer.personId))) continue;
    const touches = effectiveTouches(facts, { buyer, campaignId, placedAt, windowMs: rule.windowMs }).filter(
      ({ visitorId }) => !earned.has(keyOf(campaignId, visitorId)),
    );
    if (touches.length === 0) continue;
    earned.add(keyOf(campaignId, buyer.personId));
    for (const { visitorId } of touches) earned.add(keyOf(campaignId, visitorId));
    const order = { placedAt, fen: paidFen };
    credits.push({
      orderId,
      campaignId,
      buyerId: buyer.personId,
      touches: creditTouches(rule.model, touches, order, rule.markov),
    });
  }
  return credits;
}
