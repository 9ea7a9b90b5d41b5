import { type CouponHold, type CouponValidity, validityOf } from './coupon.ts';

export type ClaimCommand = {
  readonly shopperId: string;
  readonly key: string;
  readonly templateId: string;
  /** What he gets is reviewed first; null or left out: it is not. */
  readonly hold?: CouponHold | null;
};

/** What the database says of a template and its account, under the account's lock. */
export type ClaimableFacts = {
  readonly claimFrom: number;
  readonly claimUntil: number;
  /** From when it is in force; null: it is a draft, or waits for a second person. */
  readonly validFrom: number | null;
  readonly isStopped: boolean;
  /** It spends too fast, and waits for an operator. */
  readonly isPaused: boolean;
  readonly validity: CouponValidity;
  readonly perPerson: number;
  /** Reserved for each coupon, in fen. */
  readonly worstFen: number;
  readonly total: number;
  readonly claimed: number;
  readonly leftFen: number;
};

export type ClaimBooks = {
  /** Database clock, epoch ms. */
  readonly now: number;
  readonly templates: ReadonlyMap<string, ClaimableFacts>;
  /** `claimKey` → coupons of this template that the person has claimed. */
  readonly held: ReadonlyMap<string, number>;
  /** `${shopperId}|${key}` → the coupon that this key made. */
  readonly earlier: ReadonlyMap<string, { readonly couponId: string; readonly templateId: string }>;
};

export type ClaimRefusal =
  | { readonly code: 'unknown_coupon' }
  | { readonly code: 'coupon_not_open'; readonly opensAt: number }
  | { readonly code: 'coupon_over' }
  | { readonly code: 'coupon_paused' }
  | { readonly code: 'coupon_gone' }
  | { readonly code: 'coupon_limit'; readonly limit: number };

export type ClaimDecision =
  | {
      readonly kind: 'claimed';
      /** Which of the person's coupons of this template it is, from 1. */
      readonly number: number;
      readonly claimsLeft: number;
      readonly validFrom: number;
      readonly validUntil: number;
      readonly reservedFen: number;
    }
  | { readonly kind: 'replay'; readonly couponId: string }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly refusal: ClaimRefusal };

export const claimKey = (shopperId: string, templateId: string) => `${shopperId}|${templateId}`;

/** Why nobody can claim this now; null when somebody may. */
function closedBecause(template: ClaimableFacts | undefined, now: number): ClaimRefusal | null {
  if (!template || template.validFrom === null) return { code: 'unknown_coupon' };
  if (template.isStopped || now >= template.claimUntil) return { code: 'coupon_over' };
  if (template.isPaused) return { code: 'coupon_paused' };
  const opensAt = Math.max(template.claimFrom, template.validFrom);
  return now < opensAt ? { code: 'coupon_not_open', opensAt } : null;
}

/**
 * Settles claims in the order of their arrival: as many as the total and the budget allow, each person up to the limit.
 *
 * Pure: the books are what was read under the locks. A later claim of the batch sees what an earlier one took.
 */
export function settleClaims(commands: readonly ClaimCommand[], books: ClaimBooks): ClaimDecision[] {
  const accounts = new Map<string, { claimed: number; leftFen: number }>();
  for (const [id, { claimed, leftFen }] of books.templates) accounts.set(id, { claimed, leftFen });
  const held = new Map(books.held);
  const refused = (refusal: ClaimRefusal): ClaimDecision => ({ kind: 'refused', refusal });
  return commands.map(({ shopperId, key, templateId }): ClaimDecision => {
    const earlier = books.earlier.get(`${shopperId}|${key}`);
    if (earlier) {
      return earlier.templateId === templateId
        ? { kind: 'replay', couponId: earlier.couponId }
        : { kind: 'key_reused' };
    }
    const template = books.templates.get(templateId);
    const account = accounts.get(templateId);
    const closed = closedBecause(template, books.now);
    if (closed) return refused(closed);
    if (!template || !account) return refused({ code: 'unknown_coupon' });
    const own = held.get(claimKey(shopperId, templateId)) ?? 0;
    if (own >= template.perPerson) return refused({ code: 'coupon_limit', limit: template.perPerson });
    if (account.claimed >= template.total || account.leftFen < template.worstFen)
      return refused({ code: 'coupon_gone' });
    account.claimed += 1;
    account.leftFen -= template.worstFen;
    held.set(claimKey(shopperId, templateId), own + 1);
    return {
      kind: 'claimed',
      number: own + 1,
      claimsLeft: template.perPerson - own - 1,
      ...validityOf(template.validity, books.now),
      reservedFen: template.worstFen,
    };
  });
}
