import { againIfRaced, type Database, isUnavailable, type Queryable } from '../platform/database.ts';
import type { RecorderLimits } from './visit-recorder.ts';
import { type TouchRow, writeTouches, writeVisits } from './visit-rows.ts';
import { type StormRow, writeStorm } from './visit-storm.ts';

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

/**
 * A line in which visits wait and are written, one batch after the other by one connection. Two lines that never have a
 * link in common do not meet in the rows of its counts.
 */
export function openVisitLane(db: Database, limits: RecorderLimits) {
  const visits = waitingRows<StormRow>(limits.batchMax);
  const touches = waitingRows<TouchRow>(limits.batchMax);
  const waiting = () => visits.size() + touches.size();
  let writing: Promise<void> | null = null;

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
    pieces: readonly (readonly StormRow[])[],
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

  return {
    visits,
    touches,
    waiting,
    /** A second caller waits for the same: what he offered is written before it ends. @throws when the database is away */
    flush(): Promise<void> {
      if (writing === null && waiting() > 0) writing = write();
      return writing ?? Promise.resolve();
    },
  };
}

export type VisitLane = ReturnType<typeof openVisitLane>;
