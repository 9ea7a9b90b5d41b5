/*
 * How fast a campaign's money may leave its budget. A mistake in a campaign (a threshold left out, ten times the amount)
 * empties it in minutes; a popular one is fast too, but not as fast as that for its size and time.
 */

export type PaceSettings = {
  /** What leaves is summed over this long. */
  readonly windowMs: number;
  /** Never too fast below this: one operator may publish as much alone. */
  readonly soloFen: number;
  /** Thousandths of the budget that may leave in one window, however long the campaign is. */
  readonly sharePermille: number;
  /** How many times faster than evenly over its time; a short campaign is quick by nature. */
  readonly burst: number;
};

type Plan = { readonly budgetFen: number; readonly from: number; readonly until: number };

/** The most that may leave within one window, in fen; moments are epoch ms. */
export function paceLimitFen({ budgetFen, from, until }: Plan, settings: PaceSettings): number {
  const { windowMs, soloFen, sharePermille, burst } = settings;
  const evenly = (budgetFen * windowMs) / Math.max(windowMs, until - from);
  const allowed = Math.max(soloFen, (budgetFen * sharePermille) / 1000, evenly * burst);
  return Math.floor(Math.min(budgetFen, allowed));
}
