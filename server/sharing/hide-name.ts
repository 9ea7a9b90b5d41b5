import type { Queryable } from '../platform/database.ts';

/** What is left of a name without its owner's consent: `shownName` of lib/domain/team/team.ts. */
const SHORT = `left(shown_name, 1) || '**'`;
const isLong = (whose: string) => `${whose} = $1 and shown_name is not null and shown_name <> ${SHORT}`;

const TEAMS = `
  with members as (
    update team_member set shown_name = ${SHORT} where ${isLong('shopper_id')} returning team_id
  ), teams as (
    update team set version = version + 1 where id in (select team_id from members) returning code
  )
  select pg_notify('team', string_agg(code, ',')) from teams having count(*) > 0`;

const PACKETS = `
  with owned as (
    update packet set shown_name = ${SHORT}, version = version + 1 where ${isLong('owner_id')} returning id, code
  ), steps as (
    update packet_step set shown_name = ${SHORT} where ${isLong('visitor_id')} returning packet_id
  ), visited as (
    update packet set version = version + 1
    where id in (select packet_id from steps) and id not in (select id from owned) returning code
  ), codes as (select code from owned union select code from visited)
  select pg_notify('packet', string_agg(code, ',')) from codes having count(*) > 0`;

/** Where a person's whole name stood in rooms of teams and packets, its first letter is left; whoever looks on sees it. */
export async function hideName(tx: Queryable, personId: string): Promise<void> {
  // Teams in the order in which everybody locks them.
  await tx.query(
    `select 1 from team where id in (select team_id from team_member where shopper_id = $1) order by id for no key update`,
    [personId],
  );
  await tx.query(TEAMS, [personId]);
  await tx.query(PACKETS, [personId]);
}
