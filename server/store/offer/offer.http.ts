import {
  counterCoupons,
  counterRedeemCoupon,
  counterScanCoupon,
  counterUndoCoupon,
} from '../../../lib/contracts/counter-coupon.ts';
import {
  opsApproveStoreOffer,
  opsLiftStoreOffer,
  opsMakeStoreOffer,
  opsNewStorePassword,
  opsStopStoreOffer,
  opsStoreOffers,
} from '../../../lib/contracts/ops-offer.ts';
import { offerClaim, offerMine, storeOffersRead } from '../../../lib/contracts/store-offer.ts';
import { accept } from '../../../lib/domain/result.ts';
import {
  approveStoreOffer,
  liftStoreOffer,
  listStoreOffers,
  makeStoreOffer,
  newStorePassword,
  stopStoreOffer,
} from '../../ops/store-offers.ts';
import type { Database } from '../../platform/database.ts';
import { handle, type Route } from '../../platform/door.ts';
import type { OfferService } from './service.ts';

export function offerRoutes({ db, offers }: { db: Database; offers: OfferService }): Route[] {
  return [
    handle(storeOffersRead, async () => accept(await offers.offers())),
    handle(offerMine, async (_request, { shopperId }) => accept(await offers.mine(shopperId))),
    handle(offerClaim, (request, { shopperId }) => offers.claim(shopperId, request)),
    handle(counterScanCoupon, (request, { shopperId }) => offers.scanCoupon(shopperId, request)),
    handle(counterRedeemCoupon, (request, { shopperId }) => offers.redeemCoupon(shopperId, request)),
    handle(counterUndoCoupon, (request, { shopperId }) => offers.undoCoupon(shopperId, request)),
    handle(counterCoupons, (_request, { shopperId }) => offers.redemptionsToday(shopperId)),
    handle(opsStoreOffers, async (_request, { shopperId }) => accept(await listStoreOffers(db, shopperId))),
    handle(opsMakeStoreOffer, (request, { shopperId }) => makeStoreOffer(db, request, shopperId)),
    handle(opsApproveStoreOffer, (request, { shopperId }) => approveStoreOffer(db, request, shopperId)),
    handle(opsStopStoreOffer, (request, { shopperId }) => stopStoreOffer(db, request, shopperId)),
    handle(opsLiftStoreOffer, (request, { shopperId }) => liftStoreOffer(db, request, shopperId)),
    handle(opsNewStorePassword, ({ storeId }, { shopperId }) =>
      newStorePassword(db, offers.passwords, storeId, shopperId),
    ),
  ];
}
