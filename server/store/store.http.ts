import { STORE_STOCK_SKUS_MAX, storeRead, storeStockRead } from '../../lib/contracts/store.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import type { StockBoard } from './stock-board.ts';
import { holidaysAhead, storeOf } from './store-rows.ts';

/** What everybody may know of the stores. */
export function storeRoutes({ db, board }: { db: Database; board: StockBoard }): Route[] {
  return [
    handle(storeRead, async ({ id }, { now }) => {
      const store = await storeOf(db, id);
      if (!store) return refuse({ code: 'not_found' });
      return accept({ store, holidays: await holidaysAhead(db), asOf: now });
    }),

    handle(storeStockRead, async ({ cell, skus: given }, { now }) => {
      const skus = [...new Set(given.split(',').filter((id) => id !== ''))];
      if (skus.length === 0 || skus.length > STORE_STOCK_SKUS_MAX) {
        return refuse({
          code: 'invalid_input',
          issues: [{ path: 'skus', message: `1 to ${STORE_STOCK_SKUS_MAX} ids with commas between` }],
        });
      }
      return accept({ asOf: now, skus, ...(await board.around(cell, skus)) });
    }),
  ];
}
