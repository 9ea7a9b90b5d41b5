import { useMemo } from 'react';
import type { Good, GoodsView } from '../../lib/client/goods.ts';
import type { LineQuotes } from '../../lib/client/line-quotes.ts';
import type { Localized } from '../../lib/contracts/contract.ts';
import type { LineProblem, PricedLine } from '../../lib/contracts/order.ts';
import type { CartLine } from '../../lib/domain/cart/merge.ts';
import { priceNow } from '../../lib/domain/pricing/price-now.ts';

/** A line of the cart with all that is known of it. */
export type CartRow = {
  readonly skuId: string;
  readonly quantity: number;
  /** Null while the goods are not known, or when the SKU is gone. */
  readonly good: Good | null;
  /** Null where fewer units would do: then the line can be mended in place. */
  readonly invalid: LineProblem | null;
  readonly problem: LineProblem | null;
  /** Units that could be had where not all can. */
  readonly possible: number;
  readonly units: readonly PricedLine[];
  readonly subtotalFen: number;
  readonly unitFen: number;
  readonly limit: number | null;
  readonly sessionId: string | null;
  readonly endsAt: number | null;
};

export type CartGroup = {
  readonly id: string;
  /** Null: ordinary goods. */
  readonly name: Localized | null;
  readonly endsAt: number | null;
  readonly rows: readonly CartRow[];
};

/** The moment at which a price or an opening changes next, ms on the server's clock; null when none is known. */
export function nextBoundary(goods: readonly Good[], now: number): number | null {
  const moments = goods.flatMap((good) => good.offers.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]));
  const ahead = moments.filter((moment) => moment > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Units that could be had of a line that cannot be had whole. */
function unitsPossible(problem: LineProblem): number {
  if (problem.code === 'sold_out') return problem.left ?? 0;
  if (problem.code === 'limit_reached') return Math.max(0, (problem.limit ?? 0) - (problem.owned ?? 0));
  return 0;
}

function rowOf(line: CartLine, good: Good | null, isGone: boolean, quotes: LineQuotes, now: number): CartRow {
  const price = good === null ? null : priceNow(good, now);
  const units = quotes.priced.get(line.skuId) ?? [];
  const counted = units.reduce((sum, unit) => sum + unit.quantity, 0);
  const quotedFen = units.reduce((sum, unit) => sum + unit.unitFen * unit.quantity, 0);
  const gone = { skuId: line.skuId, code: 'unknown_sku' } as const;
  const problem = isGone ? gone : (quotes.problems.get(line.skuId) ?? null);
  const possible = problem === null ? 0 : unitsPossible(problem);
  const unitFen = price?.unitFen ?? 0;
  return {
    skuId: line.skuId,
    quantity: line.quantity,
    good,
    problem,
    possible,
    invalid: problem !== null && possible === 0 ? problem : null,
    units: counted === line.quantity ? units : [],
    subtotalFen: counted === line.quantity ? quotedFen : unitFen * line.quantity,
    unitFen,
    limit: price?.offer?.limitPerPerson ?? good?.limitPerPerson ?? null,
    sessionId: price?.offer?.sessionId ?? null,
    endsAt: price?.offer?.endsAt ?? null,
  };
}

/** The cart as it is shown: one group a session, then ordinary goods, then what cannot be bought now. */
export function useCartGroups(lines: readonly CartLine[], goods: GoodsView, quotes: LineQuotes, now: number) {
  return useMemo(() => {
    const rows = lines.map((line) => {
      const good = goods.bySku[line.skuId] ?? null;
      return rowOf(line, good, good === null && goods.state === 'fresh', quotes, now);
    });
    const groups = new Map<string, CartGroup>();
    for (const row of rows) {
      if (row.invalid !== null) continue;
      const id = row.sessionId ?? '';
      const group = groups.get(id) ?? { id, name: goods.sessionNames[id] ?? null, endsAt: row.endsAt, rows: [] };
      groups.set(id, { ...group, rows: [...group.rows, row] });
    }
    return {
      rows,
      groups: [...groups.values()].sort((a, b) => Number(a.id === '') - Number(b.id === '')),
      invalid: rows.filter((row) => row.invalid !== null),
    };
  }, [lines, goods.bySku, goods.sessionNames, goods.state, quotes, now]);
}
