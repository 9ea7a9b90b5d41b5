/*
 * Red packets and coupons, measured at the room's port beside one transaction per command with a row lock, on the same
 * Postgres, with the same rows and the same durability, in turn. Every round's books are balanced before its figures are
 * believed.
 */
import { measureClaims } from './packets/claims.ts';
import { measureGrowth } from './packets/growth.ts';
import { measureJoinSeen, measureLastPlace } from './packets/team-door.ts';
import { measureTeams } from './packets/teams.ts';
import type { BenchOptions } from './report.ts';

const LINES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  claims: measureClaims,
  teams: measureTeams,
  'team-last-place': measureLastPlace,
  'team-join-seen': measureJoinSeen,
  growth: measureGrowth,
};

/** Runs the group `packets`. @throws when the books do not balance: no figure is printed then. */
export async function run(options: BenchOptions): Promise<void> {
  const wanted = options.only.length > 0 ? options.only : Object.keys(LINES);
  for (const name of wanted) {
    const line = LINES[name];
    if (!line) throw new Error(`No line "${name}". Known: ${Object.keys(LINES).join(', ')}`);
    await line(options);
  }
}
