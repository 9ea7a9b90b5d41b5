'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsStockMessages } from '../../lib/messages/ops-stock.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { chipClass } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import type { StockRow } from './stock-desk.tsx';

type AdjustPanelProps = {
  row: StockRow;
  onClose: () => void;
  onAdjusted: (row: StockRow) => void;
  onStale: () => void;
};

const UNITS_MAX = 1_000_000;

/** Two steps: what to change and why, then before → after to be confirmed. One key, so that a repeat changes nothing. */
export function AdjustPanel({ row, onClose, onAdjusted, onStale }: AdjustPanelProps) {
  const words = useMessages(opsStockMessages);
  const common = useMessages(staffMessages);
  const locale = useLocale();
  const [key] = useState(() => crypto.randomUUID());
  const [isTaking, setTaking] = useState(false);
  const [units, setUnits] = useState('');
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<{ units?: string | null; reason?: string | null }>({});
  const [isReview, setReview] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const delta = (isTaking ? -1 : 1) * Number(units);
  const signed = `${delta > 0 ? '+' : '−'}${Math.abs(delta).toLocaleString('en-US')}`;

  function review(event: FormEvent) {
    event.preventDefault();
    const isWhole = /^\d{1,7}$/.test(units) && Number(units) >= 1 && Number(units) <= UNITS_MAX;
    const unitsWrong = !isWhole
      ? words.quantityWrong
      : isTaking && Number(units) > row.available
        ? words.takeMax(row.available)
        : null;
    const reasonWrong = reason.trim() === '' ? words.reasonWrong : null;
    setWrong({ units: unitsWrong, reason: reasonWrong });
    setRefused(null);
    if (!unitsWrong && !reasonWrong) setReview(true);
  }

  async function confirm() {
    setBusy(true);
    const answer = await call('ops.adjustStock', { key, skuId: row.skuId, delta, reason: reason.trim() });
    setBusy(false);
    if (answer.ok) {
      toast(words.adjusted(inLocale(row.title, locale), answer.value.row.onHand));
      onAdjusted(answer.value.row);
      return;
    }
    setRefused(refusedText(answer.refusal, locale));
    if (answer.refusal.code === 'below_reserved') {
      setReview(false);
      onStale();
    }
  }

  return (
    <StaffPanel title={words.adjustTitle} onClose={onClose}>
      <p className="text-16 font-semibold">{inLocale(row.title, locale)}</p>
      <p className="mb-4 text-14 text-ink-2">{[inLocale(row.choice, locale), row.code].filter(Boolean).join(' · ')}</p>
      <StaffRefused text={refused} />
      {isReview ? (
        <section aria-label={words.review} className="flex flex-col gap-3">
          <dl className="grid grid-cols-2 gap-2">
            <BeforeAfter label={words.onHand} before={row.onHand} after={row.onHand + delta} />
            <BeforeAfter label={words.available} before={row.available} after={row.available + delta} />
          </dl>
          <p className="text-14">
            {words.reason}: {reason}
          </p>
          <p className="text-14 text-ink-2">{words.reviewText}</p>
          <div className="flex gap-2">
            <Button look="quiet" onClick={() => setReview(false)}>
              {common.back}
            </Button>
            <Button className="flex-1" busy={isBusy} autoFocus onClick={confirm}>
              {words.adjustNow(signed)}
            </Button>
          </div>
        </section>
      ) : (
        <form onSubmit={review} noValidate className="flex flex-col gap-3">
          <fieldset className="flex gap-2">
            <legend className="mb-1 text-14 text-ink-2">{words.direction}</legend>
            {[false, true].map((one) => (
              <label
                key={String(one)}
                className={`${chipClass(isTaking === one)} cursor-pointer has-focus-visible:outline-2`}
              >
                <input
                  type="radio"
                  name="direction"
                  className="sr-only"
                  checked={isTaking === one}
                  onChange={() => setTaking(one)}
                />
                <Icon name={one ? 'minus' : 'plus'} className="size-[1.1em]" />
                {one ? words.take : words.add}
              </label>
            ))}
          </fieldset>
          <Field id="units" label={words.quantity} error={wrong.units ?? null}>
            <Input
              id="units"
              inputMode="numeric"
              autoComplete="off"
              maxLength={7}
              value={units}
              invalid={Boolean(wrong.units)}
              onChange={(event) => setUnits(event.target.value.replace(/\D/g, ''))}
            />
          </Field>
          <Field id="reason" label={words.reason} error={wrong.reason ?? null}>
            <Input
              id="reason"
              list="reasons"
              maxLength={200}
              value={reason}
              invalid={Boolean(wrong.reason)}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          <datalist id="reasons">
            {words.reasons.split('|').map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <Button type="submit" wide>
            {words.review}
          </Button>
        </form>
      )}
    </StaffPanel>
  );
}

function BeforeAfter({ label, before, after }: { label: string; before: number; after: number }) {
  return (
    <div className="rounded-card border border-line p-3">
      <dt className="text-12 text-ink-2">{label}</dt>
      <dd className="figures mt-1 text-22">
        {before.toLocaleString('en-US')} → <strong>{after.toLocaleString('en-US')}</strong>
      </dd>
    </div>
  );
}
