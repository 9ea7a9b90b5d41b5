import { join } from 'node:path';
import { ConfigError } from '../platform/config.ts';
import { findRunningPostgres, removeEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts';

export interface RunningDatabase {
  readonly url: string;
  /** Whether the database is Festa's own and stops with it. */
  readonly isEmbedded: boolean;
  stop(): Promise<void>;
}

/**
 * The database of this start: one's own by DATABASE_URL, else the embedded one in `home`.
 * With `isFresh` the embedded one is removed first, without asking, and what was removed is said.
 *
 * @throws EmbeddedPostgresError, ConfigError with a sentence for the person at the terminal.
 */
export async function startDatabase(
  config: { readonly home: string; readonly databaseUrl: string | null; readonly isFresh: boolean },
  say: (sentence: string) => void,
): Promise<RunningDatabase> {
  if (config.databaseUrl !== null) {
    if (config.isFresh) {
      throw new ConfigError(
        '--fresh makes a new embedded database; it does not empty the one that DATABASE_URL names. Do that yourself.',
      );
    }
    return { url: config.databaseUrl, isEmbedded: false, stop: async () => {} };
  }
  const dataDir = join(config.home, 'data');
  if (config.isFresh) {
    const removed = await removeEmbeddedPostgres(dataDir);
    say(
      removed === null
        ? 'There was no database yet; making one.'
        : `Removed the database in ${removed}, with every order in it.`,
    );
  }
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log: say });
  return { url, isEmbedded: true, stop };
}

/**
 * The database for a command that works beside the server or without it: one's own, that of the Festa that is
 * running, or the embedded one, started for this command only.
 *
 * @throws EmbeddedPostgresError with a sentence for the person at the terminal.
 */
export async function borrowDatabase(
  config: { readonly home: string; readonly databaseUrl: string | null },
  say: (sentence: string) => void,
): Promise<RunningDatabase> {
  const running = config.databaseUrl === null ? await findRunningPostgres(join(config.home, 'data')) : null;
  if (running !== null) return { url: running, isEmbedded: true, stop: async () => {} };
  return startDatabase({ ...config, isFresh: false }, say);
}
