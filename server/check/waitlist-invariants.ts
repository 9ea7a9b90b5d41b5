import type { Invariant } from './invariant.ts';

export const WAITLIST_INVARIANTS: readonly Invariant[] = [
  {
    id: 'INV-08',
    name: 'nothing-free-while-somebody-waits',
    says: {
      zh: '有人候补时，在售商品没有空闲库存',
      en: 'Nothing that is for sale is free while somebody waits for it',
    },
    // Goods that are put on sale again are served by the sweep a moment later; new buyers have to wait for it too.
    when: 'quiet',
    sql: `
      select l.sku_id, null as order_id, format('%s free, %s wait', l.on_hand - l.reserved, l.waiting) as detail
      from stock_level l
      join sku s on s.id = l.sku_id and s.is_listed join product p on p.handle = s.product_handle and p.is_listed
      where l.waiting > 0 and l.on_hand > l.reserved
        and not exists (select 1 from sale_stop t where t.sku_id = s.id and t.opened_at is null)`,
  },
  {
    id: 'INV-08',
    name: 'waitlist-is-counted',
    says: { zh: '候补人数与保留数等于候补记录', en: 'The counters of the waitlist are its entries' },
    when: 'always',
    sql: `
      select l.sku_id, null as order_id,
             format('counted %s waiting and %s offered, entries %s and %s', l.waiting, l.offered,
                    coalesce(w.waiting, 0), coalesce(w.offered, 0)) as detail
      from stock_level l
      left join (
        select sku_id, count(*) filter (where state = 'waiting') as waiting,
               count(*) filter (where state = 'offered') as offered
        from waitlist_entry where state in ('waiting', 'offered') group by 1
      ) w on w.sku_id = l.sku_id and l.location_id = 'central'
      where l.waiting <> coalesce(w.waiting, 0) or l.offered <> coalesce(w.offered, 0)`,
  },
  {
    id: 'INV-08',
    name: 'offer-holds-its-units',
    says: { zh: '每个候补保留都占用着它的件数', en: 'Every offer holds its units, and nothing that has ended does' },
    when: 'always',
    sql: `
      select w.sku_id, w.id as order_id, format('%s, %s held', w.state, coalesce(r.quantity, 0)) as detail
      from waitlist_entry w
      left join reservation r on r.order_id = w.id and r.sku_id = w.sku_id and r.state = 'active'
      where (w.state = 'offered') <> (r.id is not null) or (w.state = 'offered' and w.offered_quantity <> r.quantity)`,
  },
];
