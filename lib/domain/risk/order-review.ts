/*
 * Orders with rewards that are looked at before they are packed. A farm collects with many accounts and pays with few:
 * what they have in common shows only when an order is paid.
 */

/**
 * `payer`: too many other people paid by the same account; `newcomers`, `worth`: newcomers, or all people, of his group
 * take too much with rewards that are won by inviting. `place`: only in old books, too many people at one place.
 */
export const REVIEW_REASONS = ['payer', 'place', 'newcomers', 'worth'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/** What orders may have in common: the payer's account, the receiver's phone, the delivery address. */
export const REVIEW_SUBJECTS = ['payer', 'phone', 'address'] as const;
export type ReviewSubject = (typeof REVIEW_SUBJECTS)[number];

/** How long an order may wait for a reviewer, from its payment; then it goes on by itself. */
export const REVIEW_MS = 24 * 60 * 60 * 1000;

/** How much is too much to go on unseen; a setting (server/platform/limits.ts). */
export type ReviewLimits = {
  /** Other people of the campaign by one payer. */
  readonly perPayer: number;
  /** A place with more people is an office, a dormitory or a station, and links nobody. */
  readonly perPlace: number;
  /** What the newcomers of a group take off unseen, fen; and so much more for each person he is known by. */
  readonly newcomersFen: number;
  readonly perKnownFen: number;
  /** What all people of a group of two or more take off unseen, fen. */
  readonly groupFen: number;
};

/**
 * What is known of an order. His group is who paid by the same account or has parcels sent to the same phone or door,
 * and once more of all these. A newcomer has paid no order without rewards that is older than goods may be returned.
 * Money counts over all campaigns, and only of rewards that are won by inviting.
 */
export type ReviewFacts = {
  /** Other people of the campaign by the same payer; null: the payer is not known. */
  readonly byPayer: number | null;
  readonly isNewcomer: boolean;
  /** People of the group, himself counted. */
  readonly people: number;
  /** What the group's newcomers, and all its people, took off orders, this one counted. */
  readonly newcomersFen: number;
  readonly groupFen: number;
  /** People who are no newcomers, of those who helped him and whom he helped. */
  readonly known: number;
};

/**
 * Why an order that used rewards is looked at before it is packed; null: it goes on. The payer comes first: who pays for
 * strangers is the stronger sign. More people in a group, more money, and fewer who know him never make it milder.
 */
export function reviewOf(
  { byPayer, isNewcomer, people, newcomersFen, groupFen, known }: ReviewFacts,
  limits: ReviewLimits,
): Exclude<ReviewReason, 'place'> | null {
  if (byPayer !== null && byPayer >= limits.perPayer) return 'payer';
  if (isNewcomer && newcomersFen > limits.newcomersFen + limits.perKnownFen * known) return 'newcomers';
  return people > 1 && groupFen > limits.groupFen ? 'worth' : null;
}

/**
 * One delivery address written in several ways as one text: without spaces and punctuation, full width as half width,
 * capitals as small letters, `号楼`, `栋`, `幢` as one.
 */
export function plainAddress(region: string, street: string): string {
  return `${region}${street}`
    .normalize('NFKC')
    .toLowerCase()
    .replace(/号楼|栋|幢/gu, '#')
    .replace(/[^\p{L}\p{N}#]/gu, '');
}

/** A phone as its digits, without the country's code. */
export function plainPhone(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '');
}
