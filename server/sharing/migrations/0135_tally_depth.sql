-- How far from its root a link is, beside its counts: opens by generation are summed without a look at every link.
alter table share_tally add column depth integer;
update share_tally t set depth = l.depth from share_link l where l.id = t.link_id;
alter table share_tally alter column depth set not null;
