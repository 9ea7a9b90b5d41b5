import { SECOND_MS } from '../../../lib/domain/time.ts';
import type { Log } from '../log.ts';
import { startLoop } from '../loop.ts';
import type { Rooms } from './rooms.ts';

const NET_MS = 5 * SECOND_MS;
const BATCH = 500;

export type PictureFeed = {
  /** A notice of the database: codes with commas between. Hints; what is told is read from the tables. */
  hear(payload: string): void;
  /** Notices may have been missed: all that somebody looks at is read again. */
  hearAll(): void;
  stop(): Promise<void>;
};

type Versioned = { readonly code: string; readonly version: number };
type Kept<P> = {
  readonly rooms: Rooms;
  readonly log: Log;
  /** Of the loops; `team` makes `team-feed` and `team-net`. */
  readonly name: string;
  readonly event: string;
  /** The live room of a code, and back; null: a room of something else. */
  readonly roomOf: (code: string) => string;
  readonly codeOf: (room: string) => string | null;
  /** The pictures of these codes as they are now; unknown ones are left out. */
  readonly read: (codes: readonly string[]) => Promise<readonly (P & Versioned)[]>;
  /** Their versions, which may cost less. */
  readonly versions: (codes: readonly string[]) => Promise<readonly Versioned[]>;
};

/**
 * Sends a whole picture to everybody who looks at it, when it has changed, whichever process changed it. Notices that
 * come while one query runs are answered by the next one; a net of every 5 s finds what no notice told.
 */
export function startPictureFeed<P>({ rooms, log, name, event, roomOf, codeOf, read, versions }: Kept<P>): PictureFeed {
  const dirty = new Set<string>();
  /** The version that was last sent to each room that somebody is in. */
  const sent = new Map<string, number>();
  const isWatched = (code: string) => rooms.has(roomOf(code));
  const open = () => rooms.open().flatMap((room) => codeOf(room) ?? []);

  async function send(): Promise<boolean> {
    const codes = [...dirty].slice(0, BATCH);
    for (const code of codes) dirty.delete(code);
    const watched = codes.filter(isWatched);
    if (watched.length === 0) return dirty.size > 0;
    try {
      for (const picture of await read(watched)) {
        const { code, version } = picture;
        if ((sent.get(code) ?? 0) >= version) continue;
        sent.set(code, version);
        rooms.send(roomOf(code), event, picture);
      }
    } catch (error) {
      for (const code of watched) dirty.add(code);
      throw error;
    }
    return dirty.size > 0;
  }
  const sends = startLoop(`${name}-feed`, NET_MS, send, log);

  function look(codes: Iterable<string>): void {
    for (const code of codes) if (isWatched(code)) dirty.add(code);
    if (dirty.size > 0) sends.nudge();
  }

  const net = startLoop(
    `${name}-net`,
    NET_MS,
    async () => {
      for (const code of sent.keys()) if (!isWatched(code)) sent.delete(code);
      const codes = open();
      if (codes.length === 0) return;
      const newer = (await versions(codes)).filter(({ code, version }) => version > (sent.get(code) ?? 0));
      look(newer.map(({ code }) => code));
    },
    log,
  );

  return {
    hear: (payload) => look(payload.split(',')),
    hearAll: () => look(open()),
    async stop() {
      await Promise.all([sends.stop(), net.stop()]);
    },
  };
}
