import { LADDER } from './score.ts';

/** Proof of work: rounds of the key derivation for one try, and how many tries it takes. */
export type WorkLoad = { readonly rounds: number; readonly triesMin: number; readonly triesMax: number };

const ORDINARY: WorkLoad = { rounds: 1_000, triesMin: 40, triesMax: 120 };

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
