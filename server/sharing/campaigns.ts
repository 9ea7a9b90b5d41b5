import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { studioCampaigns, studioSaveCampaign } from '../../lib/contracts/studio-links.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import type { Queryable } from '../platform/database.ts';
import { epochMs } from '../promo/coupon-rows.ts';

/** SQL: a campaign as marketers see it, from `share_campaign c`. */
export const CAMPAIGN = `c.id, c.name, c.model, c.window_ms as "windowMs", ${epochMs('c.made_at')} as "madeAt",
  c.made_by <> 'migration' as "isEditable"`;

const LIST = `
  select ${CAMPAIGN}, coalesce(l.links, 0) as links, coalesce(t.opens, 0)::bigint as opens,
    coalesce(t.visitors, 0)::bigint as visitors, coalesce(k.orders, 0) as orders,
    coalesce(k.gmv, 0)::bigint as "gmvFen", coalesce(k.refunded, 0)::bigint as "refundedFen"
  from share_campaign c
  left join (select campaign_id, count(*) as links from share_link group by 1) l on l.campaign_id = c.id
  left join (select campaign_id, sum(opens) as opens, sum(visitors) as visitors from share_tally group by 1) t
    on t.campaign_id = c.id
  left join (
    select k.campaign_id, count(*) as orders, sum(k.order_fen) as gmv, sum(least(k.order_fen, o.refunded_fen)) as refunded
    from share_credit k join orders o on o.id = k.order_id group by 1) k on k.campaign_id = c.id
  order by c.made_at desc, c.id limit 500`;

export async function listCampaigns(db: Queryable): Promise<ValueOf<typeof studioCampaigns>> {
  return { campaigns: await db.query(LIST) };
}

/** Makes a campaign, or gives it another name; its model and window stay what they were. */
export async function saveCampaign(
  db: Queryable,
  marketerId: string,
  { id, name, model = 'last', windowDays = 7 }: RequestOf<typeof studioSaveCampaign>,
): Promise<AnswerOf<typeof studioSaveCampaign>> {
  const saved = await db.query(
    `insert into share_campaign as c (id, name, model, window_ms, made_by) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name
       where c.model = excluded.model and c.window_ms = excluded.window_ms and c.made_by <> 'migration' returning 1`,
    [id, JSON.stringify(name), model, windowDays * DAY_MS, marketerId],
  );
  return saved.length > 0 ? accept({ id }) : refuse({ code: 'campaign_is_fixed' });
}
