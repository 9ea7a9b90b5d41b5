import pg from 'pg';
import type { Log } from './log.ts';

export type Listener = { close(): Promise<void> };

/**
 * Hears `pg_notify` on these channels, on a connection of its own. Notices are hints: `onGap` is called at the start
 * and after every reconnection, when something may have been missed, so that the hearer reads the truth again.
 */
export function listen(
  url: string,
  handlers: Readonly<Record<string, (payload: string) => void>>,
  options: { onGap: () => void; log: Log },
): Listener {
  const RETRY_MS = 500;
  let client: pg.Client | null = null;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function retry(): void {
    if (isClosed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, RETRY_MS);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'festa-listen', keepAlive: true });
    client = next;
    next.on('error', () => {});
    next.on('end', retry);
    next.on('notification', ({ channel, payload }) => handlers[channel]?.(payload ?? ''));
    try {
      await next.connect();
      for (const channel of Object.keys(handlers)) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      options.onGap();
    } catch (error) {
      options.log.warn({ err: error }, 'the listening connection was lost; trying again');
      await next.end().catch(() => {});
      retry();
    }
  }

  void connect();
  return {
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
