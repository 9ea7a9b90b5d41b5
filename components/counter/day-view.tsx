'use client';

import { useEffect, useRef, useState } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { clockText } from '../../lib/messages/time.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';

type Day = ValueNamed<'counter.day'>;

const shifted = (day: string, by: number) => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

/**
 * A day of this store: totals, who did what, and what happened one after the other.
 * @param version changes when something may have changed in the store
 */
export function DayView({ version }: { version: string }) {
  const words = useMessages(counterListsMessages);
  const [day, setDay] = useState<string | undefined>(undefined);
  const read = useStaffRead('counter.day', { day });
  const { reload } = read;
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current !== version) reload();
    seen.current = version;
  }, [version, reload]);
  const shown = read.value?.day;
  const [today, setToday] = useState<string | null>(null);
  if (shown !== undefined && day === undefined && today !== shown) setToday(shown);
  const move = (by: number) => {
    if (shown === undefined) return;
    const next = shifted(shown, by);
    setDay(next === today ? undefined : next);
  };
  const arrow = 'grid size-12 place-items-center rounded-full border border-line bg-card aria-disabled:text-ink-3';
  return (
    <section aria-labelledby="day-title" className="mx-auto mt-6 w-full max-w-[760px]">
      <div className="mb-3 flex items-center gap-2">
        <h2 id="day-title" className="flex-1 text-22 font-semibold">
          {words.dayTitle} <span className="figures text-16 font-normal text-ink-2">{shown}</span>
        </h2>
        <button type="button" aria-label={words.dayBefore} onClick={() => move(-1)} className={arrow}>
          <Icon name="back" />
        </button>
        <button
          type="button"
          aria-label={words.dayAfter}
          aria-disabled={day === undefined || undefined}
          onClick={() => day !== undefined && move(1)}
          className={arrow}
        >
          <Icon name="forward" />
        </button>
      </div>
      <StaffState read={read} isEmpty={false} empty={{ title: words.logEmpty, text: '' }}>
        {read.value && <DayFigures day={read.value} />}
      </StaffState>
    </section>
  );
}

function DayFigures({ day }: { day: Day }) {
  const words = useMessages(counterListsMessages);
  const { totals, clerks, log } = day;
  const figures = [
    [words.orders, totals.orders],
    [words.unitsTotal, totals.units],
    [words.handovers, totals.handovers],
    [words.undoneTotal, totals.undone],
    [words.wrongCodes, totals.wrongCodes],
  ] as const;
  return (
    <>
      <dl className="grid grid-cols-3 gap-2 desk:grid-cols-5">
        {figures.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse rounded-card bg-card px-3 py-3 shadow-card">
            <dt className="text-14 text-ink-2">{name}</dt>
            <dd className="figures text-28 font-bold">{value}</dd>
          </div>
        ))}
      </dl>
      {clerks.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 text-18 font-semibold">{words.clerks}</h3>
          <div className="overflow-x-auto rounded-card bg-card shadow-card">
            <table className="figures w-full text-16">
              <thead className="text-14 text-ink-2">
                <tr>
                  {[words.clerk, words.unitsTotal, words.undoneTotal, words.withoutToken, words.wrongCodes].map(
                    (name) => (
                      <th key={name} scope="col" className="px-3 py-2 text-right font-normal first:text-left">
                        {name}
                      </th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody className="divide-y divide-line">
                {clerks.map((clerk) => (
                  <tr key={clerk.id}>
                    <th scope="row" className="px-3 py-3 text-left font-semibold">
                      {clerk.name}
                    </th>
                    <td className="px-3 text-right">{clerk.units}</td>
                    <td className="px-3 text-right">{clerk.undone}</td>
                    <td className="px-3 text-right">{clerk.withoutToken}</td>
                    <td className="px-3 text-right">{clerk.wrongCodes}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="mt-1 px-1 text-14 text-ink-2">{words.withoutTokenWhy}</p>
        </>
      )}
      <h3 className="mt-5 mb-2 text-18 font-semibold">{words.log}</h3>
      {log.length === 0 ? <p className="text-16 text-ink-2">{words.logEmpty}</p> : <DayLog log={log} />}
    </>
  );
}

function DayLog({ log }: { log: Day['log'] }) {
  const words = useMessages(counterListsMessages);
  const scan = useMessages(counterScanMessages);
  return (
    <ol className="divide-y divide-line rounded-card bg-card px-4 shadow-card">
      {log.map((entry, at) => (
        <li key={`${entry.at} ${at}`} className="figures flex flex-wrap items-baseline gap-x-3 py-2.5 text-16">
          <span className="text-ink-2">{clockText(entry.at, true)}</span>
          <span className="font-semibold">{words[`what_${entry.what}`]}</span>
          <span>{entry.clerkName}</span>
          <span className="ml-auto text-14 text-ink-2">
            {entry.units > 0 && scan.units(entry.units)} {entry.orderId}
          </span>
        </li>
      ))}
    </ol>
  );
}
