import { cx } from './cx.ts';

/** Drawn on 24 × 24 with a 1.8 stroke; kept as one sprite in the document so that no page carries a path twice. */
const drawings = {
  home: 'M4 11.2 12 4.5l8 6.7V19a1.5 1.5 0 0 1-1.5 1.5H15v-5.2a3 3 0 0 0-6 0v5.2H5.5A1.5 1.5 0 0 1 4 19z',
  grid: 'M4.5 6a1.5 1.5 0 0 1 1.5-1.5h3A1.5 1.5 0 0 1 10.5 6v3A1.5 1.5 0 0 1 9 10.5H6A1.5 1.5 0 0 1 4.5 9zM13.5 15a1.5 1.5 0 0 1 1.5-1.5h3a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1-1.5 1.5h-3a1.5 1.5 0 0 1-1.5-1.5zM4.5 15A1.5 1.5 0 0 1 6 13.5h3a1.5 1.5 0 0 1 1.5 1.5v3A1.5 1.5 0 0 1 9 19.5H6A1.5 1.5 0 0 1 4.5 18zM16.5 4.3v6.4M13.3 7.5h6.4',
  cart: 'M3 4.5h2.2l2.3 10.3a1.5 1.5 0 0 0 1.5 1.2h8a1.5 1.5 0 0 0 1.45-1.12L20.5 8H6.2M9.5 20h.01M16.5 20h.01',
  orders: 'M6 3.5h12V21l-3-1.8L12 21l-3-1.8L6 21zM9.3 8.5h5.4M9.3 12.5h5.4',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.2 16.2 20.5 20.5',
  back: 'M14.5 5 7.5 12l7 7',
  forward: 'M9.5 5l7 7-7 7',
  down: 'M5 9.5l7 7 7-7',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5.5v13M5.5 12h13',
  minus: 'M5.5 12h13',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5.2M12 7.7v.01',
  warning: 'M12 4 21 19.5H3zM12 10v4.5M12 17v.01',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  offline:
    'M3.5 3.5l17 17M5 12.5a10 10 0 0 1 4-2.4M2 9a15 15 0 0 1 5-3.2M11.5 5A15 15 0 0 1 22 9M14.5 10.2a10 10 0 0 1 4.5 2.3M8.5 16a5.5 5.5 0 0 1 6-.9M12 19.5v.01',
  globe:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c2.5 2.4 3.7 5.2 3.7 8.5S14.5 18.1 12 20.5C9.5 18.1 8.3 15.3 8.3 12S9.5 5.9 12 3.5z',
  trash: 'M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l.8 13h9.4l.8-13M10 10.5v5.5M14 10.5v5.5',
  edit: 'M4.5 19.5l.8-4L16 4.8l3.2 3.2L8.5 18.7zM13.5 7.3l3.2 3.2',
  place: 'M12 21c-4.5-4.5-7-7.8-7-11a7 7 0 1 1 14 0c0 3.2-2.5 6.5-7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  truck:
    'M2.5 6h11v10.5h-11zM13.5 9.5H18l3.5 3.5v3.5h-8M7 19a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 7 19zM17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  bell: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 19.5a2.2 2.2 0 0 0 4 0',
  flame:
    'M12 21c-3.9 0-6.5-2.6-6.5-6.2 0-3.3 2.3-4.9 3.6-7.3.5 1.5 1.1 2.2 2 2.8.3-2.9 1.3-5.3 3.2-7.3.2 4 4.2 6.3 4.2 11.8 0 3.6-2.6 6.2-6.5 6.2z',
  gift: 'M4 9h16v4H4zM5.5 13h13v7.5h-13zM12 9v11.5M12 9C9 9 7 7.8 7 6.2S8.3 3.5 9.5 4 12 9 12 9zM12 9c3 0 5-1.2 5-2.8S15.7 3.5 14.5 4 12 9 12 9z',
  ticket:
    'M3.5 7.5A1.5 1.5 0 0 1 5 6h14a1.5 1.5 0 0 1 1.5 1.5v2.7a1.8 1.8 0 0 0 0 3.6v2.7A1.5 1.5 0 0 1 19 18H5a1.5 1.5 0 0 1-1.5-1.5v-2.7a1.8 1.8 0 0 0 0-3.6zM14.5 9v.6M14.5 11.7v.6M14.5 14.4v.6',
  wallet: 'M4 7.5A1.5 1.5 0 0 1 5.5 6H18v3M4 7.5V18a1.5 1.5 0 0 0 1.5 1.5H20V9H5.5A1.5 1.5 0 0 1 4 7.5zM16 14.2h.01',
  box: 'M12 3.5l8 4.2v8.6l-8 4.2-8-4.2V7.7zM4 7.7l8 4.3 8-4.3M12 12v8.5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  phone:
    'M7.5 3h9A1.5 1.5 0 0 1 18 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 19.5v-15A1.5 1.5 0 0 1 7.5 3zM11 18h2',
  settings:
    'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 9.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 18.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
} as const;

export type IconName = keyof typeof drawings;

/** Once a document, before anything that draws an icon. */
export function IconSprite() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        {Object.entries(drawings).map(([name, path]) => (
          <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
            <path
              d={path}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.8"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </symbol>
        ))}
      </defs>
    </svg>
  );
}

/** Decoration only: the words beside it, or the `aria-label` of its button, say what it means. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden="true" className={cx('inline-block size-[1.5em] shrink-0', className)}>
      <use href={`#i-${name}`} />
    </svg>
  );
}
