'use client';

import { type FormEvent, Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { AnswerNamed } from '../../lib/client/wire.ts';
import type { OpsStore } from '../../lib/contracts/ops-store.ts';
import { dayText } from '../../lib/domain/store/hours-text.ts';
import { STORE_STATES, type StoreState } from '../../lib/domain/store/store.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsStoresMessages } from '../../lib/messages/ops-stores.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, inputClass } from '../ui/field.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { StoreStockList } from './store-stock-list.tsx';

const NewStorePassword = late(() => import('./new-store-password.tsx').then((module) => module.NewStorePassword));

type StorePanelProps = { store: OpsStore; onChanged: (store: OpsStore) => void; onClose: () => void };

/** One store: whether it is open, its week, its special dates, what it has. */
export function StorePanel({ store, onChanged, onClose }: StorePanelProps) {
  const locale = useLocale();
  const words = opsStoresMessages[locale];
  const [state, setState] = useState<StoreState>(store.state);
  const [noteZh, setNoteZh] = useState(store.stateNote?.zh ?? '');
  const [noteEn, setNoteEn] = useState(store.stateNote?.en ?? '');
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState(store.hoursText ?? '');
  const [date, setDate] = useState('');
  const [dateHours, setDateHours] = useState('off');
  const [refused, setRefused] = useState<string | null>(null);

  function take(answer: AnswerNamed<'ops.setStoreState' | 'ops.saveStoreHours' | 'ops.saveStoreDate'>) {
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return;
    onChanged(answer.value.store);
    toast(words.saved);
  }
  async function saveState(event: FormEvent) {
    event.preventDefault();
    const note = { zh: noteZh.trim(), en: noteEn.trim() };
    if ((note.zh === '') !== (note.en === '')) return setRefused(words.noteBoth);
    const said = note.zh === '' ? null : note;
    take(await call('ops.setStoreState', { id: store.id, state, note: said, reason: reason.trim() }));
  }
  async function saveHours(event: FormEvent) {
    event.preventDefault();
    take(await call('ops.saveStoreHours', { id: store.id, hours: hours.trim() === '' ? null : hours.trim() }));
  }
  async function saveDate(event: FormEvent) {
    event.preventDefault();
    take(await call('ops.saveStoreDate', { id: store.id, date, hours: dateHours.trim(), note: null }));
  }
  const removeDate = async (day: string) =>
    take(await call('ops.saveStoreDate', { id: store.id, date: day, hours: null, note: null }));

  return (
    <StaffPanel title={inLocale(store.name, locale)} onClose={onClose}>
      <StaffRefused text={refused} />
      <form onSubmit={saveState} className="flex flex-col gap-3 border-line border-b pb-4">
        <Field id="store-state" label={words.state}>
          <select
            id="store-state"
            className={inputClass}
            value={state}
            onChange={(event) => setState(event.target.value as StoreState)}
          >
            {STORE_STATES.map((one) => (
              <option key={one} value={one}>
                {words[one]}
              </option>
            ))}
          </select>
        </Field>
        {state !== 'open' && (
          <>
            <Field id="store-note-zh" label={words.noteZh}>
              <Input
                id="store-note-zh"
                maxLength={60}
                value={noteZh}
                onChange={(event) => setNoteZh(event.target.value)}
              />
            </Field>
            <Field id="store-note-en" label={words.noteEn}>
              <Input
                id="store-note-en"
                maxLength={60}
                value={noteEn}
                onChange={(event) => setNoteEn(event.target.value)}
              />
            </Field>
          </>
        )}
        <Field id="store-reason" label={words.reason}>
          <Input
            id="store-reason"
            required
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Button type="submit" wide>
          {words.saveState}
        </Button>
      </form>
      <form onSubmit={saveHours} className="flex flex-col gap-3 border-line border-b py-4">
        <Field id="store-hours" label={words.hours} hint={words.hoursHint}>
          <Input id="store-hours" maxLength={500} value={hours} onChange={(event) => setHours(event.target.value)} />
        </Field>
        <Button type="submit" look="soft" wide>
          {words.saveHours}
        </Button>
      </form>
      <section className="border-line border-b py-4">
        <h3 className="mb-2 font-semibold">{words.dates}</h3>
        <ul className="mb-3 divide-y divide-line">
          {store.exceptions.map(({ date: day, spans }) => (
            <li key={day} className="flex items-center gap-3 py-2">
              <span className="figures flex-1 text-14">
                {day} {dayText(spans)}
              </span>
              <Button look="quiet" size="s" onClick={() => void removeDate(day)}>
                {words.removeDate(day)}
              </Button>
            </li>
          ))}
        </ul>
        <form onSubmit={saveDate} className="flex flex-col gap-3">
          <Field id="store-date" label={words.date}>
            <Input
              id="store-date"
              type="date"
              required
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          </Field>
          <Field id="store-date-hours" label={words.dateHours}>
            <Input
              id="store-date-hours"
              required
              maxLength={100}
              value={dateHours}
              onChange={(event) => setDateHours(event.target.value)}
            />
          </Field>
          <Button type="submit" look="soft" wide>
            {words.addDate}
          </Button>
        </form>
      </section>
      <section className="flex min-h-11 items-center gap-3 border-line border-b py-4">
        <span className="flex-1 text-14">{words.offerPassword}</span>
        <Suspense>
          <NewStorePassword storeId={store.id} name={inLocale(store.name, locale)} />
        </Suspense>
      </section>
      <StoreStockList storeId={store.id} />
    </StaffPanel>
  );
}
