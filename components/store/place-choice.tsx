'use client';

import { useEffect, useId, useState } from 'react';
import { openStoreFiles } from '../../lib/client/stores/files.ts';
import type { RegionFile } from '../../lib/domain/store/published.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { Field, Input, inputClass } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';

export type ChosenCity = { readonly code: string; readonly name: string; readonly blocks: readonly string[] };

type PlaceChoiceProps = {
  onCity: (city: ChosenCity) => void;
  onName: (query: string, province: string | null) => void;
};

const TYPING_MS = 250;

/** Stores by 省 and 市, or by name: works without a position, and offline with what was seen. */
export function PlaceChoice({ onCity, onName }: PlaceChoiceProps) {
  const locale = useLocale();
  const words = storesMessages[locale];
  const id = useId();
  const [file, setFile] = useState<RegionFile | null>(null);
  const [isByProvince, setIsByProvince] = useState(false);
  const [province, setProvince] = useState('');
  const [city, setCity] = useState('');
  const [query, setQuery] = useState('');

  useEffect(() => {
    let isOver = false;
    const load = () =>
      openStoreFiles()
        .then(async (files) => {
          const regions = await files.regions();
          if (isOver) return;
          setFile(regions);
          setIsByProvince(files.isNamesByProvince);
        })
        .catch(() => {
          // No network: asked again when it is back.
        });
    void load();
    addEventListener('online', load);
    return () => {
      isOver = true;
      removeEventListener('online', load);
    };
  }, []);

  const needsProvince = isByProvince && province === '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when typing rests, whatever else is drawn
  useEffect(() => {
    if (query.trim() === '' || needsProvince) return;
    const timer = setTimeout(() => onName(query.trim(), province === '' ? null : province), TYPING_MS);
    return () => clearTimeout(timer);
  }, [query, province, needsProvince]);

  const cities = file?.provinces.find(({ code }) => code === province)?.cities ?? [];
  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="text-16 font-semibold">{words.byRegion}</h2>
      <div className="mt-2 grid grid-cols-2 gap-2">
        <select
          aria-label={words.province}
          className={inputClass}
          value={province}
          disabled={file === null}
          onChange={(event) => {
            setProvince(event.target.value);
            setCity('');
          }}
        >
          <option value="">{words.chooseProvince}</option>
          {file?.provinces.map(({ code, name, count }) => (
            <option key={code} value={code}>
              {words.option(inLocale(name, locale), count)}
            </option>
          ))}
        </select>
        <select
          aria-label={words.city}
          className={inputClass}
          value={city}
          disabled={cities.length === 0}
          onChange={(event) => {
            setCity(event.target.value);
            const chosen = cities.find(({ code }) => code === event.target.value);
            if (chosen) onCity({ ...chosen, name: inLocale(chosen.name, locale) });
          }}
        >
          <option value="">{words.chooseCity}</option>
          {cities.map(({ code, name, count }) => (
            <option key={code} value={code}>
              {words.option(inLocale(name, locale), count)}
            </option>
          ))}
        </select>
      </div>
      <div className="mt-3">
        <Field
          id={`${id}-name`}
          label={words.byName}
          hint={needsProvince && query !== '' ? words.nameNeedsProvince : ''}
        >
          <Input
            id={`${id}-name`}
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            placeholder={words.nameHint}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </Field>
      </div>
    </section>
  );
}
