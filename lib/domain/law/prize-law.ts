import type { Campaign } from './campaign.ts';
import { fault, type LawFault } from './campaign.ts';

/** The largest prize by chance, AUCL art. 10 (3): ¥50,000. */
export const PRIZE_FEN_MAX = 5_000_000;
const MILLION = 1_000_000;

type Draw = Extract<Campaign, { kind: 'team' }>;

/** What must be known and right before a draw begins: amounts, odds, quantity, conditions; and what it may not be. */
export function prizeFaults(draw: Draw): LawFault[] {
  const faults: LawFault[] = [];
  const { leastFen, mostFen, potFen, size, odds } = draw;
  const isWhole = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;
  if (
    !isWhole(potFen, 1) ||
    !isWhole(size, 2) ||
    !isWhole(leastFen, 1) ||
    !isWhole(mostFen, leastFen) ||
    leastFen * size > potFen ||
    mostFen + leastFen * (size - 1) > potFen ||
    !isWhole(draw.consolationFen, 0) ||
    draw.consolationFen > potFen
  ) {
    faults.push(fault({ code: 'amount_wrong', article: 'sales_promotion_13' }));
  }
  if (mostFen > PRIZE_FEN_MAX) {
    faults.push(
      fault({ code: 'prize_too_big', article: 'unfair_competition_10', fen: mostFen, fenMax: PRIZE_FEN_MAX }),
    );
  }
  if (odds.length === 0) faults.push(fault({ code: 'odds_missing', article: 'sales_promotion_13' }));
  else if (!areOddsWhole(draw)) faults.push(fault({ code: 'odds_wrong', article: 'sales_promotion_13' }));
  if (!isWhole(draw.joinsPerDay, 1)) faults.push(fault({ code: 'quantity_wrong', article: 'sales_promotion_13' }));
  if (draw.coupon.kind === 'threshold' && draw.coupon.fullFen <= mostFen) {
    faults.push(fault({ code: 'conditions_wrong', article: 'sales_promotion_13' }));
  }
  return faults;
}

/** The table leaves out no amount and no chance. */
function areOddsWhole({ odds, leastFen, mostFen }: Draw): boolean {
  const sum = odds.reduce((all, { perMillion }) => all + perMillion, 0);
  const isRising = odds.every(
    ({ fromFen, toFen, perMillion }, index) =>
      fromFen <= toFen && perMillion >= 0 && (index === 0 || fromFen === (odds[index - 1]?.toFen ?? 0) + 1),
  );
  return sum === MILLION && isRising && odds[0]?.fromFen === leastFen && odds.at(-1)?.toFen === mostFen;
}

/** Nobody is paid for how many people he brings in, for what they bring or buy, and nobody pays to take part. */
export function rewardFaults({ reward }: Extract<Campaign, { reward: unknown }>): LawFault[] {
  const faults: LawFault[] = [];
  const article = 'pyramid_selling_7';
  if (reward.by === 'head' || reward.by === 'sale') faults.push(fault({ code: 'pays_by_head', article }));
  if (reward.levels > 1) faults.push(fault({ code: 'pays_by_levels', article }));
  if (reward.entryFen > 0) faults.push(fault({ code: 'asks_entry', article }));
  return faults;
}
