import { randomBytes, randomInt } from 'node:crypto';
import { assert } from '../../../lib/domain/assert.ts';
import { CODE_NUMBERS, codeOf } from '../../../lib/domain/pickup/code.ts';
import { judgeToken, type Scanned } from '../../../lib/domain/pickup/token.ts';
import { makeCodeId, type PickupCodes } from '../../pickup/codes.ts';
import type { Queryable } from '../../platform/database.ts';

/** Free numbers are found at the first draw unless a store is nearly full of codes. */
const DRAWS_MAX = 50;

/** A code of a store coupon as its row says. */
export type CouponCodeRow = {
  readonly id: string;
  readonly coupon_id: string;
  readonly store_id: string;
  readonly sealed: Buffer;
};

/** Makes the code of a coupon: digits that neither a coupon nor a pickup of its store has. */
export async function makeCouponCode(
  tx: Queryable,
  codes: PickupCodes,
  { couponId, storeId }: { couponId: string; storeId: string },
): Promise<void> {
  const id = makeCodeId();
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const digits = codeOf(randomInt(CODE_NUMBERS));
    const sealed = codes.seal(id, { digits, secret: randomBytes(32).toString('hex'), link: null });
    const made = await tx.query(
      `insert into store_coupon_code (id, coupon_id, store_id, code_hash, sealed)
       select $1, $2, $3, $4, $5 where not exists (select 1 from pickup_code where store_id = $3 and code_hash = $4)
       on conflict (store_id, code_hash) do nothing returning id`,
      [id, couponId, storeId, codes.hashOfDigits(digits), sealed],
    );
    if (made.length === 1) return;
  }
  assert(false, `store ${storeId} has no free codes`);
}

type Readable = Extract<Scanned, { kind: 'token' | 'digits' }>;

const SELECT = 'select k.id, k.coupon_id, k.store_id, k.sealed from store_coupon_code k';

/**
 * The coupon whose code was shown; null: nobody's. Of digits that several stores gave out, this store's is meant; of
 * those of others, the one whose phone it is. `stale`: a token of some minutes ago, as in a picture of the screen.
 */
export async function findCouponCode(
  tx: Queryable,
  codes: PickupCodes,
  { scanned, lastFour, storeId, now }: { scanned: Readable; lastFour: string; storeId: string; now: number },
): Promise<CouponCodeRow | 'stale' | null> {
  if (scanned.kind === 'digits') {
    const [row] = await tx.query<CouponCodeRow>(
      `${SELECT} join coupon c on c.id = k.coupon_id join person p on p.id = c.shopper_id
       where k.code_hash = $1 and right(p.phone_number, 4) = $2 order by k.store_id <> $3, k.made_at desc limit 1`,
      [codes.hashOfDigits(scanned.digits), lastFour, storeId],
    );
    return row ?? null;
  }
  const [row] = await tx.query<CouponCodeRow>(`${SELECT} where k.id = $1`, [scanned.codeId]);
  if (!row) return null;
  const verdict = judgeToken(codes.open(row).secret, row.id, scanned.mac, now);
  if (verdict === 'stale') return 'stale';
  return verdict === 'good' ? row : null;
}
