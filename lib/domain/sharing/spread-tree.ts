import { assert } from '../assert.ts';

/*
 * Words used for the picture of a spread:
 *
 * - node:       one link of a campaign, by its place in the columns that came over the wire
 * - generation: how many people stand between a node and the shop's own link; 0 is the shop's
 * - branch:     a node and everything that grew from it
 */

/**
 * A forest of links, made ready for questions. Walked depth first, children in the order of the columns, every branch
 * is one run: `walk` from `at[node]`, `below[node]` nodes long.
 */
export type Spread = {
  readonly size: number;
  /** −1: the beginning of a tree. */
  readonly parent: Int32Array;
  readonly generation: Int32Array;
  /** Nodes in the order of the walk. */
  readonly walk: Int32Array;
  /** The place of each node in the walk. */
  readonly at: Int32Array;
  /** Nodes of its branch, itself included. */
  readonly below: Int32Array;
  /** How many nodes each generation has. */
  readonly generations: readonly number[];
};

/**
 * @param parents for each link the place of its parent, or −1; a parent may stand behind its children.
 * @throws when links lead in a circle, which the server promises not to send (INV-50).
 */
export function growSpread(parents: readonly number[]): Spread {
  const size = parents.length;
  const parent = Int32Array.from(parents);
  // Children of one parent as a chain, built from the back so that they come out in the order of the columns.
  const firstChild = new Int32Array(size + 1).fill(-1);
  const nextChild = new Int32Array(size).fill(-1);
  for (let node = size - 1; node >= 0; node -= 1) {
    const above = parent[node]!;
    assert(above >= -1 && above < size, 'the parent of a link is among the links');
    const slot = above === -1 ? size : above;
    nextChild[node] = firstChild[slot]!;
    firstChild[slot] = node;
  }
  const walk = new Int32Array(size);
  const at = new Int32Array(size);
  const below = new Int32Array(size).fill(1);
  const generation = new Int32Array(size);
  const generations: number[] = [];
  let seen = 0;
  let node = firstChild[size]!;
  while (node !== -1) {
    const above = parent[node]!;
    const depth = above === -1 ? 0 : generation[above]! + 1;
    generation[node] = depth;
    generations[depth] = (generations[depth] ?? 0) + 1;
    walk[seen] = node;
    at[node] = seen;
    seen += 1;
    let next = firstChild[node]!;
    // Up until somebody has a younger brother.
    for (let from = node; next === -1 && from !== -1; from = parent[from]!) next = nextChild[from]!;
    node = next;
  }
  assert(seen === size, 'links grow as trees');
  for (let place = size - 1; place >= 0; place -= 1) {
    const child = walk[place]!;
    const above = parent[child]!;
    if (above !== -1) below[above] = below[above]! + below[child]!;
  }
  return { size, parent, generation, walk, at, below, generations };
}

/** The nodes of a branch, the node itself first, each before what grew from it. */
export function branchOf({ walk, at, below }: Spread, node: number): Int32Array {
  return walk.subarray(at[node]!, at[node]! + below[node]!);
}

/** What grew directly from a node; from −1: the beginnings of all trees. */
export function childrenOf({ size, parent, walk, at, below }: Spread, node: number): number[] {
  const children: number[] = [];
  const end = node === -1 ? size : at[node]! + below[node]!;
  let place = node === -1 ? 0 : at[node]! + 1;
  while (place < end) {
    const child = walk[place]!;
    if (parent[child] === node) children.push(child);
    place += below[child]!;
  }
  return children;
}

/** From the beginning of its tree to the node itself. */
export function pathTo({ parent }: Spread, node: number): number[] {
  const path: number[] = [];
  for (let from = node; from !== -1; from = parent[from]!) path.unshift(from);
  return path;
}

/** The sum of a column over a branch. */
export function branchSum(spread: Spread, node: number, column: readonly number[]): number {
  let sum = 0;
  for (const one of branchOf(spread, node)) sum += column[one]!;
  return sum;
}
