import { COMPARED_DAYS } from '../../lib/domain/catalog/crossed-out-price.ts';
import type { Queryable } from '../platform/database.ts';

/**
 * Fixes what may be crossed out in these sessions, from what was really paid before they start: the rule of
 * `lib/domain/catalog/crossed-out-price.ts`, said in SQL because the history is long. Called when a session is saved.
 */
export async function fixCrossedOutPrices(tx: Queryable, sessionIds: readonly string[]): Promise<void> {
  await tx.query(
    `update session_item i
        set crossed_out_fen = (
          select min(d.unit_fen) from deal_price d
           where d.sku_id = i.sku_id
             and d.paid_at >= s.starts_at - make_interval(hours => $2)
             and d.paid_at < s.starts_at
          having min(d.unit_fen) > i.price_fen)
       from sale_session s
      where s.id = i.session_id and s.id = any($1)`,
    // Hours, not days: a day of a time zone with summer time may have 23.
    [sessionIds, COMPARED_DAYS * 24],
  );
}
