import { LADDER } from './score.ts';

/** Proof of work: rounds of the key derivation for one try, and how many tries it takes. */
export type WorkLoad = { readonly rounds: number; readonly triesMin: number; readonly triesMax: number };

/** Few long tries: between two of them the page's own thread has to come by, which is what a slow phone waits for. */
const ORDINARY: WorkLoad = { rounds: 10_000, triesMin: 4, triesMax: 12 };

/**
 * The work that a joining command asks for, by the score of who asks: an ordinary phone does it while the page is read,
 * a farm pays for it in electricity and time.
 * @param score 0–100
 */
export function workFor(score: number): WorkLoad {
  const times = score < LADDER.limit ? 1 : score < LADDER.challenge ? 8 : 32;
  return {
    rounds: ORDINARY.rounds,
    triesMin: ORDINARY.triesMin * times,
    triesMax: ORDINARY.triesMax * times,
  };
}
