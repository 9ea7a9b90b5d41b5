import { cx } from '../ui/cx.ts';

/** Signs of the counter, drawn like the shop's own; they are not in its sprite, which every shop page carries. */
const drawings = {
  scan: 'M4 8.5V5.5A1.5 1.5 0 0 1 5.5 4h3M15.5 4h3A1.5 1.5 0 0 1 20 5.5v3M20 15.5v3a1.5 1.5 0 0 1-1.5 1.5h-3M8.5 20h-3A1.5 1.5 0 0 1 4 18.5v-3M4 12h16',
  shelf: 'M4 4v16M20 4v16M4 11h16M4 18.5h16M7 11V6.5h5V11M13.5 18.5v-4H18v4',
  done: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8 12.3l2.8 2.8L16 9.6',
  stop: 'M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16v.01',
  money: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.5 7.5 12 12l3.5-4.5M12 12v5M9 12.5h6M9 15h6',
  refund: 'M5 9.5h9.5a4.5 4.5 0 0 1 0 9H8M8.5 5.5l-4 4 4 4',
  wait: 'M7 3.5h10M7 20.5h10M8 3.5c0 4.5 4 5 4 8.5s-4 4-4 8.5M16 3.5c0 4.5-4 5-4 8.5s4 4 4 8.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  twice: 'M8 8h11.5v11.5H8zM16 8V4.5H4.5V16H8M11 13.5l2 2 3.5-3.5',
  question:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01',
  old: 'M4 8.5V5.5A1.5 1.5 0 0 1 5.5 4h3M15.5 4h3A1.5 1.5 0 0 1 20 5.5v3M20 15.5v3a1.5 1.5 0 0 1-1.5 1.5h-3M8.5 20h-3A1.5 1.5 0 0 1 4 18.5v-3M12 8v4l2.5 2',
  keys: 'M4 6.5h16v11H4zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
  friend: 'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19.5c.4-3.6 2.8-5.4 6-5.4s5.6 1.8 6 5.4M16.5 8v5M14 10.5h5',
  torch: 'M8 3.5h8v3.5l-2 3v10.5h-4V10L8 7zM8 7h8M12 12.5v2',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  sound: 'M4.5 9.5v5h3.5l4.5 4v-13L8 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4.5 9.5v5h3.5l4.5 4v-13L8 9.5zM16 9.5l5 5M21 9.5l-5 5',
  undo: 'M9 6 4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-2.5',
} as const;

export type CounterIconName = keyof typeof drawings;

/** Decoration only: the words beside it say what it means. */
export function CounterIcon({ name, className = 'size-[1.5em]' }: { name: CounterIconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('inline-block shrink-0', className)}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
