import { againIfRaced, type Database, isUnavailable, type Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import { hourlyCounts } from './hourly-counts.ts';
import { isRobot } from './robots.ts';
import { type TouchRow, type VisitRow, writeTouches, writeVisits } from './visit-rows.ts';
import { writeStorm } from './visit-storm.ts';

/*
 * Visits are many and nobody waits for them: they are kept in memory for a quarter of a second and written together, by
 * one connection, in a storm some pieces in one transaction. What cannot be written waits; what is too much is dropped and
 * counted as such, so that a storm of clicks costs orders nothing.
 */

export type Hit = {
  readonly linkId: number;
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

/** A row that waits: `age_ms` is what it is when it is written. One object each, and nothing else: they are many. */
type Waiting<Row> = { -readonly [K in keyof Row]: Row[K] } & { readonly sinceMs: number };

/** Rows in the order of their coming, in pieces as large as they are written. */
function waitingRows<Row extends { readonly age_ms: number }>(batchMax: number) {
  const pieces: Waiting<Row>[][] = [];
  let size = 0;
  return {
    size: () => size,
    push(row: Waiting<Row>): void {
      const last = pieces.at(-1);
      if (last && last.length < batchMax) last.push(row);
      else pieces.push([row]);
      size += 1;
    },
    /** The oldest of them, so many pieces at the most, with their ages as of now; what comes meanwhile waits behind. */
    first(piecesMax: number): readonly (readonly Row[])[] {
      const some = pieces.slice(0, piecesMax).filter((piece) => piece.length > 0);
      // Nothing is added to what is being written.
      if (some.length === pieces.length) pieces.push([]);
      const now = performance.now();
      for (const piece of some) for (const row of piece) row.age_ms = Math.max(0, Math.round(now - row.sinceMs));
      return some as unknown as readonly (readonly Row[])[];
    },
    drop(count: number): void {
      for (const piece of pieces.splice(0, count)) size -= piece.length;
    },
  };
}

export function openVisitRecorder({ db, log, limits: given, onTaken }: RecorderOptions) {
  const limits: RecorderLimits = { ...LIMITS.sharing.visits, ...given };
  const seen = hourlyCounts(limits.seenMax);
  const kinds = hourlyCounts(limits.seenMax);
  const networks = hourlyCounts(limits.seenMax);
  const touchesSeen = hourlyCounts(limits.seenMax);
  const visits = waitingRows<VisitRow>(limits.batchMax);
  const touches = waitingRows<TouchRow>(limits.batchMax);
  const waiting = () => visits.size() + touches.size();
  let writing: Promise<void> | null = null;

  function judge(hit: Hit): Taken {
    const { linkId, visitorId, isNewcomer, address, userAgent } = hit;
    if (!isNewcomer && seen(linkId, visitorId) > 1) return 'known';
    if (isNewcomer) {
      // Whoever throws his cookies away is asked for nothing else; he is one of few, or he is not counted.
      const from = address();
      if (networks(linkId, networkOf(from)) > limits.newcomersPerNetwork) return 'flood';
      if (isRobot(userAgent)) return 'robot';
      if (kinds(linkId, `${from}|${userAgent}`) > 1) return 'unsure';
      seen(linkId, visitorId);
    } else if (isRobot(userAgent)) return 'robot';
    if (visits.size() >= limits.bufferMax) return 'full';
    return 'kept';
  }

  /** A visit is not money: with the machine a quarter of a second of them may go. */
  const transact = (work: (tx: Queryable) => Promise<unknown>) =>
    db.transaction(async (tx) => {
      await Promise.all([tx.query('set local synchronous_commit = off'), work(tx)]);
    });

  /** Once more where two edges met in a circle. What the database refuses today it refuses tomorrow, and is let go. */
  async function writeAlone(write: (tx: Queryable) => Promise<unknown>, done: () => void): Promise<unknown> {
    let refused: unknown = null;
    await againIfRaced(() => transact(write)).catch((error: unknown) => {
      if (isUnavailable(error)) throw error;
      refused = error;
    });
    done();
    return refused;
  }

  /** Each piece on its own, by the statement that meets whatever is there: a bad row takes no other piece with it. */
  async function writeOneByOne(
    pieces: readonly (readonly VisitRow[])[],
    someTouches: readonly TouchRow[],
  ): Promise<void> {
    const faults: unknown[] = [];
    for (const piece of pieces) {
      faults.push(
        await writeAlone(
          (tx) => writeVisits(tx, piece),
          () => visits.drop(1),
        ),
      );
    }
    if (someTouches.length > 0) {
      faults.push(
        await writeAlone(
          (tx) => writeTouches(tx, someTouches),
          () => touches.drop(1),
        ),
      );
    }
    const fault = faults.find((one) => one !== null);
    if (fault !== undefined) throw fault;
  }

  async function writeBatch(): Promise<void> {
    const pieces = visits.first(limits.piecesMax);
    const [someTouches = []] = touches.first(1);
    try {
      await transact(async (tx) => {
        if (pieces.length > 0) await writeStorm(tx, pieces);
        if (someTouches.length > 0) await writeTouches(tx, someTouches);
      });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await writeOneByOne(pieces, someTouches);
      return;
    }
    visits.drop(pieces.length);
    touches.drop(someTouches.length > 0 ? 1 : 0);
  }

  /** One batch after the other until nothing waits, and in the same breath nobody is writing. */
  async function write(): Promise<void> {
    try {
      while (waiting() > 0) await writeBatch();
    } finally {
      writing = null;
    }
  }

  /** A second caller waits for the same: what he offered is written before it ends. */
  function flush(): Promise<void> {
    if (writing === null && waiting() > 0) writing = write();
    return writing ?? Promise.resolve();
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
        const { linkId, visitorId } = hit;
        const { channel, source } = hit.from();
        visits.push({
          link_id: linkId,
          visitor_id: visitorId,
          age_ms: 0,
          channel,
          source,
          sinceMs: performance.now(),
        });
        if (visits.size() >= limits.batchMax) loop.nudge();
      }
      onTaken?.(taken);
      return taken;
    },

    /** The visitor did something on the page. `personId`: who is signed in, when his phone is verified. */
    touch(given: Omit<TouchRow, 'age_ms'>, userAgent: string | undefined): boolean {
      if (isRobot(userAgent) || touches.size() >= limits.bufferMax) return false;
      if (touchesSeen(given.link_id, `${given.visitor_id}|${given.person_id ?? ''}`) > 1) return false;
      touches.push({ ...given, age_ms: 0, sinceMs: performance.now() });
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
