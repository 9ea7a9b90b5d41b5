'use client';

import { type FormEvent, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsStoresMessages } from '../../lib/messages/ops-stores.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale } from '../ui/locale.tsx';

type Holidays = ValueNamed<'ops.saveHoliday'>['holidays'];
type HolidaysPanelProps = { holidays: Holidays; onChanged: (holidays: Holidays) => void; onClose: () => void };

/** The days on which stores that have hours for holidays keep them. */
export function HolidaysPanel({ holidays, onChanged, onClose }: HolidaysPanelProps) {
  const locale = useLocale();
  const words = opsStoresMessages[locale];
  const [date, setDate] = useState('');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [refused, setRefused] = useState<string | null>(null);

  async function save(day: string, name: { zh: string; en: string } | null) {
    const answer = await call('ops.saveHoliday', { date: day, name });
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (answer.ok) onChanged(answer.value.holidays);
  }
  const add = (event: FormEvent) => {
    event.preventDefault();
    void save(date, { zh: zh.trim(), en: en.trim() });
  };

  return (
    <StaffPanel title={words.holidays} onClose={onClose}>
      <StaffRefused text={refused} />
      <ul className="mb-3 divide-y divide-line">
        {holidays.map(({ date: day, name }) => (
          <li key={day} className="flex items-center gap-3 py-2">
            <span className="figures flex-1 text-14">
              {day} {inLocale(name, locale)}
            </span>
            <Button look="quiet" size="s" onClick={() => void save(day, null)}>
              {words.removeHoliday(day)}
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="flex flex-col gap-3">
        <Field id="holiday-date" label={words.date}>
          <Input
            id="holiday-date"
            type="date"
            required
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Field>
        <Field id="holiday-zh" label={words.holidayZh}>
          <Input id="holiday-zh" required maxLength={60} value={zh} onChange={(event) => setZh(event.target.value)} />
        </Field>
        <Field id="holiday-en" label={words.holidayEn}>
          <Input id="holiday-en" required maxLength={60} value={en} onChange={(event) => setEn(event.target.value)} />
        </Field>
        <Button type="submit" wide>
          {words.addHoliday}
        </Button>
      </form>
    </StaffPanel>
  );
}
