import { randomUUID } from 'node:crypto';
import { patchOf } from '../../lib/domain/store/cell.ts';
import type { StoreOffer } from '../../lib/domain/store/offer.ts';
import type { Point } from '../../lib/domain/store/place.ts';
import type { Database } from '../../server/platform/database.ts';
import { publishStoreOffer } from '../../server/store/offer/offer-rows.ts';
import { type OfferService, offerService } from '../../server/store/offer/service.ts';
import { SHANGHAI } from './stores.ts';

const HOUR = 3_600_000;
/** As tests/support/shop.ts: what one sealed, the other opens. */
const SECRET = 'a secret of the tests';

/** Around the clock: a test may run at any hour. */
export const ALL_DAY = { weekly: Array.from({ length: 7 }, () => [[0, 1_440]]), holiday: null } as never;

/** The offers of one process; two of them are two processes. */
export const openOffers = (db: Database): OfferService => offerService({ db, secret: SECRET });

export const offerOf = (given: Partial<StoreOffer> = {}): StoreOffer => {
  const now = Date.now();
  const { rule = { kind: 'fixed', cutFen: 3_000 }, total = 100 } = given;
  return {
    id: randomUUID(),
    name: { zh: '到店领30元', en: '¥30 off at the store' },
    rule,
    hours: [0, 1_440],
    from: now - HOUR,
    until: now + 24 * HOUR,
    goodMinutes: 120,
    perDay: total,
    total,
    budgetFen: total * rule.cutFen,
    storeIds: ['s-1'],
    ...given,
  };
};

/** An offer that is published and in force. */
export async function putOffer(db: Database, given: Partial<StoreOffer> = {}): Promise<string> {
  const offer = offerOf(given);
  await db.transaction((tx) => publishStoreOffer(tx, offer, { by: 'test', at: Date.now(), validFrom: offer.from }));
  return offer.id;
}

/** What a phone at this point sends to claim an offer by being near. */
export function claimNear(
  offerId: string,
  { storeId = 's-1', point = SHANGHAI, key = randomUUID() }: { storeId?: string; point?: Point; key?: string } = {},
) {
  return { key, at: { by: 'near' as const, offerId, storeId, patch: patchOf(point), accuracyM: 20 as const } };
}

export const claimBy = (password: string, key: string = randomUUID()) => ({
  key,
  at: { by: 'password' as const, password },
});

/** A new password of a store. */
export const passwordOf = (db: Database, offers: OfferService, storeId = 's-1'): Promise<string> =>
  db.transaction((tx) => offers.passwords.renew(tx, storeId, 'test'));

/** The person's last claim was made so long ago. */
export async function longAgo(db: Database, shopperId: string, ms: number): Promise<void> {
  await db.query(`update store_claim set at = at - $2 * interval '1 millisecond' where shopper_id = $1`, [
    shopperId,
    ms,
  ]);
}
