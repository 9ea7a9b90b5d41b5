'use client';

import { useState } from 'react';
import type { OpsStore } from '../../lib/contracts/ops-store.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsStoresMessages } from '../../lib/messages/ops-stores.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { chipClass, Tag } from '../ui/tag.tsx';
import { HolidaysPanel } from './holidays-panel.tsx';
import { StorePanel } from './store-panel.tsx';

const STATES = ['open', 'closed_temporarily', 'closed'] as const;

/** Every store with its hours, state and units; what changes one is in its panel. */
export function StoresDesk() {
  const locale = useLocale();
  const words = opsStoresMessages[locale];
  const [search, setSearch] = useState('');
  const [state, setState] = useState<(typeof STATES)[number] | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | 'holidays' | null>(null);
  const read = useStaffRead('ops.stores', {
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(state === null ? {} : { state }),
    ...(after === null ? {} : { after }),
  });
  const stores = read.value?.stores ?? [];
  const change = (store: OpsStore) =>
    read.change((value) => ({ ...value, stores: value.stores.map((one) => (one.id === store.id ? store : one)) }));
  const shown = stores.find(({ id }) => id === opened);

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h1 className="mr-auto text-22 font-semibold">{words.title}</h1>
        <Button look="quiet" onClick={() => setOpened('holidays')}>
          {words.holidays}
        </Button>
      </div>
      <Input
        id="store-search"
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAfter(null);
        }}
      />
      <div className="my-3 flex flex-wrap gap-2">
        {[null, ...STATES].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            aria-pressed={state === one}
            className={chipClass(state === one)}
            onClick={() => {
              setState(one);
              setAfter(null);
            }}
          >
            {one === null ? words.all : words.stateOf(words[one], read.value?.counts[one] ?? 0)}
          </button>
        ))}
      </div>
      <p className="mb-2 text-14 text-ink-2">{words.published}</p>
      <StaffState read={read} isEmpty={stores.length === 0} empty={{ title: words.none, text: words.noneText }}>
        <ul className="divide-y divide-line rounded-card border border-line bg-card">
          {stores.map((store) => (
            <li key={store.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
              <div className="min-w-0 flex-1 basis-[16rem]">
                <p className="font-medium">{inLocale(store.name, locale)}</p>
                <p className="text-12 text-ink-2">
                  {store.code} · {inLocale(store.region, locale)} · {inLocale(store.address, locale)}
                </p>
                <p className="text-14 text-ink-2">{store.hoursText ?? words.hoursUnknown}</p>
              </div>
              <p className="text-14 text-ink-2">
                {words.onHand} <span className="figures text-ink">{store.onHand}</span> · {words.reserved}{' '}
                <span className="figures text-ink">{store.reserved}</span> · {words.arriving}{' '}
                <span className="figures text-ink">{store.arriving}</span>
              </p>
              {store.state !== 'open' && <Tag tone="won">{words[store.state]}</Tag>}
              <Button
                look="quiet"
                size="s"
                aria-label={words.edit(inLocale(store.name, locale))}
                onClick={() => setOpened(store.id)}
              >
                {words.edit('')}
              </Button>
            </li>
          ))}
        </ul>
        {read.value?.nextAfter && (
          <Button look="quiet" className="mt-3" wide onClick={() => setAfter(read.value?.nextAfter ?? null)}>
            {words.more}
          </Button>
        )}
      </StaffState>
      {shown && <StorePanel store={shown} onChanged={change} onClose={() => setOpened(null)} />}
      {opened === 'holidays' && (
        <HolidaysPanel
          holidays={read.value?.holidays ?? []}
          onChanged={(holidays) => read.change((value) => ({ ...value, holidays }))}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
