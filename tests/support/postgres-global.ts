import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/platform/database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { memoryFolder } from './memory-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The migrated template database of this run; tests clone it and never connect to it. */
    postgresTemplateUrl: string;
    /** How a clone is made quickest where the cluster stands; PostgreSQL's `create database … strategy`. */
    postgresCloneStrategy: 'file_copy' | 'wal_log';
  }
}

const PREFIX = 'festa-test-postgres-';
/** Removes clusters of runs that were killed before they could tidy up. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const left = join(folder, name);
    await removeEmbeddedPostgres(left).then(
      () => rm(left, { recursive: true, force: true }),
      () => {}, // a run that is alive
    );
  }
}

/** One throw-away PostgreSQL for the whole run, with every migration in a template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // In memory a database of a test's own, some 600 files, is made in 45 ms, on a disk in 150.
  const { folder, isMemory } = await memoryFolder();
  await sweep(folder);
  const dataDir = await mkdtemp(join(folder, PREFIX));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  const db = openDatabase(postgres.url, { max: 1 });
  await migrate(db);
  await db.close();
  project.provide('postgresTemplateUrl', postgres.url);
  project.provide('postgresCloneStrategy', isMemory ? 'file_copy' : 'wal_log');
  return async () => {
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
}
