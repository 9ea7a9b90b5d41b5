/** A spread of so many links in columns: some hubs with hundreds of followers, long chains, a burst and a tail in time. */
export type GrownSpread = {
  readonly parent: number[];
  readonly createdAt: number[];
  readonly visitors: number[];
  readonly orders: number[];
  readonly revenueFen: number[];
};

/** The same seed grows the same spread. */
export function growColumns(size: number, seed = 1): GrownSpread {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  const roots = Math.min(8, size);
  const parent: number[] = [];
  const createdAt: number[] = [];
  for (let node = 0; node < size; node += 1) {
    const isHub = next() < 0.35;
    const above = isHub ? Math.floor(next() ** 3 * node * 0.3) : Math.floor(node * (1 - next() ** 2 * 0.9));
    parent.push(node < roots ? -1 : Math.min(node - 1, above));
    createdAt.push(Math.floor((node / size) ** 1.7 * 7 * 86_400));
  }
  const visitors = parent.map(() => Math.floor(next() ** 4 * 40));
  for (const above of parent) if (above >= 0) visitors[above]! += 3;
  const orders = visitors.map((count) => (next() < 0.1 ? Math.ceil(count / 10) : 0));
  const revenueFen = orders.map((count) => count * Math.floor(2_000 + next() * 60_000));
  return { parent, createdAt, visitors, orders, revenueFen };
}
