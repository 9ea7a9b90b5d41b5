-- When the channel is asked next what became of a payment (its notice may be lost); null: never again.
alter table payment
  add column asks integer not null default 0,
  add column next_ask_at timestamptz default now() + interval '20 seconds',
  -- The order's time to pay was moved on for this payment, because its channel takes no shorter one.
  add column is_lengthened boolean not null default false;
update payment set next_ask_at = null where state in ('paid', 'closed', 'failed');
create index payment_asks on payment (next_ask_at) where next_ask_at is not null;
-- One payment of an order can be paid at a time; another channel's is closed before the next is opened.
create unique index payment_one_open on payment (order_id) where state in ('created', 'open', 'closing');

-- A notice in quarantine waits for a person, who says what he did about it.
alter table payment_notice
  add column hand_settled_at timestamptz,
  add column hand_settled_by text,
  add column hand_reason text;
create index payment_notice_quarantined on payment_notice (received_at desc) where outcome = 'quarantined';
