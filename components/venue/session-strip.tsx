'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Session } from '../../lib/contracts/catalog.ts';
import { clockText, dateText } from '../../lib/messages/time.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { sessionState } from './sessions.ts';

type SessionStripProps = {
  sessions: readonly Session[];
  now: number;
  chosen: string;
  onChoose: (id: string) => void;
  panelId: string;
};

/** The sessions as tabs on a string; the one that runs is lacquer. Sticks under the header. */
export function SessionStrip({ sessions, now, chosen, onChoose, panelId }: SessionStripProps) {
  const locale = useLocale();
  const words = venueMessages[locale];
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[data-session="${CSS.escape(chosen)}"]`);
    if (tab && list.current)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.clientWidth) / 2;
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const index = sessions.findIndex(({ id }) => id === chosen);
    const next = sessions[(index + by + sessions.length) % sessions.length];
    if (by === 0 || !next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-session="${CSS.escape(next.id)}"]`)?.focus();
  };

  return (
    <div className="sticky top-[3.25rem] z-20 bg-paper pt-1">
      <div
        ref={list}
        role="tablist"
        aria-label={words.sessions}
        onKeyDown={onKeyDown}
        className="relative flex gap-1.5 overflow-x-auto gutter [scrollbar-width:none]"
      >
        {sessions.map((session) => {
          const state = sessionState(session, now);
          const isChosen = session.id === chosen;
          return (
            <button
              key={session.id}
              type="button"
              role="tab"
              data-session={session.id}
              id={`${panelId}-${session.id}`}
              aria-selected={isChosen}
              aria-controls={panelId}
              tabIndex={isChosen ? 0 : -1}
              onClick={() => onChoose(session.id)}
              className={cx(
                'pressable flex min-w-[5.25rem] flex-1 shrink-0 flex-col items-center rounded-t-card px-2 pt-1.5 pb-2',
                isChosen && state === 'running' && 'bg-plate text-on-plate',
                isChosen && state !== 'running' && 'bg-lacquer-soft text-on-lacquer-soft',
                !isChosen && { over: 'text-ink-2', running: 'text-lacquer' }[state as string],
              )}
            >
              <span className={cx('figures whitespace-nowrap font-bold', isChosen ? 'text-22' : 'text-18')}>
                {state === 'later' ? dateText(session.startsAt, locale) : clockText(session.startsAt)}
              </span>
              <span className="whitespace-nowrap text-12">{words[state]}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
