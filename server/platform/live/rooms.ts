import type { Member } from './hub.ts';
import { encodeEvent, writeFrame } from './wire.ts';

/** Rooms of whole pictures: few phones each, seldom news. A phone is in one at a time. */
export type Rooms = {
  /** Puts a phone into a room, out of the one it was in; null: into none. */
  enter(member: Member, room: string | null): void;
  /** Whether anybody is in it. */
  has(room: string): boolean;
  /** All rooms that somebody is in. */
  open(): string[];
  /** Writes one event, encoded once, to everybody in a room. */
  send(room: string, event: string, payload: unknown): void;
};

/** @param isFast whether finished frames can be written as they are (`canSendFrames`) */
export function createRooms({ isFast }: { isFast: boolean }): Rooms {
  const rooms = new Map<string, Set<Member>>();
  const roomOf = new WeakMap<Member, string>();
  return {
    enter(member, room) {
      const before = roomOf.get(member);
      if (before !== undefined) {
        const set = rooms.get(before);
        set?.delete(member);
        if (set?.size === 0) rooms.delete(before);
        roomOf.delete(member);
      }
      if (room === null) return;
      const set = rooms.get(room) ?? new Set();
      rooms.set(room, set.add(member));
      roomOf.set(member, room);
    },
    has: (room) => rooms.has(room),
    open: () => [...rooms.keys()],
    send(room, event, payload) {
      const members = rooms.get(room);
      if (!members) return;
      const frame = encodeEvent(event, payload);
      // A slow phone gets it too: there is no later frame that would bring it what it missed.
      for (const { ws } of members) if (ws.readyState === ws.OPEN) writeFrame(ws, frame, isFast);
    },
  };
}
