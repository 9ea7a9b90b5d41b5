import { type TeamRoom, teamChanged } from '../../lib/contracts/team.ts';
import { SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { Rooms } from '../platform/live/rooms.ts';
import type { Log } from '../platform/log.ts';
import { startLoop } from '../platform/loop.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { readTeams, roomOf } from './team-rows.ts';

const NET_MS = 5 * SECOND_MS;
const BATCH = 500;

export type TeamFeed = {
  /** A notice of the `team` channel: codes with commas between. Hints; what is told is read from the tables. */
  hear(payload: string): void;
  /** Notices may have been missed: all teams that somebody looks at are read again. */
  hearAll(): void;
  stop(): Promise<void>;
};

/**
 * Sends a team's whole picture to everybody who looks at it, when it has changed, whichever process changed it. Notices
 * that come while one query runs are answered by the next one; a net of every 5 s finds what no notice told.
 */
export function startTeamFeed({ db, rooms, log }: { db: Database; rooms: Rooms; log: Log }): TeamFeed {
  const dirty = new Set<string>();
  /** The version that was last sent to each room that somebody is in. */
  const sent = new Map<string, number>();

  async function send(): Promise<boolean> {
    const codes = [...dirty].slice(0, BATCH);
    for (const code of codes) dirty.delete(code);
    const watched = codes.filter((code) => rooms.has(code));
    if (watched.length === 0) return dirty.size > 0;
    try {
      const { teams, campaigns } = await readTeams(db, watched);
      const now = await databaseNow(db);
      for (const team of teams) {
        const facts = campaigns.get(team.campaignId);
        if (!facts || (sent.get(team.code) ?? 0) >= team.version) continue;
        sent.set(team.code, team.version);
        rooms.send(team.code, teamChanged.event, roomOf(team, facts, now) satisfies TeamRoom);
      }
    } catch (error) {
      for (const code of watched) dirty.add(code);
      throw error;
    }
    return dirty.size > 0;
  }
  const sends = startLoop('team-feed', NET_MS, send, log);

  function look(codes: Iterable<string>): void {
    for (const code of codes) if (rooms.has(code)) dirty.add(code);
    if (dirty.size > 0) sends.nudge();
  }

  const net = startLoop(
    'team-net',
    NET_MS,
    async () => {
      for (const code of sent.keys()) if (!rooms.has(code)) sent.delete(code);
      const open = rooms.open();
      if (open.length === 0) return;
      const rows = await db.query<{ code: string; version: number }>(
        'select code, version from team where code = any ($1::text[])',
        [open],
      );
      look(rows.filter(({ code, version }) => version > (sent.get(code) ?? 0)).map(({ code }) => code));
    },
    log,
  );

  return {
    hear: (payload) => look(payload.split(',')),
    hearAll: () => look(rooms.open()),
    async stop() {
      await Promise.all([sends.stop(), net.stop()]);
    },
  };
}
