/** Walks that were the same, counted: the states passed, oldest first, and how many of them ended in an order. */
export type WalkedPath = { readonly keys: readonly string[]; readonly walks: number; readonly orders: number };

const START = '(start)';
const ORDER = '(order)';
const ROUNDS_MAX = 10_000;
const CLOSE_ENOUGH = 1e-13;

/** How often each state was followed by each; a walk that ended without an order ends nowhere. */
function transitions(paths: readonly WalkedPath[]): Map<string, { total: number; next: Map<string, number> }> {
  const table = new Map<string, { total: number; next: Map<string, number> }>();
  const step = (from: string, to: string | null, times: number) => {
    const row = table.get(from) ?? { total: 0, next: new Map<string, number>() };
    row.total += times;
    if (to !== null) row.next.set(to, (row.next.get(to) ?? 0) + times);
    table.set(from, row);
  };
  for (const { keys, walks, orders } of paths) {
    if (keys.length === 0 || walks <= 0) continue;
    [START, ...keys.slice(0, -1)].forEach((from, at) => {
      step(from, keys[at] as string, walks);
    });
    const last = keys.at(-1) as string;
    step(last, ORDER, orders);
    step(last, null, walks - orders);
  }
  return table;
}

/** The chance that a walk from the start ends in an order; whoever comes to `removed` is lost. */
function chanceOfOrder(table: ReturnType<typeof transitions>, removed: string | null): number {
  const chance = new Map<string, number>([[ORDER, 1]]);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let moved = 0;
    for (const [from, { total, next }] of table) {
      if (from === removed || total === 0) continue;
      let sum = 0;
      for (const [to, times] of next) if (to !== removed) sum += times * (chance.get(to) ?? 0);
      const now = sum / total;
      moved = Math.max(moved, Math.abs(now - (chance.get(from) ?? 0)));
      chance.set(from, now);
    }
    if (moved < CLOSE_ENOUGH) break;
  }
  return chance.get(START) ?? 0;
}

/**
 * For each state the part of all orders that would be lost without it (removal effect of a first-order Markov chain),
 * 0 to 1. Empty when no walk ended in an order.
 */
export function removalEffects(paths: readonly WalkedPath[]): Map<string, number> {
  const table = transitions(paths);
  const whole = chanceOfOrder(table, null);
  const effects = new Map<string, number>();
  if (whole <= 0) return effects;
  for (const key of table.keys()) {
    if (key !== START) effects.set(key, Math.max(0, 1 - chanceOfOrder(table, key) / whole));
  }
  return effects;
}
