import type { Log } from './log.ts';

export type Loop = { stop(): Promise<void>; nudge(): void };

/**
 * Runs `work` again and again, never twice at once, `everyMs` after the last run ended; at once when `work` answers
 * true (there is more) or when it is nudged. A throw is logged and the loop goes on. `stop` waits for the run in hand.
 */
export function startLoop(name: string, everyMs: number, work: () => Promise<boolean | void>, log: Log): Loop {
  let isStopped = false;
  let wake: (() => void) | null = null;
  const done = (async () => {
    while (!isStopped) {
      let hasMore = false;
      try {
        hasMore = (await work()) === true;
      } catch (error) {
        log.error({ loop: name, err: error }, 'a background run failed');
      }
      if (hasMore || isStopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = null;
    }
  })();
  return {
    nudge: () => wake?.(),
    async stop() {
      isStopped = true;
      wake?.();
      await done;
    },
  };
}
