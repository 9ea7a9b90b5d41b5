-- People and their sessions. The tables that better-auth reads and writes (person, person_session,
-- person_credential, person_verification, two_factor) are kept here as plain SQL under our own names;
-- tests/ports/identity.test.ts asks the library whether anything is missing.
create table person (
  id text primary key,
  display_name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  -- 11 digits; null while anonymous. One account per phone is kept by this index and by nothing else.
  phone_number text unique,
  phone_number_verified boolean,
  is_anonymous boolean,
  role text not null default 'shopper' check (role in ('shopper', 'operator', 'marketer', 'clerk')),
  banned boolean,
  ban_reason text,
  ban_expires timestamptz,
  two_factor_enabled boolean,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en-US')),
  -- An account of the demo crowd.
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table person_session (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  impersonated_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index person_session_of_person on person_session (person_id);
create index person_session_by_expiry on person_session (expires_at);

create table person_credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  person_id text not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index person_credential_of_person on person_credential (person_id);

create table person_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_verification_by_identifier on person_verification (identifier);
create index person_verification_by_expiry on person_verification (expires_at);

create table two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  person_id text not null references person (id) on delete cascade,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factor_by_secret on two_factor (secret);
create index two_factor_of_person on two_factor (person_id);

-- A code sent to a phone. It belongs to the browser that asked (its id is in that browser's cookie), is kept as a
-- keyed hash, is good once, for five tries and until it expires.
create table one_time_code (
  id text primary key,
  phone text not null,
  code_hash text not null,
  tries integer not null default 0,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index one_time_code_by_expiry on one_time_code (expires_at);

-- Counters of rate-limiter-flexible that every edge must share; its own names.
create table rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limit_by_expiry on rate_limit (expire);

-- Address book. The shopper is first in the key: another's address cannot be named, so it cannot be touched.
create table address (
  shopper_id text not null,
  id text not null,
  name text not null,
  phone text not null,
  province_code text not null,
  city_code text not null,
  area_code text not null,
  region text not null,
  street text not null,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (shopper_id, id)
);
create unique index address_one_default on address (shopper_id) where is_default;
