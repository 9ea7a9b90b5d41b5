import type { ReactNode } from 'react';
import type { Locale } from '../../lib/messages/define.ts';
import { clockText, dateText } from '../../lib/messages/time.ts';

/* What the sheets of rules are made of. */

/** Of the published catalogue, in the language of the page. */
export type CategoryName = readonly [id: string, name: string];

/** A moment in Beijing; its year is the festival's. */
export function momentOf(at: number, locale: Locale): string {
  return `${dateText(at, locale)} ${clockText(at)}`;
}

/** One rule: what it is about, and what it says. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-semibold">{term}</dt>
      <dd className="text-ink-2">{children}</dd>
    </div>
  );
}

/** A fingerprint: to be compared, and to be copied. */
export function Digits({ children }: { children: string }) {
  return <span className="select-all break-all font-mono text-12">{children}</span>;
}
