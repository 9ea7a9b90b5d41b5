import { productRead, skusRead, venueRead } from '../../lib/contracts/catalog.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Queryable } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { readProduct, readProductsBySku, readVenue } from './catalog-store.ts';

/** Ids in one `skus` question: a cart's worth. */
const SKUS_ASKED_MAX = 50;

const SKU_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** The public reads of the catalogue. Each is one query, and a CDN keeps the answer for two seconds. */
export function catalogRoutes({ db }: { db: Queryable }): Route[] {
  return [
    handle(venueRead, async () => accept(await readVenue(db))),
    handle(productRead, async (request) => {
      const found = await readProduct(db, request.handle);
      return found ? accept(found) : refuse({ code: 'not_found' });
    }),
    handle(skusRead, async ({ ids }) => {
      const asked = [...new Set(ids.split(','))];
      if (asked.length > SKUS_ASKED_MAX || !asked.every((id) => SKU_ID.test(id))) {
        const message = `Up to ${SKUS_ASKED_MAX} SKU ids, separated by commas`;
        return refuse({ code: 'invalid_input', issues: [{ path: 'ids', message }] });
      }
      return accept(await readProductsBySku(db, asked));
    }),
  ];
}
