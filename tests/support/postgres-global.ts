import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { migrate } from '../../server/platform/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The migrated template database of this run; tests clone it and never connect to it. */
    postgresTemplateUrl: string;
  }
}

const PREFIX = 'festa-test-postgres-';

/** Removes clusters of runs that were killed before they could tidy up. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const left = join(tmpdir(), name);
    await removeEmbeddedPostgres(left).then(
      () => rm(left, { recursive: true, force: true }),
      () => {}, // a run that is alive
    );
  }
}

/** One throw-away PostgreSQL for the whole run, with every migration in a template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  const db = openDatabase(postgres.url, { max: 1 });
  await migrate(db);
  await db.close();
  project.provide('postgresTemplateUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
}
