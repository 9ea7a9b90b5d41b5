import { bytesOfHex, sha256Hex, sha256Words } from '../sha256.ts';

/** What the split looks at; thousandths are of the pot. */
export type SplitRules = {
  readonly potFen: number;
  readonly size: number;
  readonly leastPermille: number;
  readonly leaderExtraPermille: number;
};

/**
 * What of the pot is fixed, in fen: no share is less than `leastFen`, the leader has `extraFen` on top of his, and
 * chance shares out `spareFen`. Below zero there is no such split.
 */
export function splitFacts({ potFen, size, leastPermille, leaderExtraPermille }: SplitRules) {
  const leastFen = Math.max(1, Math.ceil((potFen * leastPermille) / 1000));
  const extraFen = Math.floor((potFen * leaderExtraPermille) / 1000);
  return { leastFen, extraFen, spareFen: potFen - extraFen - size * leastFen };
}

/** The largest share there can be. */
export function mostShareFen(rules: SplitRules): number {
  const { leastFen, extraFen, spareFen } = splitFacts(rules);
  return leastFen + extraFen + spareFen;
}

/** What is shown of the seed before the split. @throws RangeError for a seed that is not hexadecimal */
export const seedHashOf = (seed: string): string => sha256Hex(bytesOfHex(seed));

/** Words of 32 bits: SHA-256 of the seed and a block's number (32 bits, big-endian, from 0), eight words a block. */
function wordsOf(seed: string): () => number {
  const bytes = bytesOfHex(seed);
  const block = new Uint8Array(bytes.length + 4);
  block.set(bytes);
  const view = new DataView(block.buffer);
  let words = new Uint32Array(0);
  let at = 0;
  let count = 0;
  return () => {
    if (at === words.length) {
      view.setUint32(bytes.length, count);
      words = new Uint32Array(sha256Words(block));
      count += 1;
      at = 0;
    }
    at += 1;
    return words[at - 1] as number;
  };
}

/** A whole number below `end`, each as likely as the other: words from the last whole multiple of `end` on are dropped. */
function below(next: () => number, end: number): number {
  const limit = 2 ** 32 - (2 ** 32 % end);
  let word = next();
  while (word >= limit) word = next();
  return word % end;
}

/**
 * Shares a pot out by place, in fen; anybody who has the seed gets the same (docs/team.md says how in one paragraph).
 * Everybody has the least share. Of what is to spare, each part but the last is drawn up to twice the mean of what is
 * left then, and the last is what is left; then the parts are put in an order that is drawn too, so that no place is
 * better or bolder than another. The leader, place 1, has his extra. The sum is the pot.
 * @throws RangeError when the least shares and the extra are more than the pot, or the seed is not hexadecimal
 */
export function splitPot(rules: SplitRules, seed: string): number[] {
  const { size } = rules;
  const { leastFen, extraFen, spareFen } = splitFacts(rules);
  if (spareFen < 0 || size < 1) throw new RangeError('No such split');
  const next = wordsOf(seed);
  let left = spareFen;
  const shares: number[] = [];
  for (let to = size; to > 1; to -= 1) {
    const part = below(next, Math.floor((2 * left) / to) + 1);
    left -= part;
    shares.push(leastFen + part);
  }
  shares.push(leastFen + left);
  for (let at = size - 1; at > 0; at -= 1) {
    const other = below(next, at + 1);
    [shares[at], shares[other]] = [shares[other] as number, shares[at] as number];
  }
  shares[0] = (shares[0] as number) + extraFen;
  return shares;
}

/** 手气最佳: the place of the largest share, the first of equal ones. */
export function luckiestPlace(shares: readonly number[]): number {
  return shares.indexOf(Math.max(...shares)) + 1;
}
