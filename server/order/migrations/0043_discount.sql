-- What was taken off: in all, by source ([{kind, source, name, cutFen}]), and each line's share of it
-- ([{source, cutFen}]). A line's refund gives back its share of what was paid, so the shares are kept, not derived.
alter table orders
  add column discount_fen bigint not null default 0 check (discount_fen between 0 and goods_fen),
  add column cuts jsonb not null default '[]';
alter table order_line
  add column discount_fen bigint not null default 0 check (discount_fen between 0 and quantity * unit_fen),
  add column cuts jsonb not null default '[]';
