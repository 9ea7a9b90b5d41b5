import type { Invariant } from './invariant.ts';

/** Store coupons; their total, their budget and their money are those of every coupon (coupon-invariants.ts). */
export const OFFER_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-31',
    name: 'store-claims-within-their-days',
    says: {
      zh: '门店优惠每天的领取数不超过上限，等于当天的领取记录',
      en: 'No more claims of a store’s offer on a day than the day has, and the day counts each of them',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s on %s: %s counted, %s claims, %s a day', coalesce(d.offer_id, c.offer_id), coalesce(d.day, c.day),
                    d.claimed, c.n, d.per_day) as detail
      from store_offer_day d
      full join (select offer_id, day, count(*) as n from store_claim group by 1, 2) c
        on c.offer_id = d.offer_id and c.day = d.day
      where d.claimed is distinct from c.n or d.claimed > d.per_day
      union all
      select null, null, format('%s of %s at %s has no claim', c.id, c.shopper_id, c.store_id)
      from coupon c left join store_claim x on x.coupon_id = c.id and x.store_id = c.store_id and x.shopper_id = c.shopper_id
      where c.store_id is not null and x.coupon_id is null`,
  },
  {
    id: 'INV-42',
    name: 'store-coupons-redeemed-once',
    says: {
      zh: '每张到店券最多核销一次，由本店当时在岗的店员核销，金额一致',
      en: 'A store coupon is redeemed once at most: at its own store, by a clerk who was posted there then, for what it gives',
    },
    when: 'always',
    sql: `
      select null as sku_id, null as order_id,
             format('%s is %s for %s; %s redemptions of %s', coalesce(c.id, r.coupon_id), c.state, c.cut_fen,
                    coalesce(r.n, 0), r.fen) as detail
      from (select id, store_id, state, cut_fen, redemption_id from coupon where store_id is not null) c
      full join (
        select coupon_id, count(*) as n, max(cut_fen) as fen, max(store_id) as store_id, max(id::text)::uuid as id,
               bool_and(exists (select 1 from clerk_post p where p.clerk_id = s.clerk_id and p.store_id = s.store_id
                        and p.begun_at <= s.at and coalesce(p.ended_at, 'infinity') >= s.at)) as is_posted
        from store_redemption s where undone_at is null group by 1
      ) r on r.coupon_id = c.id
      where (c.state = 'used') is distinct from (r.n is not distinct from 1) or c.redemption_id is distinct from r.id
         or c.cut_fen is distinct from r.fen or r.store_id <> c.store_id or not r.is_posted`,
  },
];
