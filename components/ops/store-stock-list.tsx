'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsStoresMessages } from '../../lib/messages/ops-stores.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';

/** What a store has, with a count by hand; goods come here by transfers. */
export function StoreStockList({ storeId }: { storeId: string }) {
  const locale = useLocale();
  const words = opsStoresMessages[locale];
  const read = useStaffRead('ops.storeStock', { id: storeId });
  const [counting, setCounting] = useState<{ skuId: string; key: string } | null>(null);
  const [delta, setDelta] = useState('');
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<string | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    const units = Number(delta);
    if (!counting || !Number.isInteger(units) || units === 0 || reason.trim() === '') {
      return setRefused(words.wrongDelta);
    }
    const answer = await call('ops.adjustStock', {
      ...counting,
      delta: units,
      reason: reason.trim(),
      locationId: storeId,
    });
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return;
    setCounting(null);
    setDelta('');
    read.reload();
    toast(words.saved);
  }

  const rows = read.value?.rows ?? [];
  return (
    <section className="pt-4">
      <h3 className="font-semibold">{words.stock}</h3>
      <p className="mb-2 text-12 text-ink-2">
        {words.moveHint}: {storeId}
      </p>
      <StaffRefused text={refused ?? read.error} />
      {read.value && rows.length === 0 && <p className="text-14 text-ink-2">{words.noStock}</p>}
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.skuId} className="py-2">
            <div className="flex items-center gap-3">
              <div className="min-w-0 flex-1">
                <p className="text-14">
                  {inLocale(row.title, locale)} {inLocale(row.choice, locale)}
                </p>
                <p className="text-12 text-ink-2">
                  {row.code} · {words.onHand} <span className="figures">{row.onHand}</span> · {words.reserved}{' '}
                  <span className="figures">{row.reserved}</span>
                </p>
              </div>
              <Button look="quiet" size="s" onClick={() => setCounting({ skuId: row.skuId, key: crypto.randomUUID() })}>
                {words.adjust(row.code)}
              </Button>
            </div>
            {counting?.skuId === row.skuId && (
              <form onSubmit={save} className="mt-2 flex flex-col gap-2">
                <Field id="count-delta" label={words.delta}>
                  <Input
                    id="count-delta"
                    inputMode="numeric"
                    value={delta}
                    onChange={(event) => setDelta(event.target.value)}
                  />
                </Field>
                <Field id="count-reason" label={words.reason}>
                  <Input
                    id="count-reason"
                    maxLength={200}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                </Field>
                <Button type="submit">{words.saveAdjust}</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
