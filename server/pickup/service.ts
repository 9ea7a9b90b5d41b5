import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { counterOrders } from '../../lib/contracts/counter.ts';
import type { pickupChangeStore } from '../../lib/contracts/pickup.ts';
import { assert } from '../../lib/domain/assert.ts';
import { accept } from '../../lib/domain/result.ts';
import type { OrderBook } from '../order/order-book.ts';
import { toShown } from '../order/service.ts';
import type { Database } from '../platform/database.ts';
import { changeStore } from './change-store.ts';
import { postOf } from './clerks.ts';
import { pickupCodes } from './codes.ts';
import { needsPost } from './counter-facts.ts';
import { epochMs, listCounterOrders } from './counter-orders.ts';
import { shownCodes } from './friend-code.ts';
import { handOvers } from './hand-over.ts';
import { readDay, readHome } from './home.ts';
import { leases } from './lease.ts';
import { preparing } from './prepare.ts';
import { scanner, ticketOffice } from './scan.ts';
import { storeFor } from './stores.ts';

/** Store pickup as shoppers and clerks meet it. `secret`: of the installation; codes are sealed and hashed with it. */
export function pickupService({ db, secret, orders }: { db: Database; secret: string; orders: OrderBook }) {
  const codes = pickupCodes(secret);
  const tickets = ticketOffice(secret);

  return {
    codes: shownCodes({ db, codes }),
    ...scanner({ db, codes, tickets }),
    ...handOvers({ db, tickets }),
    ...preparing({ db, codes }),
    ...leases({ db, codes, secret }),
    home: async (clerkId: string) => accept(await readHome(db, clerkId)),
    day: (clerkId: string, day?: string) => readDay(db, clerkId, day),

    async list(clerkId: string, request: RequestOf<typeof counterOrders>): Promise<AnswerOf<typeof counterOrders>> {
      const post = needsPost(await postOf(db, clerkId));
      if (!post.ok) return post;
      const { list, lastFour, after } = request;
      const found = await listCounterOrders(db, {
        storeId: post.value.storeId,
        clerkId,
        list,
        ...(lastFour ? { lastFour } : {}),
        ...(after ? { after } : {}),
      });
      const [time] = await db.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
      return accept({ now: time?.now ?? 0, ...found });
    },

    async changeStore(
      shopperId: string,
      request: RequestOf<typeof pickupChangeStore>,
    ): Promise<AnswerOf<typeof pickupChangeStore>> {
      const place = await storeFor(db, request.storeId);
      if (!place.ok) return place;
      const changed = await changeStore(db, shopperId, request, place.value);
      if (!changed.ok) return changed;
      const order = await orders.read(request.orderId);
      assert(order !== null, 'an order does not vanish');
      return accept({ order: toShown(order) });
    },
  };
}

export type PickupService = ReturnType<typeof pickupService>;
