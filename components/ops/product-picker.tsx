'use client';

import { useRef, useState } from 'react';
import { inLocale } from '../../lib/messages/define.ts';
import { opsProductPickerMessages } from '../../lib/messages/ops-product-picker.ts';
import { StaffSearch } from '../staff/staff-search.tsx';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { DraftProduct } from './campaign-draft.ts';

type ProductPickerProps = {
  chosen: readonly DraftProduct[];
  onChange: (chosen: readonly DraftProduct[]) => void;
};

/** Finds products by name or link name; the chosen ones stand above as chips, each of which can be taken out again. */
export function ProductPicker({ chosen, onChange }: ProductPickerProps) {
  const words = useMessages(opsProductPickerMessages);
  const locale = useLocale();
  const [search, setSearch] = useState('');
  const [said, setSaid] = useState('');
  const room = useRef<HTMLElement>(null);
  const read = useStaffRead('ops.stock', search ? { search } : {});
  // Stock is listed by SKU; a product is found once, whatever its choices.
  const found = new Map((read.value?.rows ?? []).map((row) => [row.productHandle, row.title]));

  function add(product: DraftProduct) {
    onChange([...chosen, product]);
    setSaid(words.added(inLocale(product.title, locale)));
  }

  function remove(handle: string) {
    const gone = chosen.find((one) => one.handle === handle);
    onChange(chosen.filter((one) => one.handle !== handle));
    if (gone) setSaid(words.removed(inLocale(gone.title, locale)));
  }

  /** Who takes out chips with the keyboard stays among them, or comes to the search behind the last one. */
  function removeChip(handle: string, index: number) {
    remove(handle);
    requestAnimationFrame(() => {
      const chips = room.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [];
      (chips[Math.min(index, chips.length - 1)] ?? room.current?.querySelector('input'))?.focus();
    });
  }

  return (
    <section ref={room} aria-label={words.products} className="mt-3 rounded-card border border-line border-dashed p-3">
      <p role="status" className="sr-only">
        {said}
      </p>
      {chosen.length > 0 && (
        <ul aria-label={words.chosen(chosen.length)} className="mb-3 flex flex-wrap gap-2">
          {chosen.map(({ handle, title }, index) => (
            <li key={handle}>
              <button
                type="button"
                data-chip
                aria-label={words.remove(inLocale(title, locale))}
                onClick={() => removeChip(handle, index)}
                className="pressable inline-flex min-h-11 items-center gap-1.5 rounded-full border border-lacquer bg-lacquer-soft px-4 text-14 text-on-lacquer-soft"
              >
                {inLocale(title, locale)}
                <Icon name="close" className="size-[1em]" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <StaffSearch label={words.find} asked={search} onAsk={setSearch} maxLength={60} />
      <div className="mt-2 max-h-72 overflow-y-auto">
        <StaffState read={read} isEmpty={found.size === 0} empty={{ title: words.noneTitle, text: words.noneText }}>
          <ul aria-label={words.found} className="divide-y divide-line">
            {[...found].map(([handle, title]) => {
              const isChosen = chosen.some((one) => one.handle === handle);
              return (
                <li key={handle}>
                  <button
                    type="button"
                    aria-pressed={isChosen}
                    onClick={() => (isChosen ? remove(handle) : add({ handle, title }))}
                    className="flex min-h-11 w-full items-center gap-3 py-1.5 text-left text-14"
                  >
                    <span className="min-w-0 flex-1">
                      {inLocale(title, locale)}
                      <span className="block text-12 text-ink-2">{handle}</span>
                    </span>
                    <Icon name={isChosen ? 'check' : 'plus'} className="size-[1.1em] text-lacquer" />
                  </button>
                </li>
              );
            })}
          </ul>
          {read.value?.nextAfter && <p className="py-2 text-12 text-ink-2">{words.more}</p>}
        </StaffState>
      </div>
    </section>
  );
}
