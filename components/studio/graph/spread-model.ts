import type { ValueNamed } from '../../../lib/contracts/named.ts';
import { placeSpread, type SpreadPlaces } from '../../../lib/domain/sharing/spread-layout.ts';
import { growSpread, type Spread } from '../../../lib/domain/sharing/spread-tree.ts';

type Columns = ValueNamed<'studio.graph'>;

/** A campaign's spread as the studio shows it: the columns of the wire with what follows from them. */
export type SpreadModel = {
  readonly columns: Columns;
  readonly spread: Spread;
  readonly places: SpreadPlaces;
  /** When each was made, 0 to 1 of the time from the first to the last. */
  readonly born: Float64Array;
  /** Seconds from the first to the last. */
  readonly spanSeconds: number;
  /** Who made it; the shop has many links, and is told apart by how their codes begin. */
  readonly nameOf: (node: number, shop: string) => string;
  readonly madeAt: (node: number) => number;
  /** Undefined: not among the columns. */
  readonly nodeOf: (code: string) => number | undefined;
  /** How many were made until then, 0 to 1 of the time. */
  readonly countUntil: (now: number) => number;
};

/** Grows and places a spread; some tenths of a second for the largest there is. */
export function modelOf(columns: Columns): SpreadModel {
  const { createdAt, startedAt, label, labels, code, parent } = columns;
  const spread = growSpread(parent);
  const places = placeSpread(spread);
  const spanSeconds = createdAt.reduce((last, at) => Math.max(last, at), 0);
  const born = Float64Array.from(createdAt, (at) => (spanSeconds === 0 ? 0 : at / spanSeconds));
  const inTime = born.toSorted();
  const nodes = new Map(code.map((one, node) => [one, node]));
  return {
    columns,
    spread,
    places,
    born,
    spanSeconds,
    nameOf: (node, shop) => labels[label[node] ?? -1] ?? `${shop} ${code[node]?.slice(0, 4) ?? ''}`,
    madeAt: (node) => startedAt + 1_000 * (createdAt[node] ?? 0),
    nodeOf: (one) => nodes.get(one),
    countUntil(now) {
      let [low, high] = [0, inTime.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (inTime[middle]! <= now) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
