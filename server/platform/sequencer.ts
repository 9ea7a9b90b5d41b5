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
  /** A fault that is no command's own (the database is away): the batch is answered with it, not split. */
  readonly isEverybodys?: (error: unknown) => boolean;
  readonly onBatch?: (size: number, waiting: number) => void;
};

type Waiting<Command, Decision> = {
  readonly command: Command;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One queue over all contested rows: a batch is in flight, the rest gathers; when it lands, what gathered becomes the
 * next one. No delay is added: an idle queue settles a lone command at once. A batch that throws is split in halves
 * until the command that breaks it stands alone (docs/adr/0002).
 */
export function openSequencer<Command, Decision>(
  options: SequencerOptions<Command, Decision>,
): Sequencer<Command, Decision> {
  let queue: Waiting<Command, Decision>[] = [];
  let inFlight = 0;
  let isScheduled = false;
  let isDraining = false;
  let idle: (() => void)[] = [];

  function nextBatch(): Waiting<Command, Decision>[] {
    const batch: Waiting<Command, Decision>[] = [];
    const later: Waiting<Command, Decision>[] = [];
    const keys = new Set<string>();
    let index = 0;
    for (; index < queue.length && batch.length < options.batchMax; index += 1) {
      const waiting = queue[index] as Waiting<Command, Decision>;
      const key = options.keyOf(waiting.command);
      if (keys.has(key)) later.push(waiting);
      else {
        keys.add(key);
        batch.push(waiting);
      }
    }
    queue = later.concat(queue.slice(index));
    return batch;
  }

  async function settle(batch: readonly Waiting<Command, Decision>[]): Promise<void> {
    try {
      const decisions = await options.settle(batch.map((waiting) => waiting.command));
      batch.forEach((waiting, index) => {
        waiting.resolve(decisions[index] as Decision);
      });
    } catch (error) {
      if (batch.length === 1 || options.isEverybodys?.(error)) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      const middle = batch.length >> 1;
      await settle(batch.slice(0, middle));
      await settle(batch.slice(middle));
    }
  }

  async function flush(): Promise<void> {
    isScheduled = false;
    if (inFlight > 0 || queue.length === 0) return;
    const batch = nextBatch();
    inFlight = batch.length;
    options.onBatch?.(batch.length, queue.length);
    await settle(batch);
    inFlight = 0;
    kick();
  }

  function kick(): void {
    if (queue.length === 0 && inFlight === 0) {
      for (const wake of idle) wake();
      idle = [];
      return;
    }
    if (isScheduled || inFlight > 0) return;
    isScheduled = true;
    setImmediate(flush);
  }

  return {
    submit(command) {
      if (isDraining || queue.length >= options.queueMax) return Promise.reject(new QueueFull(1_000));
      return new Promise<Decision>((resolve, reject) => {
        queue.push({ command, resolve, reject });
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
