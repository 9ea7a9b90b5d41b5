-- Only visits that prove something are ever asked for by their id: a storm of them keeps one unique index, not two.
create unique index share_visit_of_touch on share_visit (id) where touched_at is not null;
alter table share_visit drop constraint share_visit_pkey;
-- Numbers are taken in handfuls: two connections that write do not wait for each other at the sequence. They say nothing of
-- the order in which visits came.
alter sequence share_visit_id_seq cache 500;
