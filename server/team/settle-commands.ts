import type { OwnPlace, TeamRoom } from '../../lib/contracts/team.ts';
import { assert } from '../../lib/domain/assert.ts';
import { type Settled, settleTeams, type TeamCommand, type TeamRefusal } from '../../lib/domain/team/settle.ts';
import type { Database } from '../platform/database.ts';
import { freshOwn, readOwnAt } from '../promo/coupon-rows.ts';
import { shareRule } from './campaign-rows.ts';
import { goodUntil } from './share-coupons.ts';
import { lockAndReadBooks, type ReadBooks } from './team-books.ts';
import { memberOf, ownPlaceOf, roomOf, type StoredTeam } from './team-rows.ts';
import { writeTeams } from './write-teams.ts';

export type TeamOutcome =
  | {
      readonly kind: 'done';
      readonly now: number;
      readonly room: TeamRoom;
      readonly own: OwnPlace;
      readonly isReplay: boolean;
    }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'end_first'; readonly teamId: string }
  | { readonly kind: 'refused'; readonly refusal: TeamRefusal };

/** A coupon that this batch made, as it is written; nobody can have touched it yet. */
function madeCoupon({ teamId, couponId, fen, hold }: Settled['opened'][number], { now, teams, campaigns }: ReadBooks) {
  const campaign = campaigns.get(teams.get(teamId)?.campaignId ?? '')?.campaign;
  assert(campaign !== undefined, 'only stored teams have shares to open');
  const { id: templateId, name, scope } = campaign;
  return freshOwn({
    ...{ id: couponId, templateId, name, scope, rule: shareRule(campaign, fen) },
    ...{ claimedAt: now, validFrom: now, validUntil: goodUntil(campaign, now), heldUntil: hold?.until ?? null },
  });
}

/**
 * Settles one batch of opens, joins and opened shares in one transaction: lock, read, decide (pure), write with one
 * statement. Answers carry the team as it is after the whole batch. A throw changes nothing and leaves the batch to be
 * split by the sequencer.
 */
export function settleTeamCommands(db: Database, commands: readonly TeamCommand[]): Promise<TeamOutcome[]> {
  return db.hotTransaction(async (tx) => {
    const books = await lockAndReadBooks(tx, commands);
    const settled = settleTeams(commands, books);
    await writeTeams(tx, books, settled);
    const after = new Map<string, StoredTeam>(books.teams);
    for (const team of settled.changed) {
      after.set(team.id, { ...team, endedBecause: team.state === 'over' ? 'opened' : null });
    }
    const seen = settled.decisions.map((decision, index) => {
      if (decision.kind !== 'done') return null;
      const team = after.get(decision.teamId);
      const member = team && memberOf(team, (commands[index] as TeamCommand).shopperId);
      assert(team !== undefined && member !== undefined, 'who was served is in the team');
      return { team, member };
    });
    const made = new Map(settled.opened.map((one) => [one.couponId, madeCoupon(one, books)]));
    const ids = seen.flatMap((one) => (one?.member.couponId ? [one.member.couponId] : []));
    const coupons = new Map([
      ...made,
      ...(await readOwnAt(
        tx,
        ids.filter((id) => !made.has(id)),
        books.now,
      )),
    ]);
    return settled.decisions.map((decision, index): TeamOutcome => {
      const one = seen[index];
      if (decision.kind !== 'done' || !one) return decision as Exclude<typeof decision, { kind: 'done' }>;
      const facts = books.campaigns.get(one.team.campaignId);
      assert(facts !== undefined, 'its campaign was read');
      const room = roomOf(one.team, facts, books.now);
      return {
        kind: 'done',
        now: books.now,
        room,
        own: ownPlaceOf(one.team, one.member, coupons),
        isReplay: decision.isReplay,
      };
    });
  });
}
