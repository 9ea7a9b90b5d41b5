import type { ButtonHTMLAttributes } from 'react';
import { cx } from './cx.ts';

/** `act`: the one thing to do now. `soft`: the second. `quiet`: the rest. `won`: for what was won. */
export type ButtonLook = 'act' | 'soft' | 'quiet' | 'won';
export type ButtonSize = 's' | 'm' | 'l';

const looks: Record<ButtonLook, string> = {
  act: 'bg-lacquer text-on-lacquer',
  soft: 'bg-lacquer-soft text-on-lacquer-soft',
  quiet: 'border border-line bg-card text-ink',
  won: 'bg-gold-shape text-on-gold',
};
const sizes: Record<ButtonSize, string> = {
  s: 'min-h-9 px-3 text-14 tap',
  m: 'min-h-11 px-4 text-16',
  l: 'min-h-12 px-5 text-16',
};

/** The same look for a link that acts as a button. */
export function buttonClass(look: ButtonLook = 'act', size: ButtonSize = 'm', wide = false): string {
  return cx(
    'pressable inline-flex select-none items-center justify-center gap-1.5 rounded-full text-center font-semibold leading-tight',
    'aria-disabled:bg-line aria-disabled:text-ink-2 disabled:bg-line disabled:text-ink-2',
    looks[look],
    sizes[size],
    wide && 'w-full',
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook;
  size?: ButtonSize;
  wide?: boolean;
  /** Its request is on the way: stays focusable, does nothing more. */
  busy?: boolean;
};

/**
 * A button whose label says what will happen, or why not.
 *
 * A button that cannot act keeps its focus and its words (`aria-disabled`), so that a screen reader can read the reason.
 */
export function Button({ look = 'act', size = 'm', wide, busy, disabled, className, onClick, ...rest }: ButtonProps) {
  const still = disabled || busy;
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      onClick={still ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass(look, size, wide), className)}
    />
  );
}
