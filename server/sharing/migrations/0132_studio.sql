-- The rest of a marketer's tags, and what makes a second sending of the same file or form make nothing twice.
alter table share_link
  add column utm_campaign text,
  add column utm_term text,
  add column utm_content text,
  add column made_key uuid,
  add column made_line integer check ((made_key is null) = (made_line is null));
create unique index share_link_made on share_link (made_key, made_line) where made_key is not null;

-- Counted by channel: which way people came to each link. What was counted before has none.
alter table share_tally add column channel text collate "C" not null default 'unknown';
alter table share_tally alter column channel drop default;
alter table share_tally drop constraint share_tally_pkey;
alter table share_tally add primary key (link_id, channel);

-- Who lets marketers see the name of his profile on his links.
create table share_name_consent (
  person_id text primary key,
  agreed_at timestamptz not null default now()
);
