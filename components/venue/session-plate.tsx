'use client';

import type { Session } from '../../lib/contracts/catalog.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { momentText } from '../../lib/messages/time.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { Countdown } from '../ui/countdown.tsx';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { sessionState } from './sessions.ts';

/** The one loud thing of the home page: the session's name and its countdown on a lacquer plate with a paper-cut edge. */
export function SessionPlate({ session, now }: { session: Session; now: number }) {
  const locale = useLocale();
  const words = venueMessages[locale];
  const state = sessionState(session, now);
  const isRunning = state === 'running';
  const until = isRunning ? session.endsAt : session.startsAt;
  return (
    <div
      className={cx(
        'paper-cut relative z-10 gutter pt-3 pb-5',
        isRunning ? 'bg-plate text-on-plate' : 'bg-lacquer-soft text-on-lacquer-soft',
      )}
    >
      <Lanterns />
      <div className="relative flex min-h-[4.25rem] flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div className="min-w-32 flex-1">
          <h2 className="text-18 font-semibold">{inLocale(session.name, locale)}</h2>
          <p className="text-14">
            {state === 'over'
              ? words.overText
              : isRunning
                ? words.endsIn
                : words.startsAt(momentText(session.startsAt, now, locale))}
            {locale === 'en-US' && !isRunning && state !== 'over' && ` · ${words.beijingTime}`}
          </p>
        </div>
        {state !== 'over' && (
          <Countdown
            until={until}
            label={isRunning ? words.endsIn : words.startsIn}
            className="figures text-[min(1.75rem,8vw)] font-bold"
          />
        )}
      </div>
    </div>
  );
}

/** A string of lanterns behind the figures: shape only, so quiet that the figures stay the loud thing. */
function Lanterns() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 360 90"
      preserveAspectRatio="xMaxYMid slice"
      className="absolute inset-0 size-full opacity-15"
    >
      <path d="M0 8q90 22 180 4t180 6" fill="none" stroke="currentColor" />
      {[40, 128, 222, 318].map((x, index) => (
        <g
          key={x}
          transform={`translate(${x} ${index % 2 === 0 ? 16 : 12}) scale(${index % 2 === 0 ? 1 : 0.8})`}
          fill="currentColor"
        >
          <rect x="-8" y="0" width="16" height="4" rx="2" />
          <ellipse cx="0" cy="20" rx="22" ry="17" />
          <rect x="-8" y="36" width="16" height="4" rx="2" />
          <path d="M-4 40v12M0 40v16M4 40v12" stroke="currentColor" strokeWidth="1.5" />
        </g>
      ))}
    </svg>
  );
}
