import {
  counterArrive,
  counterDay,
  counterExtend,
  counterHandOver,
  counterHome,
  counterLease,
  counterOrders,
  counterReady,
  counterReconcile,
  counterScan,
  counterUndo,
} from '../../lib/contracts/counter.ts';
import { opsClerks, opsPostClerk } from '../../lib/contracts/ops-pickup.ts';
import {
  pickupChangeStore,
  pickupCode,
  pickupFriend,
  pickupGiveFriendCode,
  pickupTakeFriendCode,
} from '../../lib/contracts/pickup.ts';
import { accept } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { listClerks, postClerk } from './clerks.ts';
import type { PickupService } from './service.ts';

export function pickupRoutes({ db, pickups }: { db: Database; pickups: PickupService }): Route[] {
  return [
    handle(pickupCode, ({ orderId }, { shopperId }) => pickups.codes.own(shopperId, orderId)),
    handle(pickupChangeStore, (request, { shopperId }) => pickups.changeStore(shopperId, request)),
    handle(pickupGiveFriendCode, ({ orderId, key }, { shopperId }) =>
      pickups.codes.giveFriend(shopperId, orderId, key),
    ),
    handle(pickupTakeFriendCode, ({ orderId }, { shopperId }) => pickups.codes.takeFriend(shopperId, orderId)),
    handle(pickupFriend, ({ code }) => pickups.codes.friend(code)),
    handle(counterHome, (_request, { shopperId }) => pickups.home(shopperId)),
    handle(counterScan, (request, { shopperId }) => pickups.scan(shopperId, request)),
    handle(counterHandOver, (request, { shopperId }) => pickups.handOver(shopperId, request)),
    handle(counterUndo, (request, { shopperId }) => pickups.undo(shopperId, request)),
    handle(counterOrders, (request, { shopperId }) => pickups.list(shopperId, request)),
    handle(counterReady, ({ orderId }, { shopperId }) => pickups.ready(shopperId, orderId)),
    handle(counterArrive, ({ orderId }, { shopperId }) => pickups.arrive(shopperId, orderId)),
    handle(counterExtend, ({ orderId }, { shopperId }) => pickups.extend(shopperId, orderId)),
    handle(counterDay, ({ day }, { shopperId }) => pickups.day(shopperId, day)),
    handle(counterLease, ({ deviceId }, { shopperId }) => pickups.lease(shopperId, deviceId)),
    handle(counterReconcile, (request, { shopperId }) => pickups.reconcile(shopperId, request)),
    handle(opsClerks, async () => accept(await listClerks(db))),
    handle(opsPostClerk, (request, { shopperId }) => postClerk(db, request, shopperId)),
  ];
}
