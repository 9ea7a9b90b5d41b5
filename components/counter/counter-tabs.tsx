'use client';

import type { Home } from '../../lib/client/counter-home.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { CounterIcon, type CounterIconName } from './counter-icon.tsx';

export type Place = 'scan' | 'preparing' | 'ready' | 'today';

const PLACES: readonly (readonly [Place, CounterIconName])[] = [
  ['scan', 'scan'],
  ['preparing', 'shelf'],
  ['ready', 'wait'],
  ['today', 'done'],
];

type CounterTabsProps = { place: Place; counts: Home['counts'] | null; onPlace: (place: Place) => void };

/** The four places: under the thumb on a phone, in the head of a wider screen. */
export function CounterTabs({ place, counts, onPlace }: CounterTabsProps) {
  const words = useMessages(counterMessages);
  const numbers: Readonly<Record<Place, number>> = {
    scan: 0,
    preparing: counts?.preparing ?? 0,
    ready: counts?.ready ?? 0,
    today: counts?.handedToday ?? 0,
  };
  return (
    <nav
      aria-label={words.nav}
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-card pb-[var(--safe-bottom)] studio:static studio:gap-1 studio:border-0 studio:pb-0"
    >
      {PLACES.map(([name, icon]) => {
        const count = numbers[name];
        return (
          <button
            key={name}
            type="button"
            aria-current={place === name ? 'page' : undefined}
            onClick={() => onPlace(name)}
            className={cx(
              'flex min-h-17 flex-1 flex-col items-center justify-center gap-0.5 text-14 studio:min-h-14 studio:flex-row studio:gap-2 studio:px-4 studio:text-16',
              place === name ? 'font-semibold text-lacquer' : 'text-ink-2',
            )}
          >
            <span className="relative">
              <CounterIcon name={icon} className="size-7" />
              {count > 0 && (
                <span
                  aria-hidden="true"
                  className="figures absolute -top-1 left-4 min-w-5 rounded-full bg-lacquer px-1 text-center text-12 leading-5 font-semibold text-on-lacquer"
                >
                  {count > 99 ? '99+' : count}
                </span>
              )}
            </span>
            <span>
              {words[name]}
              {count > 0 && <span className="sr-only">{words.orders(count)}</span>}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
