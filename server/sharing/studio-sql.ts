import { sharePath } from '../../lib/domain/sharing/share-link.ts';
import { shownName } from '../../lib/domain/sharing/shown-name.ts';
import type { Queryable } from '../platform/database.ts';

/* What the reads of marketers have in common. Who shared is a pseudonym of one campaign; a person's id never leaves this room. */

/** SQL: the pseudonym of a sharer in a campaign; null for the shop. */
export const pseudonym = (sharer: string, campaign: string) =>
  `case when ${sharer} is null then null else left(md5(${campaign} || ':' || ${sharer}), 12) end`;

/** SQL: the name of a sharer's profile, if he lets marketers see it; null otherwise. */
export const consentedName = (sharer: string) =>
  `(select p.display_name from share_name_consent a join person p on p.id = a.person_id where a.person_id = ${sharer})`;

/** SQL: opens, visitors and touched of a link, as `t`. */
export const tallyOf = (link: string) => `left join lateral (
  select sum(opens)::integer as opens, sum(visitors)::integer as visitors, sum(touched)::integer as touched
  from share_tally where link_id = ${link}) t on true`;

/** SQL: a campaign's links with the orders and the money they have a part in; orders that went back as a whole have none. */
export const EARNED = `
  select e.link_id, count(*) filter (where e.weight_ppm > 0)::integer as orders, sum(e.fen)::bigint as fen
  from share_credit c join share_credit_touch e on e.credit_id = c.id
  where c.campaign_id = $1 and c.state in ('qualified', 'vested') group by 1`;

export async function hasCampaign(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('select 1 from share_campaign where id = $1', [id])).length > 0;
}

/** The whole address of a link as it is handed out at this moment. */
export type UrlOf = (code: string) => string;

/** Who made a link, as it is shown: his name where he agreed, else the pseudonym; null for the shop. */
export function labelOf({ pseudonym, name }: { pseudonym: string | null; name: string | null }): string | null {
  return (name === null ? null : shownName(name)) ?? pseudonym;
}

export const addressOf = (code: string, urlOf: UrlOf) => ({ path: sharePath(code), url: urlOf(code) });
