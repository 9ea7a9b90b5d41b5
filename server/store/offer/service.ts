import type { AnswerOf, RequestOf } from '../../../lib/contracts/contract.ts';
import type { OffersShown, offerClaim } from '../../../lib/contracts/store-offer.ts';
import { accept, refuse } from '../../../lib/domain/result.ts';
import type { OfferClaim } from '../../../lib/domain/store/settle-offer-claims.ts';
import { pickupCodes } from '../../pickup/codes.ts';
import { ticketOffice } from '../../pickup/scan.ts';
import { againIfRaced, type Database, isUnavailable } from '../../platform/database.ts';
import { LIMITS } from '../../platform/limits.ts';
import { openSequencer, QueueFull } from '../../platform/sequencer.ts';
import { databaseNow } from '../../promo/coupon-rows.ts';
import { claimOffers, type OfferOutcome } from './claim-offers.ts';
import { bestOfferAt, listCoupons, readCoupon, shownOffers } from './offer-rows.ts';
import { storePasswords } from './passwords.ts';
import { couponCounter } from './redeem.ts';
import { redemptionsToday } from './redemptions.ts';

/** Offers of stores as shoppers and clerks meet them. `secret`: of the installation; codes and passwords hang on it. */
export function offerService({ db, secret }: { db: Database; secret: string }) {
  const codes = pickupCodes(secret);
  const tickets = ticketOffice(secret);
  const passwords = storePasswords(secret);
  const sequencer = openSequencer<OfferClaim, OfferOutcome>({
    settle: (batch) => againIfRaced(() => claimOffers(db, codes, batch)),
    // A person's claims one after the other: each sees where and when the one before was.
    keyOf: ({ shopperId }) => shopperId,
    ...LIMITS.sequencer,
    isEverybodys: isUnavailable,
  });
  let shown: { readonly value: Promise<OffersShown>; readonly at: number } | null = null;

  async function submit(command: OfferClaim): Promise<AnswerOf<typeof offerClaim>> {
    let outcome: OfferOutcome;
    try {
      outcome = await sequencer.submit(command);
    } catch (error) {
      if (isUnavailable(error)) return refuse({ code: 'try_later', retryAfterMs: 2_000 });
      if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
      throw error;
    }
    if (outcome.kind === 'key_reused') return refuse({ code: 'key_reused' });
    if (outcome.kind === 'refused') return refuse(outcome.refusal);
    const coupon = await readCoupon(db, codes, outcome.couponId);
    return accept({ now: await databaseNow(db), coupon, isReplay: outcome.kind === 'replay' });
  }

  return {
    drain: () => sequencer.drain(),
    passwords,
    ...couponCounter({ db, codes, tickets }),
    redemptionsToday: (clerkId: string) => redemptionsToday(db, clerkId),
    mine: (shopperId: string) => listCoupons(db, codes, shopperId),

    /** The same for everybody, and kept for two seconds: claims decide, this only shows. */
    offers(): Promise<OffersShown> {
      const now = Date.now();
      if (shown === null || now - shown.at > LIMITS.storeOffer.shownMs) {
        const value = Promise.all([databaseNow(db), shownOffers(db)]).then(([asOf, offers]) => ({ asOf, offers }));
        // What failed is asked again.
        value.catch(() => {
          shown = null;
        });
        shown = { value, at: now };
      }
      return shown.value;
    },

    /** The contested command: answered after commit, once per key. */
    async claim(shopperId: string, { key, at }: RequestOf<typeof offerClaim>): Promise<AnswerOf<typeof offerClaim>> {
      if (at.by === 'near') {
        return submit({ shopperId, key, offerId: at.offerId, storeId: at.storeId, patch: at.patch });
      }
      const store = await passwords.storeOf(db, shopperId, at.password);
      if (!store.ok) return store;
      const offerId = await bestOfferAt(db, store.value);
      if (offerId === null) return refuse({ code: 'unknown_offer' });
      return submit({ shopperId, key, offerId, storeId: store.value, patch: null });
    },
  };
}

export type OfferService = ReturnType<typeof offerService>;
