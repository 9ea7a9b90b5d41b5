'use client';
import { useCallback } from 'react';
import type { ValueNamed } from '../contracts/named.ts';
import type { PacketOwn, PacketPicture } from '../contracts/packet.ts';
import { call } from './api.ts';
import { askLive, onLive } from './live/socket.ts';
import { type LiveRoom, useLiveRoom } from './live-room.ts';
import { learnWire } from './wire.ts';
import { PACKET_WIRE } from './wire-packet.ts';

learnWire(PACKET_WIRE);

export type PacketView = ValueNamed<'packet.page'>;
/** What every command of a packet answers. */
export type PacketAnswer = { readonly now: number; readonly packet: PacketPicture; readonly own: PacketOwn };

const PACKET: LiveRoom<PacketView, PacketPicture> = {
  read: (code) => call('packet.page', { code }),
  watch: (code) => askLive('packet:watch', { code }),
  onChanged: (listener) => onLive('packet:changed', listener),
  pictureOf: ({ packet }) => packet,
  withPicture: (view, packet) => ({ ...view, packet }),
  asStranger: (view) => ({
    ...view,
    own: { ...view.own, isOwner: false, coupon: null, visit: null, ownCode: null },
  }),
  // Which order has it is in the owner's own answer only.
  needsRead: ({ state }) => state !== 'growing',
};

/** One packet, live. `isUnknown`: there is no packet of this code; `isTeamCode`: it is a team's. */
export function usePacketRoom(code: string | null) {
  const live = useLiveRoom(PACKET, code);
  const { take } = live;
  return {
    ...live,
    take: useCallback(({ now, packet, own }: PacketAnswer) => take(now, packet, (view) => ({ ...view, own })), [take]),
    isUnknown: live.failure?.code === 'unknown_packet',
    isTeamCode: live.failure?.code === 'team_code',
  };
}
