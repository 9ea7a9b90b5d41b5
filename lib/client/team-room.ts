'use client';
import { useCallback, useEffect, useState } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import type { OwnPlace, TeamRoom } from '../contracts/team.ts';
import { hearServerTime } from './answer-clock.ts';
import { call } from './api.ts';
import { askLive, isLiveOpen, onLive, startLive } from './live/socket.ts';
import { useMe } from './session.ts';
import { learnWire } from './wire.ts';
import { TEAM_WIRE } from './wire-team.ts';

learnWire(TEAM_WIRE);

type Failure = { readonly code: string; readonly message?: string };
export type TeamView = ValueNamed<'team.room'>;
/** What every command of a team answers. */
export type TeamAnswer = { readonly now: number; readonly room: TeamRoom; readonly own: OwnPlace | null };

/** Where the socket is blocked the room is asked for so often; where it is open, every sixth time. */
const ASK_EVERY_MS = 5_000;
const TURNS_WITH_SOCKET = 6;

/** The newer of two pictures; one that came late changes nothing. */
function newer(before: TeamRoom, room: TeamRoom): TeamRoom {
  return room.code === before.code && room.version > before.version ? room : before;
}

/**
 * One team, live: read at once, then told by the socket whenever it changes; asked every 5 s where there is no socket.
 * Null until an answer came. `isUnknown`: there is no team of this code.
 */
export function useTeamRoom(code: string | null) {
  const { person, isKnown } = useMe();
  const personId = person?.id ?? null;
  const [view, setView] = useState<TeamView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const refresh = useCallback(async () => {
    if (code === null) return;
    const answer = await call('team.room', { code });
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    const { value } = answer;
    hearServerTime(value.now);
    // An answer that was on its way while a join was answered knows neither the place nor whose it is.
    setView((before) => (before?.room.code === code && before.room.version > value.room.version ? before : value));
  }, [code]);

  const take = useCallback(({ now, room, own }: TeamAnswer) => {
    hearServerTime(now);
    setView((before) => before && { ...before, own, room: newer(before.room, room) });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another person has another place in it
  useEffect(() => {
    setView((before) => (before?.room.code === code ? { ...before, own: null } : null));
    setFailure(null);
    if (code === null) return;
    void refresh();
    let turn = 0;
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(() => {
      turn += 1;
      if (!isLiveOpen() || turn % TURNS_WITH_SOCKET === 0) look();
    }, ASK_EVERY_MS);
    // Watched first and read then: what changes in between is in the picture that is read.
    const watch = () => void askLive('team:watch', { code }).then(look);
    const ends = [
      onLive('open', watch),
      onLive('team:changed', (room) => {
        setView((before) => before && { ...before, room: newer(before.room, room) });
        // What it became for this shopper, such as the leader's consolation, is in his own answer only.
        if (room.state === 'failed' || room.state === 'over') look();
      }),
    ];
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    startLive();
    if (isLiveOpen()) watch();
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
      void askLive('team:watch', { code: null });
    };
  }, [code, refresh, personId]);

  const isNobody = isKnown && person?.isVerified !== true;
  return { view, failure, refresh, take, isNobody, isUnknown: failure?.code === 'unknown_team' };
}
