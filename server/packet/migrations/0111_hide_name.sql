-- What is left of a name without its owner's consent (`shownName` of lib/domain/team/team.ts), in every room that he is
-- or was in: whoever looks on sees it. Teams first, in the order in which everybody locks them.
create function hide_shown_name(whose text) returns void language plpgsql as $$
declare
  changed text;
begin
  perform 1 from team where id in (select team_id from team_member where shopper_id = whose)
    order by id for no key update;
  with members as (
    update team_member set shown_name = left(shown_name, 1) || '**'
    where shopper_id = whose and shown_name is not null and shown_name <> left(shown_name, 1) || '**' returning team_id
  ), teams as (
    update team set version = version + 1 where id in (select team_id from members) returning code
  )
  select string_agg(code, ',') into changed from teams;
  if changed is not null then perform pg_notify('team', changed); end if;
  with owned as (
    update packet set shown_name = left(shown_name, 1) || '**', version = version + 1
    where owner_id = whose and shown_name is not null and shown_name <> left(shown_name, 1) || '**' returning id, code
  ), steps as (
    update packet_step set shown_name = left(shown_name, 1) || '**'
    where visitor_id = whose and shown_name is not null and shown_name <> left(shown_name, 1) || '**' returning packet_id
  ), visited as (
    update packet set version = version + 1
    where id in (select packet_id from steps) and id not in (select id from owned) returning code
  ), codes as (select code from owned union select code from visited)
  select string_agg(code, ',') into changed from codes;
  if changed is not null then perform pg_notify('packet', changed); end if;
end $$;

-- An account that is deleted, by whatever way, takes its name along. Anonymous shoppers have none.
create function hide_name_of_deleted() returns trigger language plpgsql as $$
begin
  perform hide_shown_name(old.id);
  return null;
end $$;
create trigger deleted_accounts_hide_their_name after delete on person
  for each row when (old.is_anonymous is not true) execute function hide_name_of_deleted();
