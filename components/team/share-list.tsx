'use client';

import type { TeamRoom } from '../../lib/contracts/team.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamResultMessages } from '../../lib/messages/team-result.ts';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Tag } from '../ui/tag.tsx';

type ShareListProps = { room: TeamRoom; ownPlace: number | null; isFresh: boolean };

/** Everybody's share, in the order of joining; the largest is gold, and says so. */
export function ShareList({ room, ownPlace, isFresh }: ShareListProps) {
  const locale = useLocale();
  const words = teamResultMessages[locale];
  const names = teamPartsMessages[locale];
  const most = Math.max(1, ...room.places.map(({ share }) => share?.fen ?? 0));
  return (
    <section className="gutter pt-4">
      <h3 className="text-16 font-semibold">{words.everyone}</h3>
      <ol className="mt-2 flex flex-col gap-2">
        {room.places.map(({ place, name, share }, index) => {
          const isBest = place === room.luckiestPlace;
          const shown = place === ownPlace ? names.you : (name ?? names.friend);
          return (
            <li
              key={place}
              style={isFresh ? { animationDelay: `${500 + index * 90}ms`, animationFillMode: 'both' } : undefined}
              className={cx(
                'relative flex items-center gap-3 overflow-hidden rounded-card px-3 py-2.5 shadow-card',
                isBest ? 'bg-gold-soft' : 'bg-card',
                isFresh && 'animate-rise',
              )}
            >
              <span
                aria-hidden="true"
                className={cx(
                  'grid size-10 shrink-0 place-items-center rounded-full text-16 font-semibold',
                  isBest ? 'bg-gold-shape text-on-gold' : 'bg-lacquer-soft text-on-lacquer-soft',
                )}
              >
                {shown.slice(0, 1)}
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap items-center gap-x-2 text-16">
                  <span className="break-words">{shown}</span>
                  {place === 1 && <span className="text-12 text-ink-2">{names.leader}</span>}
                  {isBest && <Tag tone="won">{words.best}</Tag>}
                </span>
                <span className="text-12 text-ink-2">{share && words[`share_${share.state}`]}</span>
              </span>
              {share && <Price fen={share.fen} className="text-22 font-semibold" />}
              {share && (
                <span
                  aria-hidden="true"
                  className={cx('absolute bottom-0 left-0 h-0.75', isBest ? 'bg-gold-shape' : 'bg-lacquer')}
                  style={{ width: `${(share.fen / most) * 100}%` }}
                />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
