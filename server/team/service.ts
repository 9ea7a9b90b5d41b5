import { randomBytes, randomUUID } from 'node:crypto';
import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { TeamCampaignFrozen, teamJoin, teamOpen, teamOpenShare, teamRoomRead } from '../../lib/contracts/team.ts';
import { assert } from '../../lib/domain/assert.ts';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import type { TeamCommand, TeamRefusal } from '../../lib/domain/team/settle.ts';
import { againIfRaced, type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, QueueFull } from '../platform/sequencer.ts';
import { isShareCode, makeShareCode } from '../platform/share-code.ts';
import { databaseNow, readOwnAt } from '../promo/coupon-rows.ts';
import { readAbout, readAnswered, type TeamAbout } from './asked-together.ts';
import { campaignStateAt, listRunning } from './campaign-rows.ts';
import { failDueTeams } from './end-teams.ts';
import { listMine } from './own-teams.ts';
import { settleTeamCommands, type TeamOutcome } from './settle-commands.ts';
import { memberOf, ownPlaceOf, readTeams, roomOf } from './team-rows.ts';

type Asking = { readonly shopperId: string; readonly key: string };
type Done = Extract<TeamOutcome, { kind: 'done' }>;
type Answer<R> =
  | { readonly ok: true; readonly value: Omit<Done, 'kind'> }
  | { readonly ok: false; readonly refusal: R | { code: 'key_reused' } | { code: 'try_later'; retryAfterMs: number } };

/** Teams as shoppers meet them: what runs, opening, joining, the room, one's own share. */
export function teamService({ db }: { db: Database }) {
  const sequencer = openSequencer<TeamCommand, TeamOutcome>({
    settle: (batch) => againIfRaced(() => settleTeamCommands(db, batch)),
    // A person's commands one after the other: the same key twice is one, and each counts those before it.
    keyOf: ({ shopperId }) => shopperId,
    ...LIMITS.sequencer,
    isEverybodys: isUnavailable,
  });

  // A rush to one team asks these for everybody: what is asked while an answer is on its way is one question.
  const reading = {
    batchMax: LIMITS.sequencer.batchMax,
    queueMax: Number.POSITIVE_INFINITY,
    isEverybodys: isUnavailable,
  };
  const abouts = openSequencer<{ code: string; shopperId: string }, TeamAbout | null>({
    settle: (asked) => readAbout(db, asked),
    keyOf: ({ code, shopperId }) => `${code}|${shopperId}`,
    ...reading,
  });
  const answered = openSequencer<Asking, boolean>({
    settle: (asked) => readAnswered(db, asked),
    keyOf: ({ shopperId, key }) => `${shopperId}|${key}`,
    ...reading,
  });

  /** Settles one command; what stands in its way only because the worker has not come by is ended first. */
  async function settle(command: TeamCommand): Promise<TeamOutcome> {
    const outcome = await sequencer.submit(command);
    if (outcome.kind !== 'end_first') return outcome;
    await failDueTeams(db, outcome.teamId);
    return sequencer.submit(command);
  }

  async function ask<R extends TeamRefusal>(command: TeamCommand): Promise<Answer<R>> {
    let outcome: TeamOutcome;
    try {
      outcome = await settle(command);
    } catch (error) {
      if (isUnavailable(error)) return refuse({ code: 'try_later', retryAfterMs: 2_000 });
      if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
      throw error;
    }
    switch (outcome.kind) {
      case 'done': {
        const { now, room, own, isReplay } = outcome;
        return accept({ now, room, own, isReplay });
      }
      case 'key_reused':
        return refuse({ code: 'key_reused' });
      case 'end_first':
        // Somebody holds that team's row at this very moment.
        return refuse({ code: 'try_later', retryAfterMs: 1_000 });
      case 'refused':
        return refuse(outcome.refusal as R);
    }
  }

  return {
    async drain(): Promise<void> {
      await Promise.all([sequencer.drain(), abouts.drain(), answered.drain()]);
    },

    async running() {
      const now = await databaseNow(db);
      return { now, campaigns: await listRunning(db, now) };
    },

    mine: (shopperId: string) => listMine(db, shopperId),

    /** `name`: what the others see of it. */
    open(asking: Asking & { campaignId: string; name: string | null }): Promise<AnswerOf<typeof teamOpen>> {
      const fresh = { teamId: `tm_${randomUUID()}`, code: makeShareCode(), seed: randomBytes(32).toString('hex') };
      return ask({ kind: 'open', ...asking, fresh });
    },

    async join(asking: Asking & { code: string; name: string | null }): Promise<AnswerOf<typeof teamJoin>> {
      return isShareCode(asking.code) ? ask({ kind: 'join', ...asking }) : refuse({ code: 'unknown_team' });
    },

    /** `shopperId`: who asks; two people's questions go to the database together. */
    about: async (code: string, shopperId = '') => (isShareCode(code) ? abouts.submit({ code, shopperId }) : null),

    /** Whether this key has opened or joined a team: it is answered again, whatever would be decided now. */
    hasAnswered: (shopperId: string, key: string) => answered.submit({ shopperId, key }),

    /** `hold`: the coupon is reviewed first. */
    async openShare(
      asking: Asking & { teamId: string; hold?: CouponHold | null },
    ): Promise<AnswerOf<typeof teamOpenShare>> {
      const answer = await ask<Extract<TeamRefusal, { code: 'unknown_team' }>>({
        kind: 'openShare',
        ...asking,
        couponId: `cpn_${randomUUID()}`,
      });
      if (!answer.ok) return answer;
      const { coupon } = answer.value.own;
      assert(coupon !== null, 'an opened share has its coupon');
      return accept({ ...answer.value, coupon });
    },

    /** One team for whoever asks; `shopperId` is empty while there is nobody. */
    async room(code: string, shopperId: string): Promise<AnswerOf<typeof teamRoomRead>> {
      const { teams, campaigns } = await readTeams(db, isShareCode(code) ? [code] : []);
      const [team] = teams;
      const facts = team && campaigns.get(team.campaignId);
      if (!team || !facts) return refuse({ code: 'unknown_team' });
      const now = await databaseNow(db);
      const member = memberOf(team, shopperId);
      const coupons = await readOwnAt(db, member?.couponId ? [member.couponId] : [], now);
      const state = campaignStateAt(facts, now);
      const value: ValueOf<typeof teamRoomRead> = {
        now,
        room: roomOf(team, facts, now),
        own: member ? ownPlaceOf(team, member, coupons) : null,
        campaign: facts.campaign as TeamCampaignFrozen,
        hash: facts.hash,
        raisedFen: facts.raisedFen,
        campaignState: state === 'ahead' ? 'running' : state,
      };
      return accept(value);
    },
  };
}

export type TeamService = ReturnType<typeof teamService>;
