import type { Spread } from './spread-tree.ts';

/*
 * Where each link of a spread stands: generations are rings round the shop, a branch keeps to its own wedge, and nobody
 * stands on anybody. By rule, not by forces: the same spread is the same picture each time, at once, and what is added
 * to it moves nothing but its neighbours.
 */

/** One generation's ring, in the distance of two nodes from each other. */
export type Ring = { readonly inner: number; readonly rows: number };

export type SpreadPlaces = {
  /** The shop is at 0, 0; two nodes are never nearer than about 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rings: readonly Ring[];
  /** How far out the last ring reaches. */
  readonly radius: number;
};

const TURN = 2 * Math.PI;

/** Rings with room for their nodes: a ring that is too short for one row of them has several. */
function ringsFor(generations: readonly number[], gap: number, wider: number): Ring[] {
  const rings: Ring[] = [];
  // One beginning stands in the middle.
  let edge = generations[0] === 1 ? 0 : gap;
  for (const count of generations) {
    const needed = edge === 0 ? 1 : Math.ceil((count * wider) / (TURN * edge));
    const rows = Math.max(1, needed);
    rings.push({ inner: edge, rows });
    edge += rows - 1 + gap;
  }
  return rings;
}

/** The part of a turn that may be filled: where the last of a ring with rows meets the first, both may be in one row. */
function roomIn(rings: readonly Ring[]): number {
  const first = rings.find(({ rows }) => rows > 1);
  return first ? 1 - 1 / (TURN * first.inner) : 1;
}

/** The part of the whole turn that each branch needs so that all of its rings have room; and all trees together. */
function wedges({ size, parent, generation, walk }: Spread, rings: readonly Ring[]) {
  const own = rings.map(({ inner, rows }) => (inner === 0 ? 0 : 1 / (TURN * inner * rows)));
  const below = new Float64Array(size);
  const need = new Float64Array(size);
  let all = 0;
  for (let place = size - 1; place >= 0; place -= 1) {
    const node = walk[place]!;
    need[node] = Math.max(own[generation[node]!]!, below[node]!);
    const above = parent[node]!;
    if (above === -1) all += need[node]!;
    else below[above] = below[above]! + need[node]!;
  }
  return { need, below, all };
}

/** A stride that brings neighbours of a ring far from each other through its rows, and visits every row. */
function strideOf(rows: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  let stride = Math.max(1, Math.round(rows * 0.618));
  while (commonDivisor(stride, rows) !== 1) stride += 1;
  return stride;
}

/** Places all links of a spread; a few passes over them, whatever their shape. */
export function placeSpread(spread: Spread): SpreadPlaces {
  const { size, parent, generation, walk, generations } = spread;
  const gap = 3 + Math.sqrt(size) / 40;
  let wider = 1;
  let rings = ringsFor(generations, gap, wider);
  let wedge = wedges(spread, rings);
  // Branches that are wide in different generations together need more than a turn: so much wider, they fit.
  while (wedge.all > roomIn(rings)) {
    wider *= Math.max(1.01, wedge.all / roomIn(rings));
    rings = ringsFor(generations, gap, wider);
    wedge = wedges(spread, rings);
  }
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const from = new Float64Array(size);
  const width = new Float64Array(size);
  /** Where the next child's wedge begins. */
  const next = new Float64Array(size);
  const strides = rings.map(({ rows }) => strideOf(rows));
  const seen = rings.map(() => 0);
  const room = roomIn(rings);
  let begin = (1 - room) / 2;
  for (let place = 0; place < size; place += 1) {
    const node = walk[place]!;
    const above = parent[node]!;
    const depth = generation[node]!;
    if (above === -1) {
      width[node] = wedge.all === 0 ? room : (wedge.need[node]! / wedge.all) * room;
      from[node] = begin;
      begin += width[node]!;
    } else {
      // What a branch has more than its children need is theirs as well.
      const share = wedge.below[above]! === 0 ? 0 : wedge.need[node]! / wedge.below[above]!;
      width[node] = width[above]! * share;
      from[node] = next[above]!;
      next[above] = next[above]! + width[node]!;
    }
    next[node] = from[node]!;
    const { inner, rows } = rings[depth]!;
    const row = (seen[depth]! * strides[depth]!) % rows;
    seen[depth] = seen[depth]! + 1;
    const radius = inner + row;
    // From the top, clockwise.
    const angle = (from[node]! + width[node]! / 2) * TURN;
    x[node] = radius * Math.sin(angle);
    y[node] = radius * Math.cos(angle);
  }
  const last = rings.at(-1);
  return { x, y, rings, radius: last ? last.inner + last.rows - 1 : 0 };
}
