import { HOUR_MS } from '../../lib/domain/time.ts';
import type { Controls } from './controls.ts';
import { TACTICS } from './farms.ts';
import type { RunResult } from './run.ts';

/** What issue and decisions ask of all controls together. */
export const TARGETS = { payoutShare: 0.01, honestRefused: 0.005, attackerReturn: 0 } as const;

export type Figures = {
  /** The controls of this run. */
  readonly run: string;
  /** Redeemed by farmed accounts ÷ redeemed by anybody, on paid orders that stayed. */
  readonly payoutShare: number;
  /** By people who help for pay: accounts, phones and purchases of their own. Not in `payoutShare`. */
  readonly paidHelpersShare: number;
  /** Honest requests that were refused, or whose reward was kept for good ÷ honest requests. */
  readonly honestRefused: number;
  /** Gain of all farms in proportion to what they paid; −1: all of it is lost. */
  readonly attackerReturn: number;
  /** The tactic that does best, with its return. */
  readonly bestTactic: string;
  readonly bestReturn: number;
  readonly honestChallenged: number;
  readonly honestHeld: number;
  /** Honest orders with rewards that waited for a reviewer. */
  readonly honestOrdersHeld: number;
  /** How long these waited, hours: half of them at most, and nineteen of twenty. */
  readonly honestOrdersWaitHours: { readonly half: number; readonly most: number };
  readonly honestFen: number;
  readonly farmedFen: number;
  readonly givenShare: number;
  /** Per tactic: share of all that was redeemed, and return. */
  readonly tactics: Readonly<Record<string, { readonly share: number; readonly return: number }>>;
  readonly review: RunResult['review'];
  readonly orders: RunResult['orders'];
  readonly seconds: number;
};

const round = (value: number) => Number(value.toFixed(5));
const part = (some: number, all: number) => (all === 0 ? 0 : round(some / all));

/** The line of one run. */
export function figuresOf(controls: Controls, result: RunResult, seconds: number): Figures {
  const { honest, farms, honestFen, helpersFen, farmedFen } = result;
  const all = [...farmedFen.values()].reduce((sum, fen) => sum + fen, 0);
  const tactics = Object.fromEntries(
    TACTICS.map(({ name }) => {
      const own = farms.filter(({ tactic }) => tactic.name === name);
      const paid = own.reduce((sum, { purse }) => sum + purse.paidFen, 0);
      const got = own.reduce((sum, { purse }) => sum + purse.gotFen, 0);
      const redeemed = own.reduce((sum, farm) => sum + (farmedFen.get(farm) ?? 0), 0);
      return [name, { share: part(redeemed, all + helpersFen + honestFen), return: part(got - paid, paid) }];
    }),
  );
  const best = Object.entries(tactics).reduce((a, b) => (b[1].return > a[1].return ? b : a));
  const paid = farms.reduce((sum, { purse }) => sum + purse.paidFen, 0);
  const got = farms.reduce((sum, { purse }) => sum + purse.gotFen, 0);
  const refused = honest.refused + honest.heldOverDay + honest.ordersRefused;
  return {
    run: controls.name,
    payoutShare: part(all, all + helpersFen + honestFen),
    paidHelpersShare: part(helpersFen, all + helpersFen + honestFen),
    honestRefused: part(refused, honest.asked),
    attackerReturn: part(got - paid, paid),
    bestTactic: best[0],
    bestReturn: best[1].return,
    honestChallenged: part(honest.challenged, honest.asked),
    honestHeld: part(honest.held, honest.asked),
    honestOrdersHeld: part(result.orders.honestHeld, result.orders.honest),
    honestOrdersWaitHours: { half: round(result.wait.half / HOUR_MS), most: round(result.wait.most / HOUR_MS) },
    honestFen,
    farmedFen: all,
    givenShare: part(result.givenFarmedFen, result.givenFarmedFen + result.givenHonestFen),
    tactics,
    review: result.review,
    orders: result.orders,
    seconds: round(seconds),
  };
}

const percent = (value: number) => `${(100 * value).toFixed(2)} %`;

/** The table, for people. */
export function tableOf(lines: readonly Figures[]): string {
  const rows = lines.map((line) =>
    [
      line.run.padEnd(34),
      percent(line.payoutShare).padStart(9),
      percent(line.honestRefused).padStart(9),
      percent(line.honestOrdersHeld).padStart(9),
      percent(line.attackerReturn).padStart(10),
      `${line.bestTactic} ${percent(line.bestReturn)}`.padStart(26),
    ].join(' '),
  );
  const head = `${'controls'.padEnd(34)} ${'payout'.padStart(9)} ${'honest'.padStart(9)} ${'waiting'.padStart(9)} ${'return'.padStart(10)} ${'best tactic'.padStart(26)}`;
  return [head, ...rows].join('\n');
}
