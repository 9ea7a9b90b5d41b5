-- A sign-in with WeChat that is under way: good once, in the browser that asked, for ten minutes. Only hashes are kept.
create table wechat_state (
  state_hash text primary key,
  browser_hash text not null,
  intent text not null check (intent in ('sign_in', 'pay', 'name')),
  -- A path of our own.
  return_to text not null,
  expires_at timestamptz not null
);
create index wechat_state_by_expiry on wechat_state (expires_at);

-- Whose WeChat is whose: one of each to one of the other, per app. Whoever writes here holds the row of the openid first
-- and then the rows of the people, in the order of their ids.
create table wechat_openid (
  app_id text not null,
  openid text not null,
  person_id text not null references person (id) on delete cascade,
  -- What WeChat calls him, until he says whether the shop may; shown to nobody else.
  offered_name text,
  bound_at timestamptz not null default now(),
  primary key (app_id, openid),
  unique (app_id, person_id)
);
