'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { transferMessages } from '../../lib/messages/transfers.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { SkuPicker } from './sku-picker.tsx';
import type { StockRow } from './stock-desk.tsx';
import { StorePicker } from './store-picker.tsx';

type Locations = readonly Pick<ValueNamed<'ops.transfers'>['locations'][number], 'id' | 'name'>[];

/** Which units go from where to where and why; one key, so that a repeat sends nothing twice. */
export function TransferForm({ locations, onClose }: { locations: Locations; onClose: (isDone: boolean) => void }) {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [sku, setSku] = useState<StockRow | null>(null);
  return (
    <StaffPanel title={words.send} onClose={() => onClose(false)}>
      {sku === null ? (
        <SkuPicker taken={[]} onPick={setSku} />
      ) : (
        <>
          <p className="text-16 font-semibold">{inLocale(sku.title, locale)}</p>
          <p className="mb-2 text-14 text-ink-2">
            {[inLocale(sku.choice, locale), sku.code].filter(Boolean).join(' · ')}
          </p>
          <Button look="quiet" size="s" className="mb-3" onClick={() => setSku(null)}>
            {words.changeSku}
          </Button>
          <Route key={sku.skuId} sku={sku} locations={locations} onClose={onClose} />
        </>
      )}
    </StaffPanel>
  );
}

function Route({
  sku,
  locations: known,
  onClose,
}: {
  sku: StockRow;
  locations: Locations;
  onClose: (isDone: boolean) => void;
}) {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [key] = useState(() => crypto.randomUUID());
  const [found, setFound] = useState<Locations>([]);
  const locations = [...known, ...found.filter(({ id }) => known.every((one) => one.id !== id))];
  const [from, setFrom] = useState(known[0]?.id ?? '');
  const [to, setTo] = useState(known[1]?.id ?? '');
  const [units, setUnits] = useState('');
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const read = useStaffRead('ops.transfers', { skuId: sku.skuId });
  const free = read.value?.levels.find((level) => level.locationId === from)?.available ?? 0;
  const quantity = Number(units);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    if (!/^[1-9]\d{0,5}$/.test(units) || reason.trim() === '') return setRefused(words.wrong);
    setBusy(true);
    const answer = await call('ops.sendTransfer', { key, skuId: sku.skuId, from, to, quantity, reason: reason.trim() });
    setBusy(false);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return read.reload();
    toast(words.sent);
    onClose(true);
  }

  const place = (id: string, label: string, value: string, change: (id: string) => void) => (
    <Field id={id} label={label} error={null}>
      <select
        id={id}
        value={value}
        onChange={(event) => change(event.target.value)}
        className="min-h-11 w-full rounded-card border border-line bg-card px-3 text-16"
      >
        {locations.map((one) => (
          <option key={one.id} value={one.id}>
            {inLocale(one.name, locale)}
          </option>
        ))}
      </select>
    </Field>
  );

  return (
    <>
      <StorePicker
        onPick={(store) => {
          setFound((before) => [...before.filter(({ id }) => id !== store.id), store]);
          setTo(store.id);
        }}
      />
      <form onSubmit={send} noValidate className="flex flex-col gap-3">
        {place('transfer-from', words.from, from, setFrom)}
        {place('transfer-to', words.to, to, setTo)}
        <p className="text-14 text-ink-2">{words.free(free)}</p>
        <Field id="transfer-units" label={words.quantity} error={null}>
          <Input
            id="transfer-units"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={units}
            onChange={(event) => setUnits(event.target.value.replace(/\D/g, ''))}
          />
        </Field>
        <Field id="transfer-reason" label={words.reason} error={null}>
          <Input
            id="transfer-reason"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <StaffRefused text={refused} />
        <Button type="submit" wide busy={isBusy}>
          {words.sendNow(Number.isSafeInteger(quantity) ? quantity : 0)}
        </Button>
      </form>
    </>
  );
}
