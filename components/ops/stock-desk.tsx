'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsStockMessages } from '../../lib/messages/ops-stock.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffSearch } from '../staff/staff-search.tsx';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { AdjustPanel } from './adjust-panel.tsx';

export type StockRow = ValueNamed<'ops.stock'>['rows'][number];

/** Stock by SKU: what is in the building, what orders hold, what can be sold. */
export function StockDesk() {
  const words = useMessages(opsStockMessages);
  const common = useMessages(staffMessages);
  const places = useMessages(opsMessages);
  const locale = useLocale();
  const [search, setSearch] = useState('');
  const [adjusting, setAdjusting] = useState<StockRow | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const request = search ? { search } : {};
  const read = useStaffRead('ops.stock', request);
  const rows = read.value?.rows ?? [];
  const after = read.value?.nextAfter ?? null;

  async function more() {
    setBusy(true);
    const answer = await call('ops.stock', { ...request, after: after ?? undefined });
    setBusy(false);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return;
    const { value } = answer;
    read.change((last) => ({ ...value, rows: [...last.rows, ...value.rows] }));
  }

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{places.stock}</h1>
        <div className="w-full desk:ml-auto desk:w-auto">
          <StaffSearch label={words.stockSearch} asked={search} onAsk={setSearch} maxLength={60} />
        </div>
      </div>
      <StaffState
        read={read}
        isEmpty={rows.length === 0}
        empty={{ title: words.noStockTitle, text: words.noStockText }}
      >
        <StockTable rows={rows} onAdjust={setAdjusting} />
        {after && (
          <div className="py-4 text-center">
            <StaffRefused text={refused} />
            <Button look="quiet" busy={isBusy} onClick={more}>
              {common.more}
            </Button>
          </div>
        )}
      </StaffState>
      {adjusting && (
        <AdjustPanel
          row={adjusting}
          onClose={() => setAdjusting(null)}
          onAdjusted={(row) => {
            setAdjusting(null);
            read.change((value) => ({
              ...value,
              rows: value.rows.map((one) => (one.skuId === row.skuId ? row : one)),
            }));
          }}
          onStale={read.reload}
        />
      )}
    </>
  );
}

function StockTable({ rows, onAdjust }: { rows: readonly StockRow[]; onAdjust: (row: StockRow) => void }) {
  const words = useMessages(opsStockMessages);
  const common = useMessages(opsMessages);
  const locale = useLocale();
  const numbers = ['onHand', 'reserved', 'available', 'sold'] as const;
  return (
    <div className="overflow-hidden rounded-card bg-card shadow-card">
      <table className="w-full text-14">
        <thead className="hidden border-line border-b text-12 text-ink-2 desk:table-header-group">
          <tr>
            <th scope="col" className="px-3 py-2 text-left font-medium">
              {common.sku}
            </th>
            {numbers.map((name) => (
              <th key={name} scope="col" className="px-3 py-2 text-right font-medium">
                {words[name]}
              </th>
            ))}
            <th scope="col" className="w-0 px-3 py-2">
              <span className="sr-only">{words.adjust}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.skuId} className="grid grid-cols-4 gap-y-1 px-3 py-2.5 desk:table-row desk:p-0">
              <th scope="row" className="col-span-3 text-left font-normal desk:px-3 desk:py-2">
                <p className="font-medium">{inLocale(row.title, locale)}</p>
                <p className="text-12 text-ink-2">
                  {[inLocale(row.choice, locale), row.code].filter(Boolean).join(' · ')}
                </p>
              </th>
              {numbers.map((name) => (
                <td key={name} className="row-start-2 desk:px-3 desk:py-2 desk:text-right">
                  <span className="block text-12 text-ink-2 desk:hidden">{words[name]}</span>
                  <span
                    className={
                      name === 'available' && row.available === 0
                        ? 'figures font-semibold text-on-lacquer-soft'
                        : 'figures'
                    }
                  >
                    {row[name].toLocaleString('en-US')}
                  </span>
                </td>
              ))}
              <td className="col-start-4 row-start-1 text-right desk:px-3 desk:py-2">
                <Button look="quiet" size="s" onClick={() => onAdjust(row)}>
                  {words.adjust}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
