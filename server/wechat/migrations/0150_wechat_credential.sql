-- What WeChat gives the shop's app for about two hours: the token that its API takes, and the ticket that pages are signed
-- with. One of each for all edges, because a new token ends the one before. Who holds the lease is the one who asks.
create table wechat_credential (
  app_id text not null,
  kind text not null check (kind in ('token', 'ticket')),
  value text,
  good_until timestamptz,
  -- From here on somebody asks for the next, while this one is still good.
  refresh_at timestamptz,
  refreshes integer not null default 0,
  leased_by uuid,
  leased_until timestamptz,
  -- After a refusal: how many in a row, and when it is asked again.
  fails integer not null default 0,
  next_try_at timestamptz,
  last_fault text,
  primary key (app_id, kind),
  check ((value is null) = (good_until is null) and (value is null) = (refresh_at is null))
);
