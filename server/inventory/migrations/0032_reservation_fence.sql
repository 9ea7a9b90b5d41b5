-- A cancel that comes before its try leaves a row of the same key, so that the late try finds that it is over.
alter table reservation
  add column is_fence boolean not null default false,
  add constraint fence_holds_nothing check (not is_fence or state = 'cancelled');
