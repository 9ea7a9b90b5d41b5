/** What became of a hold. */
export type HoldState = 'held' | 'freed' | 'refused';

/** A hold as it is at `now`, whether the worker has come by or not: time frees it, only a person refuses it. */
export function holdStateAt(stored: HoldState, until: number, now: number): HoldState {
  return stored === 'held' && now >= until ? 'freed' : stored;
}
