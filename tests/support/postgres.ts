import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../server/platform/database.ts';

async function asAdministrator(templateUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(templateUrl), { pathname: '/postgres' }).href,
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A database of one test's own: every migration is in it and no rows but what migrations put there.
 * `url` opens further pools on it; `drop` closes `db` and removes the database with whoever is still connected.
 */
export async function testDatabase(): Promise<{ db: Database; url: string; drop: () => Promise<void> }> {
  const templateUrl = inject('postgresTemplateUrl');
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(
    templateUrl,
    `create database ${name} template ${template} strategy ${inject('postgresCloneStrategy')}`,
  );
  const url = Object.assign(new URL(templateUrl), { pathname: `/${name}` }).href;
  const db = openDatabase(url);
  return {
    db,
    url,
    drop: async () => {
      await db.close();
      await asAdministrator(templateUrl, `drop database if exists ${name} with (force)`);
    },
  };
}
