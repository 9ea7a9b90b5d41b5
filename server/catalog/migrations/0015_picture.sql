-- What the last publish made: /img/<name>.<hash>, without width and extension. Products that are newer have no rows,
-- and their page shows the quiet plate of their category until the next publish.
create table picture (
  -- `<handle>-<n>` counted from 1, or `category~<id>`.
  key text primary key,
  path text not null,
  color text not null,
  published_at timestamptz not null default now()
);
