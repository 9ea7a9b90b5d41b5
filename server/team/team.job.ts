import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { endTeams } from './end-teams.ts';

/** What time does to teams. Two workers do no harm: each takes rows that nobody holds. */
export function startTeamJob({ db, log }: { db: Database; log: Log }): Loop {
  return startLoop('teams', LIMITS.team.sweepEveryMs, () => endTeams(db), log);
}
