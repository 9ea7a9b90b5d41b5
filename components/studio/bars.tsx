import type { ReactNode } from 'react';

export type Bar = {
  readonly id: string | number;
  readonly name: ReactNode;
  readonly value: number;
  readonly text: string;
  readonly more?: ReactNode;
};

/** Amounts beside each other as bars; the numbers are there as text. */
export function Bars({ label, bars, max }: { label: string; bars: readonly Bar[]; max?: number }) {
  const most = Math.max(1, max ?? 0, ...bars.map(({ value }) => value));
  return (
    <ul aria-label={label} className="flex flex-col gap-2 rounded-card bg-card p-3 shadow-card">
      {bars.map(({ id, name, value, text, more }) => (
        <li key={id} className="text-14">
          <div className="flex items-center gap-2">
            <span className="flex min-w-0 items-center gap-1">{name}</span>
            <span className="figures ml-auto font-semibold">{text}</span>
            {more && <span className="text-12 text-ink-2">{more}</span>}
          </div>
          <div aria-hidden="true" className="mt-1 h-2 overflow-hidden rounded-full bg-lacquer-soft">
            <div className="h-full rounded-full bg-lacquer" style={{ width: `${(100 * value) / most}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
