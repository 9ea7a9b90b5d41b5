/*
 * The people and invitations of one campaign, as numbers; who they are like is written in docs/fraud.md. Moments are ms
 * from the beginning of the campaign, negative ones lie before it.
 */

export type Mechanic = 'team' | 'packet';

export type Person = {
  readonly id: number;
  /** Index of the farm; −1: an honest person. */
  readonly farm: number;
  /** When the account was made; for who comes new, about when he is invited. */
  readonly madeAt: number;
  /** Another number: another key in the storage of a browser. −1: the browser keeps none. */
  readonly device: number;
  /** Who pays for his orders. */
  readonly payer: number;
  /** Where his orders go: a home, a firm, a station of a campus, somebody who bought from a farm. */
  readonly place: number;
  /** Has paid an order without rewards of a campaign that is older than the time in which goods may be returned. */
  readonly hasHistory: boolean;
};

/** One invitation that was followed. */
export type Invitation = {
  /** When the invited person acts. */
  readonly at: number;
  readonly mechanic: Mechanic;
  /** Of an honest person the id; of a farm the number of its slot, whose account changes (`Farm`). */
  readonly from: number;
  readonly to: number;
  /** −1: among honest people. */
  readonly farm: number;
  /** From the moment it was shared, or the page could be known, until it was opened. */
  readonly openedAfterMs: number;
  /** From opening to the command. */
  readonly stayedMs: number;
  /** Spread of the time between touches, in proportion to its mean; a script that waits evenly is near 0. */
  readonly rhythm: number;
  /** Address clusters of who invites and who comes. */
  readonly fromCluster: number;
  readonly toCluster: number;
  /** An invited person who has no phone verified yet verifies it. */
  readonly verifies: boolean;
  /** In [0, 1): what chance decides of this invitation later, the same in every run. */
  readonly chance: number;
};

export const CAMPAIGN_DAYS = 7;
