import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { promotionsRead } from '../../lib/contracts/promotion.ts';
import type { Queryable } from '../platform/database.ts';

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** A deep promotion is in force from when its second person has agreed, not from when its window begins. */
const SELECT = `select id, name, scope, rule, ${epochMs('greatest(starts_at, valid_from)')} as "startsAt",
    ${epochMs('ends_at')} as "endsAt"
  from promotion where ends_at > now() and stopped_at is null and valid_from is not null`;

type Promotions = ValueOf<typeof promotionsRead>['promotions'];

/** Promotions that are in force now or will be, by id; the caller's clock says which are (`runningPromotions`). */
export function readPromotions(db: Queryable): Promise<Promotions> {
  return db.query<Promotions[number]>(`${SELECT} order by id`);
}
