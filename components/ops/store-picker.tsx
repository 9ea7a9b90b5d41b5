'use client';

import { useState } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { transferMessages } from '../../lib/messages/transfers.ts';
import { StaffSearch } from '../staff/staff-search.tsx';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';

type Store = Pick<ValueNamed<'ops.stores'>['stores'][number], 'id' | 'name'>;

/** Finds one of thousands of stores by name, code or place; stands outside of forms, since it is one. */
export function StorePicker({ onPick }: { onPick: (store: Store) => void }) {
  const words = transferMessages[useLocale()];
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button look="quiet" className="mb-3" onClick={() => setOpen(true)}>
        <Icon name="search" className="size-[1.1em]" />
        {words.toStore}
      </Button>
    );
  }
  return (
    <FoundStores
      onPick={(store) => {
        setOpen(false);
        onPick(store);
      }}
    />
  );
}

function FoundStores({ onPick }: { onPick: (store: Store) => void }) {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [search, setSearch] = useState('');
  const read = useStaffRead('ops.stores', search ? { search } : {});
  // A store that is closed for good takes nothing.
  const stores = (read.value?.stores ?? []).filter(({ state }) => state !== 'closed');
  return (
    <section aria-label={words.toStore} className="mb-3 rounded-card border border-line border-dashed p-3">
      <StaffSearch label={words.findStore} asked={search} onAsk={setSearch} maxLength={60} />
      <div className="mt-2 max-h-72 overflow-y-auto">
        <StaffState read={read} isEmpty={stores.length === 0} empty={{ title: words.noStore, text: words.noStoreText }}>
          <ul className="divide-y divide-line">
            {stores.map((store) => (
              <li key={store.id}>
                <button
                  type="button"
                  onClick={() => onPick(store)}
                  className="flex min-h-11 w-full items-center gap-3 py-1.5 text-left text-14"
                >
                  <span className="min-w-0 flex-1">
                    {inLocale(store.name, locale)}
                    <span className="block text-12 text-ink-2">
                      {store.code} · {inLocale(store.address, locale)}
                    </span>
                  </span>
                  <Icon name="plus" className="size-[1.1em] text-lacquer" />
                </button>
              </li>
            ))}
          </ul>
        </StaffState>
      </div>
    </section>
  );
}
