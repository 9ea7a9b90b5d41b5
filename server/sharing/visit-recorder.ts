import { type Database, isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { hourlyCounts } from './hourly-counts.ts';
import { isRobot } from './robots.ts';
import { openVisitLane, type VisitLane } from './visit-lane.ts';
import type { TouchRow } from './visit-rows.ts';

/*
 * Visits are many and nobody waits for them: they are kept in memory for a quarter of a second and written together, by
 * two connections with links of their own, in a storm some pieces in one transaction. What cannot be written waits; what is
 * too much is dropped and counted as such, so that a storm of clicks costs orders nothing.
 */

export type Hit = {
  /** A link's campaign and its depth in the tree never change: the landing that knows it saves looking them up. */
  readonly link: { readonly id: number; readonly campaignId: string; readonly depth: number };
  readonly visitorId: string;
  /** The browser showed no id: whether it comes back with the one it was given is unknown. */
  readonly isNewcomer: boolean;
  /** The caller's address; never written down, and asked for only where it decides. */
  readonly address: () => string;
  readonly userAgent: string | undefined;
  /** Where he came from; asked for when the visit is kept. */
  readonly from: () => { readonly channel: string; readonly source: string | null };
};

/** `unsure`: another browser without an id, from the same address and of the same kind, was counted this hour. */
export type Taken = 'kept' | 'known' | 'robot' | 'unsure' | 'flood' | 'full';

export type RecorderLimits = { readonly [Limit in keyof typeof LIMITS.sharing.visits]: number };

/** Lines that are written beside each other: as many connections of the pool, in a storm, and no more. */
const LANES = 2;

/** The network that an address belongs to: /24, or /64. */
function networkOf(address: string): string {
  if (address.includes('.')) return address.slice(0, address.lastIndexOf('.'));
  return address.split(':', 4).join(':');
}

export type RecorderOptions = {
  readonly db: Database;
  readonly log: Log;
  readonly limits?: Partial<RecorderLimits>;
  /** Called with each answer of `offer`, for the metrics. */
  readonly onTaken?: (taken: Taken) => void;
};

export function openVisitRecorder({ db, log, limits: given, onTaken }: RecorderOptions) {
  const limits: RecorderLimits = { ...LIMITS.sharing.visits, ...given };
  const seen = hourlyCounts(limits.seenMax);
  const kinds = hourlyCounts(limits.seenMax);
  const networks = hourlyCounts(limits.seenMax);
  const touchesSeen = hourlyCounts(limits.seenMax);
  const lanes = Array.from({ length: LANES }, () => openVisitLane(db, limits));
  const laneOf = (linkId: number) => lanes[linkId % LANES] as VisitLane;
  const sum = (size: (lane: VisitLane) => number) => lanes.reduce((total, lane) => total + size(lane), 0);
  const visitsWaiting = () => sum(({ visits }) => visits.size());
  const touchesWaiting = () => sum(({ touches }) => touches.size());
  const waiting = () => sum((lane) => lane.waiting());

  function judge(hit: Hit): Taken {
    const { visitorId, isNewcomer, address, userAgent } = hit;
    const linkId = hit.link.id;
    if (!isNewcomer && seen(linkId, visitorId) > 1) return 'known';
    if (isNewcomer) {
      // Whoever throws his cookies away is asked for nothing else; he is one of few, or he is not counted.
      const from = address();
      if (networks(linkId, networkOf(from)) > limits.newcomersPerNetwork) return 'flood';
      if (isRobot(userAgent)) return 'robot';
      if (kinds(linkId, `${from}|${userAgent}`) > 1) return 'unsure';
      seen(linkId, visitorId);
    } else if (isRobot(userAgent)) return 'robot';
    if (visitsWaiting() >= limits.bufferMax) return 'full';
    return 'kept';
  }

  /** Neither line is left in the middle because the other one failed. */
  async function flush(): Promise<void> {
    const ends = await Promise.allSettled(lanes.map((lane) => lane.flush()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  const loop: Loop = startLoop(
    'visits',
    limits.flushEveryMs,
    () =>
      flush().catch((error: unknown) => {
        // The same rows again count nobody twice, so they may wait until the database is back.
        if (!isUnavailable(error)) throw error;
        log.warn({ err: error, waiting: waiting() }, 'visits wait for the database');
      }),
    log,
  );

  return {
    /** Takes one opening of a link, or says why it is not counted. */
    offer(hit: Hit): Taken {
      const taken = judge(hit);
      if (taken === 'kept') {
        const { link, visitorId } = hit;
        const { channel, source } = hit.from();
        const { visits } = laneOf(link.id);
        visits.push({
          link_id: link.id,
          visitor_id: visitorId,
          age_ms: 0,
          channel,
          source,
          campaign_id: link.campaignId,
          depth: link.depth,
          sinceMs: performance.now(),
        });
        if (visits.size() >= limits.batchMax) loop.nudge();
      }
      onTaken?.(taken);
      return taken;
    },

    /** The visitor did something on the page. `personId`: who is signed in, when his phone is verified. */
    touch(given: Omit<TouchRow, 'age_ms'>, userAgent: string | undefined): boolean {
      if (isRobot(userAgent) || touchesWaiting() >= limits.bufferMax) return false;
      if (touchesSeen(given.link_id, `${given.visitor_id}|${given.person_id ?? ''}`) > 1) return false;
      laneOf(given.link_id).touches.push({ ...given, age_ms: 0, sinceMs: performance.now() });
      return true;
    },

    /** Everything that was offered is written. @throws when the database is away. */
    flush,
    waiting,

    async drain(): Promise<void> {
      await loop.stop();
      await flush().catch((error: unknown) => log.warn({ err: error, lost: waiting() }, 'visits were lost'));
    },
  };
}

export type VisitRecorder = ReturnType<typeof openVisitRecorder>;
