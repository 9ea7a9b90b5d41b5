import { randomUUID } from 'node:crypto';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { type Columns, columnsOf, type RowOf, unnest } from '../platform/columns.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import { holdOfMember } from '../risk/share-hold.ts';
import { COUPON_COLUMNS, couponRow, insertCoupons } from './share-coupons.ts';
import { type KnownCampaign, readCampaigns } from './team-rows.ts';

/*
 * What time, and a withdrawal, do to teams; in batches of one campaign, locked in the order of team-books.ts. A team that
 * somebody fills at this moment holds its row: it is passed over, and looked at again if it is still due.
 */

/** Which teams end, and by which moment of theirs. */
type Ending = { readonly state: 'gathering' | 'split'; readonly until: 'gather_until' | 'open_until' };
const FAILING: Ending = { state: 'gathering', until: 'gather_until' };
const LAPSING: Ending = { state: 'split', until: 'open_until' };

type Locked = {
  readonly id: string;
  readonly leader_id: string;
  /** Of his opening the team: still held, or refused for good. */
  readonly hold: CouponHold | null;
  readonly is_refused: boolean;
};
type Batch = { readonly campaign: KnownCampaign; readonly now: number; readonly teams: readonly Locked[] };

/** Due teams by campaign: those whose moment has come, and those of withdrawn campaigns. `only`: just this team. */
async function dueByCampaign(db: Queryable, { state, until }: Ending, only: string | null) {
  const rows = await db.query<{ id: string; campaign_id: string }>(
    `(select m.id, m.campaign_id from coupon_template t join team m on m.campaign_id = t.id
      where t.kind = 'team' and t.withdrawn_at is not null and m.state = '${state}' and ($2::text is null or m.id = $2)
      limit $1)
     union
     (select id, campaign_id from team
      where state = '${state}' and ${until} <= now() and ($2::text is null or id = $2) order by ${until} limit $1)
     limit $1`,
    [LIMITS.team.sweepMax, only],
  );
  const byCampaign = new Map<string, string[]>();
  for (const { id, campaign_id } of rows) byCampaign.set(campaign_id, [...(byCampaign.get(campaign_id) ?? []), id]);
  return { byCampaign, count: rows.length };
}

/** Locks a campaign's account and those of these teams that are still due and that nobody holds. */
async function lockDue(
  tx: Queryable,
  campaignId: string,
  ids: readonly string[],
  { state, until }: Ending,
): Promise<Batch | null> {
  await tx.query('select 1 from coupon_template where id = $1 for key share', [campaignId]);
  await tx.query('select 1 from coupon_account where template_id = $1 for no key update', [campaignId]);
  const campaign = (await readCampaigns(tx, [campaignId])).get(campaignId);
  if (!campaign) return null;
  const teams = await tx.query<Locked>(
    `select t.id, m.shopper_id as leader_id, coalesce(d.state = 'refused', false) as is_refused,
       case when d.state = 'standing' and d.hold_until > now()
         then jsonb_build_object('id', d.id, 'until', ${epochMs('d.hold_until')}) end as hold
     from team t join team_member m on m.team_id = t.id and m.place = 1 ${holdOfMember()}
     where t.id = any ($1::text[]) and t.state = '${state}' and ($2 or t.${until} <= now())
     order by t.id for no key update of t skip locked`,
    [ids, campaign.isWithdrawn],
  );
  return teams.length === 0 ? null : { campaign, now: await databaseNow(tx), teams };
}

/** What the teams promised and nobody has goes back to what is left of the budget; every process hears of them. */
const BACK = `back as (
    select sum(fen)::bigint as fen from ended having sum(fen) > 0
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
    select $1, 'reserved', 'left', fen, 'team_back' from back
  ), accounts as (
    update coupon_account a set left_fen = a.left_fen + b.fen, reserved_fen = a.reserved_fen - b.fen
    from back b where a.template_id = $1
  )
  select pg_notify('team', string_agg(code, ',')) from ended`;

const CONSOLATION = { team_id: 'text', ...COUPON_COLUMNS } as const satisfies Columns;

/** The pot less the consolation goes back; nobody is bound to the team any more, and its leader is told. */
const FAIL = `
  with c as materialized (
    select * from ${unnest('c', CONSOLATION, 4)}
  ), held as materialized (
    select m.id, m.code, m.reserved_fen - coalesce(c.fen, 0) as fen, c.id as coupon_id
    from team m left join c on c.team_id = m.id where m.id = any ($2::text[])
  ), consoled as (
    ${insertCoupons('c')}
  ), ended as (
    update team m set state = 'failed', version = m.version + 1, reserved_fen = 0, ended_at = now(), ended_because = $3
    from held h where m.id = h.id and m.state = 'gathering' returning h.code, h.fen
  ), let_go as (
    update team_member o set is_live = false, coupon_id = case when o.place = 1 then h.coupon_id end
    from held h where o.team_id = h.id returning o.team_id, o.place
  ), news as (
    insert into outbox (topic, aggregate, body)
    select case $3 when 'withdrawn' then 'team.withdrawn' else 'team.failed' end, team_id,
      jsonb_build_object('place', place)
    from let_go where place = 1
  ), ${BACK}`;

