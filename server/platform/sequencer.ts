import { openPace, type PaceLimits } from './pace.ts';

/*
 * Words used here:
 *
 * - command: one caller's wish; settled with others in one transaction, answered on its own
 * - batch:   what arrived while the last batch was in flight
 */

export type Sequencer<Command, Decision> = {
  /**
   * Queues a command and answers with its decision, after commit. A command whose key is already waiting is settled
   * after that one, so that it finds what the first one wrote.
   * @throws QueueFull when `queueMax` commands wait; @throws what `settle` threw for this command alone.
   */
  submit(command: Command): Promise<Decision>;
  /** Commands that wait or are in flight. */
  depth(): number;
  /** Refuses new commands and waits for those in hand. */
  drain(): Promise<void>;
};

/** The queue is at its limit; the caller should come again after `retryAfterMs`. */
export class QueueFull extends Error {
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('The sequencer queue is full');
    this.retryAfterMs = retryAfterMs;
  }
}

export type SequencerOptions<Command, Decision> = {
  /** Settles a batch in one transaction and answers in the same order. */
  readonly settle: (batch: readonly Command[]) => Promise<readonly Decision[]>;
  /** Commands with the same key are never in one batch. */
  readonly keyOf: (command: Command) => string;
  readonly batchMax: number;
  readonly queueMax: number;
  /** How batches adapt; unless said they take all that waits up to `batchMax`, at once. */
  readonly pace?: Omit<PaceLimits, 'batchMax'>;
  /** A fault that is no command's own (the database is away): the batch is answered with it, not split. */
  readonly isEverybodys?: (error: unknown) => boolean;
  readonly onBatch?: (size: number, waiting: number) => void;
};

type Waiting<Command, Decision> = {
  readonly command: Command;
  readonly key: string;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * A crowd that waits for its answers before it asks again is taken in halves, unless it is this small: while one half is
 * in flight the other is told and comes back. A large and a small batch in turn leave the database idle in between.
 */
const HALF_FROM = 128;

const STEADY = { batchMin: 1, batchMsMax: Number.POSITIVE_INFINITY, lingerMsMax: 0 } as const;

/**
 * One queue over all contested rows: a batch is in flight, the rest gathers and becomes the next one. An idle
 * queue settles a lone command at once; in a rush a batch may wait a moment for company (`pace.ts`). A batch that
 * throws is split in halves until the command that breaks it stands alone (docs/adr/0002, 0006).
 */
export function openSequencer<Command, Decision>(
  options: SequencerOptions<Command, Decision>,
): Sequencer<Command, Decision> {
  type Entry = Waiting<Command, Decision>;
  const { keyOf, batchMax } = options;
  const pace = openPace({ batchMax, ...(options.pace ?? STEADY) });
  let queue: Entry[] = [];
  let inFlight = 0;
  /** Size of the last batch: its callers are about to be told and come again. */
  let lastSize = 0;
  let isScheduled = false;
  let lingering: ReturnType<typeof setTimeout> | null = null;
  let isDraining = false;
  let idle: (() => void)[] = [];

  function nextBatch(): Entry[] {
    const batch: Entry[] = [];
    const later: Entry[] = [];
    const keys = new Set<string>();
    const half = Math.max(HALF_FROM, Math.ceil((queue.length + lastSize) / 2));
    const limit = Math.min(pace.limit(), options.pace ? half : batchMax);
    let index = 0;
    for (; index < queue.length && batch.length < limit; index += 1) {
      const entry = queue[index] as Entry;
      if (keys.has(entry.key)) later.push(entry);
      else {
        keys.add(entry.key);
        batch.push(entry);
      }
    }
    queue = later.concat(queue.slice(index));
    return batch;
  }

  /** Settles a batch and returns what tells its callers. */
  async function settle(batch: readonly Entry[]): Promise<() => void> {
    try {
      const decisions = await options.settle(batch.map((entry) => entry.command));
      return () => {
        batch.forEach((entry, index) => {
          entry.resolve(decisions[index] as Decision);
        });
      };
    } catch (error) {
      if (batch.length === 1 || options.isEverybodys?.(error)) {
        return () => {
          for (const entry of batch) entry.reject(error);
        };
      }
      const middle = batch.length >> 1;
      const tellFirst = await settle(batch.slice(0, middle));
      const tellSecond = await settle(batch.slice(middle));
      return () => {
        tellFirst();
        tellSecond();
      };
    }
  }

  async function fly(batch: readonly Entry[]): Promise<void> {
    const startedAt = performance.now();
    inFlight = batch.length;
    lastSize = batch.length;
    options.onBatch?.(batch.length, queue.length);
    const tell = await settle(batch);
    pace.landed(batch.length, performance.now() - startedAt);
    inFlight = 0;
    // The next batch is sent first: while its rows are locked and read, these callers are told.
    takeOff();
    tell();
    kick();
  }

  const mayFly = () => queue.length > 0 && inFlight === 0;

  function takeOff(): void {
    isScheduled = false;
    if (!mayFly()) return;
    const lingerMs = lingering === null ? pace.lingerMs(queue.length) : 0;
    if (lingerMs > 0 && !isDraining) {
      lingering = setTimeout(endLinger, lingerMs);
      return;
    }
    void fly(nextBatch());
  }

  function endLinger(): void {
    takeOff();
    lingering = null;
  }

  function kick(): void {
    if (queue.length === 0 && inFlight === 0) {
      for (const wake of idle) wake();
      idle = [];
      return;
    }
    if (isScheduled || !mayFly()) return;
    if (lingering !== null) {
      if (queue.length < pace.limit()) return;
      clearTimeout(lingering);
      lingering = null;
    }
    isScheduled = true;
    setImmediate(takeOff);
  }

  return {
    submit(command) {
      if (isDraining || queue.length >= options.queueMax) return Promise.reject(new QueueFull(1_000));
      pace.arrived(performance.now());
      return new Promise<Decision>((resolve, reject) => {
        queue.push({ command, key: keyOf(command), resolve, reject });
        kick();
      });
    },
    depth: () => queue.length + inFlight,
    drain() {
      isDraining = true;
      return new Promise<void>((resolve) => {
        idle.push(resolve);
        kick();
      });
    },
  };
}
