'use client';
import { useCallback } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import type { OwnPlace, TeamRoom } from '../contracts/team.ts';
import { call } from './api.ts';
import { askLive, onLive } from './live/socket.ts';
import { type LiveRoom, useLiveRoom } from './live-room.ts';
import { learnWire } from './wire.ts';
import { TEAM_WIRE } from './wire-team.ts';

learnWire(TEAM_WIRE);

export type TeamView = ValueNamed<'team.room'>;
/** What every command of a team answers. */
export type TeamAnswer = { readonly now: number; readonly room: TeamRoom; readonly own: OwnPlace | null };

const TEAM: LiveRoom<TeamView, TeamRoom> = {
  read: (code) => call('team.room', { code }),
  watch: (code) => askLive('team:watch', { code }),
  onChanged: (listener) => onLive('team:changed', listener),
  pictureOf: ({ room }) => room,
  withPicture: (view, room) => ({ ...view, room }),
  asStranger: (view) => ({ ...view, own: null }),
  // The leader's consolation is in his own answer only.
  needsRead: ({ state }) => state === 'failed' || state === 'over',
};

/** One team, live. `isUnknown`: there is no team of this code; `isPacketCode`: it is a growing packet's. */
export function useTeamRoom(code: string | null) {
  const live = useLiveRoom(TEAM, code);
  const { take } = live;
  return {
    ...live,
    take: useCallback(({ now, room, own }: TeamAnswer) => take(now, room, (view) => ({ ...view, own })), [take]),
    isUnknown: live.failure?.code === 'unknown_team',
    isPacketCode: live.failure?.code === 'packet_code',
  };
}
