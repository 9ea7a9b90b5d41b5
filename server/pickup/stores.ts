import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { PickupDesk, PickupPlace } from '../order/service.ts';
import type { Queryable } from '../platform/database.ts';
import { holidaysAhead, storeOf } from '../store/store-rows.ts';

export type { PickupPlace };

/** A store that takes orders now, as the order keeps it. */
export async function storeFor(
  db: Queryable,
  storeId: string,
): Promise<Result<PickupPlace, { code: 'unknown_store' } | { code: 'store_not_open' }>> {
  const [store, holidays] = await Promise.all([storeOf(db, storeId), holidaysAhead(db)]);
  if (!store) return refuse({ code: 'unknown_store' });
  if (store.state !== 'open') return refuse({ code: 'store_not_open' });
  const { zone, hours, exceptions } = store;
  const calendar = { zone, hours, exceptions, holidays: new Set(holidays) };
  return accept({ id: store.id, region: store.region.zh, street: store.address.zh, calendar });
}

/** What the order room asks about stores and about who comes to them. */
export function pickupDesk(db: Queryable): PickupDesk {
  return {
    storeFor: (storeId) => storeFor(db, storeId),
    async contactOf(shopperId) {
      const [person] = await db.query<{ name: string; phone: string | null }>(
        'select trim(display_name) as name, phone_number as phone from person where id = $1',
        [shopperId],
      );
      return person?.phone ? { name: person.name, phone: person.phone } : null;
    },
  };
}
