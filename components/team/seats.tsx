'use client';

import { type ReactNode, useRef } from 'react';
import type { TeamRoom } from '../../lib/contracts/team.ts';
import { teamGatheringMessages } from '../../lib/messages/team-gathering.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import './seats.css';

type SeatsProps = {
  room: TeamRoom;
  /** The place of whoever looks; null: a stranger. */
  ownPlace: number | null;
  /** Between the two halves of the seats: the packet. */
  children: ReactNode;
};

/** The seats round the packet: who is there, which one is next, which are free. A seat is taken with a small motion. */
export function Seats({ room, ownPlace, children }: SeatsProps) {
  const words = useMessages(teamGatheringMessages);
  const parts = useMessages(teamPartsMessages);
  // Who was there when the page came is no news.
  const known = useRef(room.places.length);
  const seats = Array.from({ length: room.size }, (_, index) => index + 1);
  const half = Math.ceil(room.size / 2);
  const side = (from: number, to: number) => (
    <ul
      aria-label={words.seats(from + 1, to)}
      className="flex w-[min(4rem,20vw)] flex-col items-center justify-around gap-3"
    >
      {seats.slice(from, to).map((place) => (
        <Seat
          key={place}
          place={place}
          name={nameAt(room, place, ownPlace, parts)}
          isOwn={place === ownPlace}
          isNext={place === room.places.length + 1 && room.state === 'gathering'}
          isNew={place > known.current && place <= room.places.length}
        />
      ))}
    </ul>
  );
  return (
    <div className="flex items-center justify-center gap-1 wide:gap-4">
      {side(0, half)}
      {children}
      {side(half, room.size)}
    </div>
  );
}

type Words = (typeof teamPartsMessages)['zh-CN'];

/** Null: nobody sits there. Who has no name is a friend. */
function nameAt(room: TeamRoom, place: number, ownPlace: number | null, words: Words): string | null {
  const taken = room.places.find((each) => each.place === place);
  if (taken === undefined) return null;
  return place === ownPlace ? words.you : (taken.name ?? words.friend);
}

type SeatProps = { place: number; name: string | null; isOwn: boolean; isNext: boolean; isNew: boolean };

function Seat({ place, name, isOwn, isNext, isNew }: SeatProps) {
  const words = useMessages(teamGatheringMessages);
  const parts = useMessages(teamPartsMessages);
  return (
    <li className="flex w-full flex-col items-center text-center">
      {name === null ? (
        <span
          aria-hidden="true"
          className={cx(
            'grid size-13 place-items-center rounded-full border-2 border-dashed text-[min(1.375rem,6vw)] text-ink-2',
            isNext ? 'seat-next border-lacquer bg-card text-lacquer' : 'border-ink-3/50',
          )}
        >
          +
        </span>
      ) : (
        <span
          aria-hidden="true"
          className={cx(
            'grid size-13 place-items-center rounded-full text-[min(1.375rem,6vw)] font-semibold shadow-card',
            isOwn ? 'bg-lacquer text-on-lacquer' : 'bg-card text-lacquer',
            isNew && 'seat-new',
          )}
        >
          {name.slice(0, 1)}
        </span>
      )}
      <span className="mt-1 line-clamp-2 w-full break-words text-12 leading-tight text-ink-2">
        {name ?? (isNext ? words.next : words.free)}
      </span>
      {place === 1 && name !== null && <span className="text-12 leading-tight text-ink-2">{parts.leader}</span>}
    </li>
  );
}
