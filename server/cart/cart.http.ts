import { cartMerge, cartRead } from '../../lib/contracts/cart.ts';
import { accept } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { mergeCart, readCart } from './service.ts';

export function cartRoutes({ db }: { db: Database }): Route[] {
  return [
    handle(cartRead, async (_request, { person, shopperId }) =>
      accept({ lines: person ? await readCart(db, shopperId) : [] }),
    ),
    handle(cartMerge, async ({ lines }, { shopperId }) => accept({ lines: await mergeCart(db, shopperId, lines) })),
  ];
}
