import type { WaitEntry } from '../../lib/contracts/waitlist.ts';
import { choiceWords } from '../../lib/domain/catalog/choice-words.ts';
import { tierOfSlot } from '../../lib/domain/pricing/price-now.ts';
import type { Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

type Words = { zh: string; en: string };
type Row = Omit<WaitEntry, 'choice' | 'tierFen' | 'tierUpTo'> & {
  choice: string[];
  options: { values: { id: string; label: Words }[] }[];
  tierSlot: number | null;
  tiers: { upTo: number; priceFen: number }[] | null;
  now: number;
};

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

/** A position counts who waits and joined earlier; read in one statement with the entry, so both are of one moment. */
const SELECT = `
  select w.id, w.sku_id as "skuId", w.quantity, w.state, ${ms('w.joined_at')} as "joinedAt",
    case when w.state = 'waiting' then (
      select count(*) from waitlist_entry b where b.sku_id = w.sku_id and b.state = 'waiting' and b.ticket <= w.ticket
    ) end as position,
    w.offered_quantity as "offeredQuantity", ${ms('w.opens_at')} as "opensAt", ${ms('w.offer_ends_at')} as "offerEndsAt",
    w.order_id as "orderId", ${ms('w.ended_at')} as "endedAt", w.tier_slot as "tierSlot", i.tiers,
    p.title, s.choice, p.options, p.handle as "productHandle", c.path as "picturePath",
    ${ms('clock_timestamp()')} as now
  from waitlist_entry w
  join sku s on s.id = w.sku_id join product p on p.handle = s.product_handle
  left join picture c on c.key = p.handle || '-1'
  left join session_item i on i.session_id = w.tier_session_id and i.sku_id = w.sku_id`;

/** `now` is the database's clock, epoch ms. */
export type SeenEntries = { readonly entries: WaitEntry[]; readonly now: number };

function shown({ tierSlot, tiers, options, choice, now: _now, ...row }: Row): WaitEntry {
  const tier = tierSlot === null ? null : tierOfSlot(tiers ?? [], tierSlot);
  return {
    ...row,
    choice: choiceWords(choice, options),
    tierFen: tier?.priceFen ?? null,
    tierUpTo: tier?.upTo ?? null,
  };
}

function seen(rows: readonly Row[]): SeenEntries {
  return { entries: rows.map(shown), now: rows[0]?.now ?? Date.now() };
}

export async function readEntries(db: Queryable, entryIds: readonly string[]): Promise<SeenEntries> {
  return seen(await db.query<Row>(`${SELECT} where w.id = any ($1::text[]) order by w.ticket`, [entryIds]));
}

/** Live entries of one person and those that ended lately, newest first; of one SKU when asked. */
export async function listEntries(db: Queryable, shopperId: string, skuId: string | null): Promise<SeenEntries> {
  return seen(
    await db.query<Row>(
      `${SELECT}
       where w.shopper_id = $1 and ($2::text is null or w.sku_id = $2)
         and (w.state in ('waiting', 'offered') or w.ended_at > now() - $3 * interval '1 ms')
       order by w.ticket desc limit 100`,
      [shopperId, skuId, LIMITS.waitlist.shownForMs],
    ),
  );
}
