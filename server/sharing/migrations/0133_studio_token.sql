-- Tokens of the API. What a token is exists nowhere but with whoever it was made for: here is its SHA-256.
create table share_token (
  id text primary key,
  hash bytea not null unique check (length(hash) = 32),
  -- How it begins, to know it by in a list.
  start text not null,
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'links', 'export']),
  made_by text not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null check (expires_at > made_at),
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  check ((revoked_at is null) = (revoked_by is null))
);
create index share_token_by_time on share_token (made_at);
