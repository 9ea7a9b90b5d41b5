-- When a person was blocked: what he was given before that is no fault, what he was given after it is.
alter table person add column blocked_at timestamptz;

create function note_block() returns trigger language plpgsql as $$
begin
  new.blocked_at := case when not coalesce(new.banned, false) then null else coalesce(old.blocked_at, clock_timestamp()) end;
  return new;
end $$;
create trigger blocks_have_their_time before update of banned on person
  for each row when (new.banned is distinct from old.banned) execute function note_block();
