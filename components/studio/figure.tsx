import type { ReactNode } from 'react';
import { Counted, type CountedWord } from './counted.tsx';

/** One number, large, with what it counts above and what belongs to it below. */
export function Figure({
  name,
  counted,
  value,
  children,
}: {
  name: string;
  counted: CountedWord;
  value: string;
  children?: ReactNode;
}) {
  return (
    <div className="min-w-0 rounded-card bg-card p-3 shadow-card">
      <dt className="flex items-center gap-1 text-14 text-ink-2">
        {name}
        <Counted of={counted} name={name} />
      </dt>
      <dd className="figures mt-1 text-22 font-semibold">{value}</dd>
      {children && <dd className="mt-1 text-12 text-ink-2">{children}</dd>}
    </div>
  );
}

/** A part of a page with its heading. */
export function Section({
  title,
  counted,
  note,
  actions,
  children,
}: {
  title: string;
  counted?: CountedWord;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mt-6">
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className="text-18 font-semibold">{title}</h2>
        {counted && <Counted of={counted} name={title} />}
        {note && <p className="text-14 text-ink-2">{note}</p>}
        {actions && <div className="ml-auto">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
