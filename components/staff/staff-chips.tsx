'use client';

import { chipClass } from '../ui/tag.tsx';

type StaffChipsProps<T extends string> = {
  legend: string;
  options: readonly (readonly [value: T, label: string])[];
  chosen: readonly T[];
  onChoose: (value: T) => void;
};

/** One or several of a few values, as pills. */
export function StaffChips<T extends string>({ legend, options, chosen, onChoose }: StaffChipsProps<T>) {
  return (
    <fieldset className="mt-4">
      <legend className="mb-2 text-14 text-ink-2">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map(([value, label]) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen.includes(value)}
            onClick={() => onChoose(value)}
            className={chipClass(chosen.includes(value))}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
