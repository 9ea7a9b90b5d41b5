import { promotionsRead } from '../../lib/contracts/promotion.ts';
import { accept } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { handle, type Route } from '../platform/door.ts';
import { readPromotions } from './promotions.ts';

/** What shoppers may know of promotions: all that are in force or will be. */
export function promotionRoutes({ db }: { db: Database }): Route[] {
  return [handle(promotionsRead, async (_request, { now }) => accept({ now, promotions: await readPromotions(db) }))];
}
