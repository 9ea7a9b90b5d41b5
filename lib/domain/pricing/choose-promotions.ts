import { cutOf, isInScope, type Promotion, type ScopedGood } from './promotion.ts';

/** Units that a promotion may count: their amount after the cuts before it, and how many they are. */
export type Countable = ScopedGood & { readonly amountFen: number; readonly quantity: number };

export type Step<P extends Promotion> = {
  readonly promotion: P;
  /** Indices of the goods that count, and share the cut. */
  readonly members: readonly number[];
  readonly cutFen: number;
};

type Plan<P extends Promotion> = { readonly cutFen: number; readonly steps: readonly Step<P>[] };

/** Promotions that compete for the same goods beyond this many are looked at by what each alone would take off. */
export const COMPETING_MAX = 5;

function stepOf<P extends Promotion>(promotion: P, goods: readonly Countable[], free: ReadonlySet<number>): Step<P> {
  const members = [...free].filter((index) => isInScope(promotion.scope, goods[index] as Countable));
  let amountFen = 0;
  let pieces = 0;
  for (const index of members) {
    amountFen += goods[index]?.amountFen ?? 0;
    pieces += goods[index]?.quantity ?? 0;
  }
  return { promotion, members, cutFen: members.length === 0 ? 0 : cutOf(promotion.rule, amountFen, pieces) };
}

/** The best of all orders in which these promotions take the goods that are still free. */
function bestPlan<P extends Promotion>(
  rest: readonly P[],
  goods: readonly Countable[],
  free: ReadonlySet<number>,
): Plan<P> {
  let best: Plan<P> = { cutFen: 0, steps: [] };
  for (const promotion of rest) {
    const step = stepOf(promotion, goods, free);
    if (step.cutFen === 0) continue;
    const left = new Set([...free].filter((index) => !step.members.includes(index)));
    const others = rest.filter((one) => one !== promotion);
    const after = bestPlan(others, goods, left);
    if (step.cutFen + after.cutFen > best.cutFen) {
      best = { cutFen: step.cutFen + after.cutFen, steps: [step, ...after.steps] };
    }
  }
  return best;
}

/** Promotions that compete, directly or through others, in groups; groups have no goods in common. */
function competing<P extends Promotion>(promotions: readonly P[], goods: readonly Countable[]): P[][] {
  let groups: { promotions: P[]; members: Set<number> }[] = [];
  const all = new Set(goods.keys());
  for (const promotion of promotions) {
    const { members } = stepOf(promotion, goods, all);
    if (members.length === 0) continue;
    const touched = groups.filter((group) => members.some((index) => group.members.has(index)));
    groups = [
      ...groups.filter((group) => !touched.includes(group)),
      {
        promotions: [...touched.flatMap((group) => group.promotions), promotion],
        members: new Set([...touched.flatMap((group) => [...group.members]), ...members]),
      },
    ];
  }
  return groups.map((group) => group.promotions);
}

/**
 * Which promotion takes which goods: every unit counts towards one promotion at most, and of all ways to share the
 * goods out the shopper gets the one that takes off most. Goods and promotions come in an order that does not depend
 * on the cart, so that equal ways are told apart in the same way on the phone and on the server.
 *
 * More goods never make the sum of the cuts smaller, as long as no more than `COMPETING_MAX` compete.
 */
export function choosePromotions<P extends Promotion>(
  promotions: readonly P[],
  goods: readonly Countable[],
): readonly Step<P>[] {
  const free = new Set(goods.keys());
  const byId = [...promotions].sort((a, b) => (a.id < b.id ? -1 : 1));
  return competing(byId, goods).flatMap((group) => {
    const byCut = group
      .map((promotion) => stepOf(promotion, goods, free))
      .filter((step) => step.cutFen > 0)
      .sort((a, b) => b.cutFen - a.cutFen || (a.promotion.id < b.promotion.id ? -1 : 1));
    return bestPlan(
      byCut.slice(0, COMPETING_MAX).map((step) => step.promotion),
      goods,
      free,
    ).steps;
  });
}