/** Unopened shares go back; their owners were told before (`remindOfShares`), or are now if the shop took them back. */
const LAPSE = `
  with held as materialized (
    select id, code, reserved_fen as fen from team where id = any ($2::text[])
  ), lapsed as (
    update team_member o set share_state = 'lapsed' from held h
    where o.team_id = h.id and o.share_state = 'closed' returning o.team_id, o.place
  ), ended as (
    update team m set state = 'over', version = m.version + 1, reserved_fen = 0, ended_at = now(), ended_because = $3
    from held h where m.id = h.id and m.state = 'split' returning h.code, h.fen
  ), news as (
    insert into outbox (topic, aggregate, body) select 'team.withdrawn', team_id, jsonb_build_object('place', place)
    from lapsed where $3 = 'withdrawn'
  ), ${BACK}`;

/**
 * The leader's coupon of each team that did not fill, held as long as he himself is; a withdrawn campaign gives none, and
 * neither does a person who has refused the leader.
 */
function consolations({ campaign: facts, now, teams }: Batch): RowOf<typeof CONSOLATION>[] {
  const { campaign, isWithdrawn } = facts;
  const { consolationFen } = campaign;
  if (isWithdrawn || consolationFen === 0) return [];
  const given = teams.filter(({ is_refused }) => !is_refused);
  return given.map(({ id, leader_id, hold }) => {
    const rule = { kind: 'red_packet', cutFen: consolationFen } as const;
    const made = { id: `cpn_${randomUUID()}`, shopperId: leader_id, key: randomUUID(), rule, hold };
    return { team_id: id, ...couponRow(campaign, made, now) };
  });
}

async function endDue(
  db: Database,
  ending: Ending,
  only: string | null,
  end: (tx: Queryable, batch: Batch) => Promise<unknown>,
): Promise<boolean> {
  const { byCampaign, count } = await dueByCampaign(db, ending, only);
  for (const [campaignId, ids] of byCampaign) {
    await db.transaction(async (tx) => {
      const batch = await lockDue(tx, campaignId, ids, ending);
      if (batch) await end(tx, batch);
    });
  }
  return count >= LIMITS.team.sweepMax;
}

const endedBecause = ({ campaign }: Batch) => (campaign.isWithdrawn ? 'withdrawn' : 'time');

/** Ends teams that did not fill in time, or whose campaign was taken back. @returns whether there may be more */
export function failDueTeams(db: Database, only: string | null = null): Promise<boolean> {
  return endDue(db, FAILING, only, (tx, batch) =>
    tx.query(FAIL, [
      batch.campaign.campaign.id,
      batch.teams.map(({ id }) => id),
      endedBecause(batch),
      ...columnsOf(CONSOLATION, consolations(batch)),
    ]),
  );
}

/** Ends teams whose time to open shares is over, or whose campaign was taken back. @returns whether there may be more */
export function lapseDueShares(db: Database): Promise<boolean> {
  return endDue(db, LAPSING, null, (tx, batch) =>
    tx.query(LAPSE, [batch.campaign.campaign.id, batch.teams.map(({ id }) => id), endedBecause(batch)]),
  );
}

/** Tells once who has not opened his share while it is nearly over. @returns whether there may be more */
export async function remindOfShares(db: Queryable): Promise<boolean> {
  const rows = await db.query(
    `with due as (
       update team set reminded_at = now()
       where id in (select id from team
                    where state = 'split' and reminded_at is null
                      and open_until <= now() + least($1 * interval '1 millisecond', (open_until - split_at) / 4)
                    order by open_until limit $2 for update skip locked)
       returning id, open_until > now() as is_in_time
     ), told as (
       insert into outbox (topic, aggregate, body)
       select 'team.lapsing', o.team_id, jsonb_build_object('place', o.place) from due d join team_member o on o.team_id = d.id
       where d.is_in_time and o.share_state = 'closed'
     )
     select id from due`,
    [LIMITS.team.remindMs, LIMITS.team.sweepMax],
  );
  return rows.length === LIMITS.team.sweepMax;
}

/** All that time does to teams, once. @returns whether there may be more */
export async function endTeams(db: Database): Promise<boolean> {
  const failed = await failDueTeams(db);
  const lapsed = await lapseDueShares(db);
  const reminded = await remindOfShares(db);
  return failed || lapsed || reminded;
}
