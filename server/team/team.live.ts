import { type TeamRoom, teamChanged } from '../../lib/contracts/team.ts';
import type { Database } from '../platform/database.ts';
import { type PictureFeed, startPictureFeed } from '../platform/live/picture-feed.ts';
import type { Rooms } from '../platform/live/rooms.ts';
import type { Log } from '../platform/log.ts';
import { isShareCode } from '../platform/share-code.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { readTeams, roomOf } from './team-rows.ts';

/** Sends a team's whole picture to everybody who looks at it; its live room is called by its code alone. */
export function startTeamFeed({ db, rooms, log }: { db: Database; rooms: Rooms; log: Log }): PictureFeed {
  return startPictureFeed<TeamRoom>({
    ...{ rooms, log, name: 'team', event: teamChanged.event },
    roomOf: (code) => code,
    codeOf: (room) => (isShareCode(room) ? room : null),
    async read(codes) {
      const { teams, campaigns } = await readTeams(db, codes);
      const now = await databaseNow(db);
      return teams.flatMap((team) => {
        const facts = campaigns.get(team.campaignId);
        return facts ? [roomOf(team, facts, now)] : [];
      });
    },
    versions: (codes) => db.query('select code, version from team where code = any ($1::text[])', [codes]),
  });
}
