'use client';

import { useEffect, useRef } from 'react';
import type { TeamView } from '../../lib/client/team-room.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';

/**
 * Says who has come while the page is looked at, and that the pot is shared out; shown and heard.
 * @returns whether this page saw the team gather
 */
export function useNewcomers(view: TeamView | null): boolean {
  const words = useMessages(teamRoomMessages);
  const parts = useMessages(teamPartsMessages);
  const seen = useRef<{ code: string; joined: number } | null>(null);
  const hasGathered = useRef(false);
  const room = view?.room ?? null;
  if (room?.state === 'gathering') hasGathered.current = true;
  useEffect(() => {
    if (room === null) return;
    const { code, places, placesLeft } = room;
    const before = seen.current;
    seen.current = { code, joined: places.length };
    const newest = places.at(-1);
    if (before?.code !== code || places.length <= before.joined || newest === undefined) return;
    const isOwn = newest.place === view?.own?.place;
    if (!isOwn) toast(words.joinedNews(newest.name ?? parts.friend, placesLeft));
    else if (placesLeft === 0) toast(words.splitNews);
  }, [room, view, words, parts]);
  return hasGathered.current;
}
