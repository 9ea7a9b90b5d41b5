import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from '../../lib/domain/result.ts';
import { againIfRaced, type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { openSequencer, QueueFull } from '../platform/sequencer.ts';
import { openCounters } from './counters.ts';
import { openDevices } from './devices.ts';
import { isGateClosed } from './gate.ts';
import { riskHashes } from './hashes.ts';
import { openPaces } from './paces.ts';
import type { RewardAsk, RewardVerdict } from './port.ts';
import type { Prepared } from './read-books.ts';
import { type Outcome, settleAsks, WORKING } from './settle-asks.ts';
import { holdOfShare } from './share-hold.ts';
import { openWork } from './work.ts';

export type RiskDeps = {
  readonly db: Database;
  readonly secret: string;
  /** The browser's session, which is what a one-time code is good on; null: none. */
  readonly sessionOf: (headers: IncomingHttpHeaders) => string | null;
  /** Called for every decision that was made anew. */
  readonly onDecision?: (mechanic: string, decision: string) => void;
};

export type Stopped = Extract<RewardVerdict, { kind: 'refused' }> | { kind: 'later'; retryAfterMs: number };

const later = (retryAfterMs: number): Stopped => ({ kind: 'later', retryAfterMs });

/** The rules against fraud, before every command that may make a reward. */
export function openRisk({ db, secret, sessionOf, onDecision }: RiskDeps) {
  const hashes = riskHashes(secret);
  const devices = openDevices({ db, hashes });
  const work = openWork({ db, secret });
  const paces = openPaces(db);
  const counters = openCounters();
  const sequencer = openSequencer<Prepared, Outcome>({
    settle: (batch) => againIfRaced(() => settleAsks(db, batch)),
    // One after the other: the second request of a person sees what the first one took.
    keyOf: ({ shopperId }) => shopperId,
    batchMax: LIMITS.risk.batchMax,
    queueMax: LIMITS.risk.queueMax,
    pace: LIMITS.sequencer.pace,
    isEverybodys: isUnavailable,
  });

  async function prepare(ask: RewardAsk, hasWorked: boolean, isDry: boolean): Promise<Prepared> {
    const { mechanic, command, campaignId, shopperId, key, caller, invitedBy = null, sharedAt = null } = ask;
    const now = Date.now();
    const device = await devices.verify(ask.device, command, key, now);
    const cluster = caller ? hashes.address(caller.address) : null;
    if (cluster && !isDry) counters.sight(cluster, shopperId, now);
    const session = caller && sessionOf(caller.headers);
    return {
      ...{ mechanic, command, campaignId, shopperId, key, invitedBy, sharedAt, cluster, hasWorked, isDry },
      openedAt: sharedAt === null ? null : now,
      device: device?.hash ?? null,
      deviceSeenAt: device?.seenAt ?? null,
      session: session ? hashes.session(session) : null,
      taps: isDry || !caller ? [] : counters.tap(shopperId, now),
    };
  }

  async function settle(prepared: Prepared): Promise<Outcome | Stopped> {
    try {
      return await sequencer.submit(prepared);
    } catch (error) {
      // Who cannot be asked about is not served: no reward leaves while the controls are away.
      if (error instanceof QueueFull) return later(error.retryAfterMs);
      if (isUnavailable(error)) return later(2_000);
      throw error;
    }
  }

  return {
    devices,
    work,
    paces,
    hashes,
    drain: async () => {
      await sequencer.drain();
      await paces.drain();
      await counters.flush(db).catch(() => {});
    },
    flush: () => counters.flush(db),

    /**
     * Decides one request for a reward, before its command is settled. `later`: the controls did not answer, and
     * nothing may be given.
     */
    async decide(ask: RewardAsk): Promise<RewardVerdict | Stopped> {
      let hasWorked = false;
      if (ask.work !== undefined && WORKING.has(ask.command)) {
        const spent = await work.spend(ask.work, ask.command, `${ask.shopperId}|${ask.key}`);
        if (spent === 'spent') return { kind: 'refused', refusal: { code: 'risk_work_required', isSpent: true } };
        hasWorked = spent === 'done';
      }
      const outcome = await settle(await prepare(ask, hasWorked, false));
      if (!('verdict' in outcome)) return outcome;
      const { verdict, decision } = outcome;
      if (decision) {
        counters.fire([...decision.reasons, ...decision.shadow]);
        onDecision?.(ask.mechanic, decision.action);
      }
      return verdict;
    },

    /** The score that somebody would have now, 0–100: how much work he is asked for. */
    async scoreOf(ask: RewardAsk): Promise<number> {
      const outcome = await settle(await prepare(ask, true, true));
      return 'verdict' in outcome ? (outcome.decision?.score ?? 0) : 0;
    },

    /** Whether a share of a team, when it is opened, becomes a coupon that is reviewed first. */
    holdOfShare: (given: { shopperId: string; teamId: string; key: string }) => holdOfShare(db, given),

    isGateClosed: () => isGateClosed(db),

    /**
     * Before a visit, which makes nothing yet: helpers are counted by the day, and whoever is not plainly fine does some
     * work. What comes of it is decided when it vests.
     */
    async beforeVisit(ask: RewardAsk): Promise<Stopped | null> {
      const againAt = await paces.spend('help', ask.shopperId);
      if (againAt !== null) return { kind: 'refused', refusal: { code: 'risk_limit', limit: 'pace', againAt } };
      const spent =
        ask.work === undefined ? null : await work.spend(ask.work, ask.command, `${ask.shopperId}|${ask.key}`);
      const isSpent = spent === 'spent';
      if (isSpent) return { kind: 'refused', refusal: { code: 'risk_work_required', isSpent } };
      if (spent === 'done') return null;
      const outcome = await settle(await prepare(ask, false, true));
      if (!('verdict' in outcome)) return outcome;
      const { decision } = outcome;
      const isFine = !decision || decision.action === 'allow' || decision.because === 'gate';
      return isFine ? null : { kind: 'refused', refusal: { code: 'risk_work_required', isSpent } };
    },

    /** Whether a visit may make its owner's packet grow now; kept, and asked again when a hold of it is over. */
    async mayVest({ personId, campaignId, ownerId }: { personId: string; campaignId: string; ownerId: string }) {
      const key = uuidOf(`${campaignId}|${personId}`);
      const asked = { mechanic: 'packet', command: 'packet.vest', campaignId, shopperId: personId, key } as const;
      const verdict = await this.decide({ ...asked, invitedBy: ownerId, caller: null });
      return verdict.kind === 'go' && verdict.hold === null;
    },

    /** Whether this key has made a reward: it is answered again, whatever would be decided now. */
    async isAnswered(shopperId: string, key: string): Promise<boolean> {
      const [row] = await db.query('select 1 from coupon where shopper_id = $1 and key = $2', [shopperId, key]);
      return row !== undefined;
    },

    /** One more command of this kind; refused while he asks faster than people do. */
    async pace(pace: 'join' | 'help', shopperId: string): Promise<Stopped | null> {
      const againAt = await paces.spend(pace, shopperId);
      return againAt === null ? null : { kind: 'refused', refusal: { code: 'risk_limit', limit: 'pace', againAt } };
    },

    /** Whether he has tried too many codes that there are not; a wrong one is counted by `wrongCode`. */
    async codesUsedUp(shopperId: string): Promise<Stopped | null> {
      const againAt = await paces.whenFree('codes', shopperId);
      return againAt === null ? null : { kind: 'refused', refusal: { code: 'risk_limit', limit: 'codes', againAt } };
    },
    async wrongCode(shopperId: string): Promise<void> {
      await paces.spend('codes', shopperId);
    },
  };
}

/** One key for one person's visits of one campaign, whoever asks. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

export type Risk = ReturnType<typeof openRisk>;

/** What a room's handler answers with when its command may not be settled. */
export function refusedBy(verdict: Stopped) {
  return verdict.kind === 'later'
    ? refuse({ code: 'try_later' as const, retryAfterMs: verdict.retryAfterMs })
    : refuse(verdict.refusal);
}
