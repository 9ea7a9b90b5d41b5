import { CAP_PERMILLE_MAX, GENERATIONS_MAX } from '../packet/packet.ts';
import { ruleFault } from '../pricing/promotion.ts';
import { RED_PACKET_PERMILLE } from '../pricing/stacking.ts';
import { couponLayer, thresholdFen, worstCaseFen } from '../promo/coupon.ts';
import { type Campaign, cutPermilleOf, fault, type LawFacts, type LawFault } from './campaign.ts';

const isWhole = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;

/** Amounts that can be, a budget for what is promised, and no price below what goods cost. */
export function moneyFaults(campaign: Campaign, facts: LawFacts): LawFault[] {
  const faults = amountFaults(campaign);
  if (faults.length > 0) return faults;
  return [...budgetFaults(campaign), ...floorFaults(campaign, facts)];
}

function amountFaults(campaign: Campaign): LawFault[] {
  const wrong = fault({ code: 'amount_wrong', article: 'sales_promotion_5' });
  if (campaign.kind === 'team') return [];
  if (campaign.kind === 'packet') return canGrowAsSaid(campaign) ? [] : [wrong];
  if (campaign.kind === 'promotion') return ruleFault(campaign.rule) ? [wrong] : [];
  const { rule, perPerson, total } = campaign;
  const faults: LawFault[] = [];
  const isCutRight =
    isWhole(worstCaseFen(rule), 1) &&
    isWhole(thresholdFen(rule), 0) &&
    (rule.kind !== 'threshold' || rule.cutFen < rule.fullFen) &&
    (rule.kind !== 'percent' || (isWhole(rule.cutPermille, 1) && rule.cutPermille < 1000));
  if (!isCutRight) faults.push(wrong);
  if (!isWhole(total, 1) || !isWhole(perPerson, 1) || perPerson > total) {
    faults.push(fault({ code: 'quantity_wrong', article: 'sales_promotion_5' }));
  }
  return faults;
}

/** Every generation has a base, a step, and a cap that its steps reach and that is five times its base at most. */
function canGrowAsSaid({ terms }: Extract<Campaign, { kind: 'packet' }>): boolean {
  const isRight = terms.every(
    ({ generation, baseFen, stepFen, capFen, steps }, at) =>
      generation === at + 1 &&
      isWhole(baseFen, 1) &&
      isWhole(stepFen, 1) &&
      isWhole(capFen, baseFen + 1) &&
      capFen * 1000 <= baseFen * CAP_PERMILLE_MAX &&
      steps === Math.ceil((capFen - baseFen) / stepFen),
  );
  return isRight && terms.length > 0 && terms.length <= GENERATIONS_MAX;
}

/** What one person is told that he may have is there when he comes first. */
function budgetFaults(campaign: Campaign): LawFault[] {
  if (campaign.kind === 'promotion') return [];
  const promisedFen = promisedToOne(campaign);
  if (campaign.budgetFen >= promisedFen) return [];
  return [fault({ code: 'budget_below_promise', article: 'sales_promotion_6', fen: promisedFen })];
}

function promisedToOne(campaign: Exclude<Campaign, { kind: 'promotion' }>): number {
  if (campaign.kind === 'team') return campaign.potFen;
  if (campaign.kind === 'packet') return Math.max(...campaign.terms.map(({ capFen }) => capFen));
  return worstCaseFen(campaign.rule) * campaign.perPerson;
}

/**
 * The worst price of one unit, on its own and with all that may be taken off besides. A cut that has a threshold is
 * never more than its share of it; one that has none takes its whole amount off the cheapest unit.
 */
function floorFaults(campaign: Campaign, facts: LawFacts): LawFault[] {
  const isRedPacket =
    campaign.kind === 'packet' ||
    (campaign.kind === 'coupon' && couponLayer(campaign.rule) === 'red_packet') ||
    (campaign.kind === 'team' && campaign.coupon.kind === 'red_packet');
  // Red packets take a fifth of a line at most, whatever they are worth.
  if (isRedPacket) return [];
  if (campaign.kind === 'coupon' && campaign.rule.kind === 'fixed') {
    const { cheapestFen, floorPermille } = facts;
    if (cheapestFen === null) return [];
    const lowestFen = cheapestFen - campaign.rule.cutFen;
    return lowestFen * 1000 < cheapestFen * floorPermille
      ? [fault({ code: 'below_floor', article: 'price_14', fen: Math.max(0, lowestFen) })]
      : [];
  }
  const cut = cutPermilleOf(campaign);
  // A threshold that is not above the cut is told as what it is.
  if (cut >= 1000) return [];
  const alone = 1000 - cut;
  if (alone < facts.floorPermille) return [fault({ code: 'below_floor', article: 'price_14', fen: 0 })];
  const together = (alone * (1000 - facts.metPermille)) / 1000 - (facts.meetsRedPackets ? RED_PACKET_PERMILLE : 0);
  return together <= 0 ? [fault({ code: 'given_away_with_others', article: 'price_14' })] : [];
}
