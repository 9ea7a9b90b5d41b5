'use client';

import { useState } from 'react';
import { inLocale } from '../../lib/messages/define.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { ChosenStore } from './offer-draft.ts';

const FOUND_SHOWN = 6;

type OfferStoresProps = {
  chosen: readonly ChosenStore[];
  isWrong: boolean;
  onChange: (stores: readonly ChosenStore[]) => void;
};

/** The stores of an offer: found by name, code or address, added and taken out by a tap. */
export function OfferStores({ chosen, isWrong, onChange }: OfferStoresProps) {
  const words = useMessages(opsOffersMessages);
  const locale = useLocale();
  const [search, setSearch] = useState('');
  const read = useStaffRead('ops.stores', {
    state: 'open',
    ...(search.trim() === '' ? {} : { search: search.trim() }),
  });
  const found = (read.value?.stores ?? []).filter(({ id }) => !chosen.some((one) => one.id === id));
  return (
    <fieldset className="mt-4">
      <legend className="mb-2 text-14 text-ink-2">
        {words.chooseStores} · {words.chosen(chosen.length)}
      </legend>
      {chosen.length > 0 && (
        <ul className="mb-3 flex flex-wrap gap-2">
          {chosen.map((store) => (
            <li key={store.id}>
              <Button
                look="soft"
                size="s"
                aria-label={words.remove(inLocale(store.name, locale))}
                onClick={() => onChange(chosen.filter(({ id }) => id !== store.id))}
              >
                {inLocale(store.name, locale)} ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Field id="offer-stores" label={words.searchStores}>
        <Input
          id="offer-stores"
          type="search"
          autoComplete="off"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      <ul className="mt-2 divide-y divide-line rounded-card border border-line">
        {found.slice(0, FOUND_SHOWN).map(({ id, name, address }) => (
          <li key={id}>
            <button
              type="button"
              aria-label={words.add(inLocale(name, locale))}
              className="min-h-11 w-full px-3 py-2 text-left"
              onClick={() => onChange([...chosen, { id, name }])}
            >
              <span className="block text-16">{inLocale(name, locale)}</span>
              <span className="block text-12 text-ink-2">{inLocale(address, locale)}</span>
            </button>
          </li>
        ))}
      </ul>
      <StaffRefused text={isWrong ? words.storesWrong : null} />
    </fieldset>
  );
}
