import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

const box =
  'w-full min-h-12 rounded-card border bg-card px-3 text-16 text-ink placeholder:text-ink-3 focus-visible:outline-offset-0';

/** Label above, the sentence of what is wrong below, tied together for screen readers. `id` names the control. */
export function Field({
  id,
  label,
  error,
  hint,
  children,
}: {
  id: string;
  label: string;
  error?: string | null;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-14 text-ink-2">
        {label}
      </label>
      {children}
      {hint && !error && (
        <p id={`${id}-hint`} className="text-12 text-ink-2">
          {hint}
        </p>
      )}
      <p id={`${id}-error`} role="alert" className={cx('text-14 text-on-lacquer-soft', !error && 'hidden')}>
        {error}
      </p>
    </div>
  );
}

type InputProps = ComponentProps<'input'> & { id: string; invalid?: boolean };

/** 16 px at least, so that iOS does not zoom into it. */
export function Input({ invalid, className, ...rest }: InputProps) {
  return (
    <input
      {...rest}
      aria-invalid={invalid || undefined}
      aria-describedby={rest['aria-describedby'] ?? `${rest.id}-error`}
      className={cx(box, invalid ? 'border-lacquer' : 'border-line', className)}
    />
  );
}

/** The look of a text box, for `<select>` and `<textarea>`. */
export const inputClass: string = cx(box, 'border-line');
