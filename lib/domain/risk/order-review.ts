/*
 * Orders with rewards that are looked at before they are packed. A farm collects with many accounts and pays with few:
 * what they have in common shows only when an order is paid.
 */

export const REVIEW_REASONS = ['payer', 'place'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/** What orders may have in common: the payer's account, the receiver's phone, the delivery address. */
export const REVIEW_SUBJECTS = ['payer', 'phone', 'address'] as const;
export type ReviewSubject = (typeof REVIEW_SUBJECTS)[number];

/** How long an order may wait for a reviewer, from its payment; then it goes on by itself. */
export const REVIEW_MS = 24 * 60 * 60 * 1000;

/** How many other people are too many to go on unseen; a setting (server/platform/limits.ts). */
export type ReviewLimits = {
  readonly perPayer: number;
  /** Receivers and addresses: an office or a dormitory has many. */
  readonly perPlace: number;
};

/** Other people who used rewards of the same campaign and have this in common; null: it is not known. */
export type OthersOf = { readonly [S in ReviewSubject]: number | null };

/**
 * Why an order that used a campaign's rewards is looked at before it is packed; null: it goes on. The payer comes first:
 * who pays for strangers is the stronger sign.
 */
export function reviewOf(
  others: OthersOf,
  { perPayer, perPlace }: ReviewLimits,
): { readonly why: ReviewReason; readonly subject: ReviewSubject } | null {
  const isOver = (subject: ReviewSubject) => (others[subject] ?? 0) >= (subject === 'payer' ? perPayer : perPlace);
  const subject = REVIEW_SUBJECTS.find(isOver);
  return subject === undefined ? null : { why: subject === 'payer' ? 'payer' : 'place', subject };
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
