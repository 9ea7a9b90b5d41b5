/** Two signals closer than this are one wish: a terminal and npm both pass the same Ctrl-C on. */
const SAME_WISH_MS = 500;
/** How long draining may take before the process ends anyway, in ms. */
const DRAIN_MS_MAX = 30_000;

export interface StopOptions {
  /** Stops taking work, finishes what is in hand, closes the database. Called once. */
  readonly drain: (why: string) => Promise<void>;
  /** Said to the person at the terminal. */
  readonly say: (sentence: string) => void;
}

/**
 * Makes Ctrl-C, SIGTERM, SIGHUP and the death of the starting process drain and end this one.
 *
 * Exit codes: 0 after a drain, 1 when draining failed or took too long, 130 when a second Ctrl-C cut it short.
 * A firm stop leaves the embedded Postgres running; the next start takes it over.
 */
export function stopOnSignals({ drain, say }: StopOptions): { stop: (why: string) => void; isStopping: () => boolean } {
  let askedAt: number | null = null;

  const stop = (why: string) => {
    const now = performance.now();
    if (askedAt !== null) {
      if (now - askedAt < SAME_WISH_MS) return;
      say('Stopping at once.');
      process.exit(130);
    }
    askedAt = now;
    say('Stopping: finishing what is in hand … (Ctrl-C again to stop at once)');
    setTimeout(() => {
      say(`Not everything was finished within ${DRAIN_MS_MAX / 1000} s; stopping anyway.`);
      process.exit(1);
    }, DRAIN_MS_MAX).unref();
    drain(why).then(
      () => {
        say('Stopped. The data is kept; npm start finds it again.');
        process.exit(0);
      },
      (error: unknown) => {
        say(`Stopping failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  if (process.channel) {
    process.once('disconnect', () => stop('the process that started this one is gone'));
    process.channel.unref();
  }
  return { stop, isStopping: () => askedAt !== null };
}
