import type { Promotion } from '../../lib/domain/pricing/promotion.ts';
import type { Queryable } from '../platform/database.ts';

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** A deep promotion is in force from when its second person has agreed, not from when its window begins. */
const SELECT = `select id, name, scope, rule, ${epochMs('greatest(starts_at, valid_from)')} as "startsAt",
    ${epochMs('ends_at')} as "endsAt"
  from promotion where ends_at > now() and stopped_at is null and valid_from is not null`;

/** Promotions that are in force now or will be, by id; the caller's clock says which are (`runningPromotions`). */
export function readPromotions(db: Queryable): Promise<Promotion[]> {
  return db.query<Promotion>(`${SELECT} order by id`);
}
