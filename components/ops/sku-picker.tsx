'use client';

import { useState } from 'react';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsSessionsMessages } from '../../lib/messages/ops-sessions.ts';
import { opsStockMessages } from '../../lib/messages/ops-stock.ts';
import { StaffSearch } from '../staff/staff-search.tsx';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { StockRow } from './stock-desk.tsx';

type SkuPickerProps = { taken: readonly string[]; onPick: (row: StockRow) => void };

/** Finds SKUs by name or code and adds them one by one. */
export function SkuPicker({ taken, onPick }: SkuPickerProps) {
  const words = useMessages(opsSessionsMessages);
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button look="quiet" className="mt-3" onClick={() => setOpen(true)}>
        <Icon name="plus" className="size-[1.1em]" />
        {words.addItem}
      </Button>
    );
  }
  return <OpenPicker taken={taken} onPick={onPick} />;
}

function OpenPicker({ taken, onPick }: SkuPickerProps) {
  const words = useMessages(opsSessionsMessages);
  const stock = useMessages(opsStockMessages);
  const locale = useLocale();
  const [search, setSearch] = useState('');
  const read = useStaffRead('ops.stock', search ? { search } : {});
  const rows = (read.value?.rows ?? []).filter((row) => !taken.includes(row.skuId));
  return (
    <section aria-label={words.addItem} className="mt-3 rounded-card border border-line border-dashed p-3">
      <StaffSearch label={words.findSku} asked={search} onAsk={setSearch} maxLength={60} />
      <div className="mt-2 max-h-72 overflow-y-auto">
        <StaffState
          read={read}
          isEmpty={rows.length === 0}
          empty={{ title: stock.noStockTitle, text: stock.noStockText }}
        >
          <ul className="divide-y divide-line">
            {rows.map((row) => (
              <li key={row.skuId}>
                <button
                  type="button"
                  onClick={() => onPick(row)}
                  className="flex min-h-11 w-full items-center gap-3 py-1.5 text-left text-14"
                >
                  <span className="min-w-0 flex-1">
                    {inLocale(row.title, locale)}
                    <span className="block text-12 text-ink-2">
                      {[inLocale(row.choice, locale), row.code, `${stock.available} ${row.available}`]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </span>
                  <span className="figures">¥{yuanText(row.priceFen)}</span>
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
