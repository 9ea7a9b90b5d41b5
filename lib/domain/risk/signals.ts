/** What is counted about one request for a reward; moments are epoch ms of one clock. */
export type RiskFacts = {
  readonly now: number;
  readonly accountMadeAt: number;
  readonly isPhoneVerified: boolean;
  /** When this device's key was registered; null: none was shown, or its signature is not good. */
  readonly deviceSeenAt: number | null;
  /** People who hold rewards of this campaign by this device's key, this one counted; 0 without a key. */
  readonly devicePeople: number;
  /** People of this address cluster who asked for rewards within the hour and the day, this one counted. */
  readonly addressHour: number;
  readonly addressDay: number;
  /** People who pay by the same account as this one does, himself counted; 0: he has not paid yet. */
  readonly payoutPeople: number;
  /** Those who helped him and whom he helped in this campaign, himself counted, and how many pairs of them help each other. */
  readonly circlePeople: number;
  readonly circleTies: number;
  /** When what he answers was shared, and when he opened it; null: he was not invited. */
  readonly sharedAt: number | null;
  readonly openedAt: number | null;
  /** Moments of his last taps that asked for something, oldest first. */
  readonly taps: readonly number[];
  /** The work that a joining command asks for was done. */
  readonly hasWorked: boolean;
};

/** What the rules look at; null: nothing is known of it, and no rule fires. */
export type RiskSignals = {
  readonly accountAgeMs: number;
  readonly isPhoneVerified: boolean;
  readonly hasDevice: boolean;
  readonly devicePeople: number;
  readonly addressHour: number;
  readonly addressDay: number;
  readonly payoutPeople: number;
  /** Thousandths of the pairs of his circle who help each other; null below `CIRCLE_MIN` people. */
  readonly circlePermille: number | null;
  readonly openedAfterMs: number | null;
  /** Spread of the pauses between taps, in thousandths of their mean; null below `TAPS_MIN` taps. */
  readonly rhythmPermille: number | null;
  readonly hasWorked: boolean;
};

/** Fewer people are a family; of three friends every pair may well help each other. */
export const CIRCLE_MIN = 5;
const TAPS_MIN = 6;

/**
 * How densely a circle helps itself: of all pairs of its people, thousandths who are tied. A person's own ties to each
 * of the others are there by definition and do not count, or every hub would look like a ring.
 * @param people himself counted @param ties pairs that help each other, his own counted
 */
export function circlePermille(people: number, ties: number): number | null {
  if (people < CIRCLE_MIN) return null;
  const others = people - 1;
  const pairs = (others * (others - 1)) / 2;
  return Math.round((1000 * Math.min(pairs, Math.max(0, ties - others))) / pairs);
}

/** Standard deviation of the pauses in thousandths of their mean: people scatter, a robot's clock does not. */
export function rhythmPermille(taps: readonly number[]): number | null {
  if (taps.length < TAPS_MIN) return null;
  const pauses = taps.slice(1).map((at, index) => Math.max(0, at - (taps[index] ?? at)));
  const mean = pauses.reduce((sum, one) => sum + one, 0) / pauses.length;
  if (mean === 0) return 0;
  const variance = pauses.reduce((sum, one) => sum + (one - mean) ** 2, 0) / pauses.length;
  return Math.round((1000 * Math.sqrt(variance)) / mean);
}

export function riskSignals(facts: RiskFacts): RiskSignals {
  const { now, accountMadeAt, deviceSeenAt, sharedAt, openedAt, taps } = facts;
  return {
    accountAgeMs: Math.max(0, now - accountMadeAt),
    isPhoneVerified: facts.isPhoneVerified,
    hasDevice: deviceSeenAt !== null,
    devicePeople: deviceSeenAt === null ? 0 : facts.devicePeople,
    addressHour: facts.addressHour,
    addressDay: facts.addressDay,
    payoutPeople: facts.payoutPeople,
    circlePermille: circlePermille(facts.circlePeople, facts.circleTies),
    openedAfterMs: sharedAt === null || openedAt === null ? null : Math.max(0, openedAt - sharedAt),
    rhythmPermille: rhythmPermille(taps),
    hasWorked: facts.hasWorked,
  };
}
