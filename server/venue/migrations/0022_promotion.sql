-- Money off when enough goods are bought together (满减). What is published is a promise: it may be stopped, not changed.
create table promotion (
  id text primary key,
  name jsonb not null,
  scope jsonb not null,
  rule jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_by text not null,
  created_at timestamptz not null default now(),
  -- From when it may be in force; null: it is deep and waits for a second person.
  valid_from timestamptz,
  approved_by text,
  stopped_at timestamptz,
  stopped_by text,
  check (ends_at > starts_at)
);
create index promotion_by_end on promotion (ends_at);

create function refuse_change_of_promotion() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'promotion % was published; it can be stopped, not deleted', old.id using errcode = 'P0001';
  end if;
  if (new.id, new.name, new.scope, new.rule, new.starts_at, new.ends_at, new.made_by, new.created_at)
       is distinct from (old.id, old.name, old.scope, old.rule, old.starts_at, old.ends_at, old.made_by, old.created_at)
     or (old.valid_from is not null and new.valid_from is distinct from old.valid_from)
     or (old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at) then
    raise exception 'promotion % was published; it can be stopped, not changed', old.id using errcode = 'P0001';
  end if;
  return new;
end $$;
create trigger promotions_are_promises before update or delete on promotion
  for each row execute function refuse_change_of_promotion();

-- Whether promotions count the goods of a session; part of what is promised when it is saved.
alter table sale_session add column allows_promotions boolean not null default false;
