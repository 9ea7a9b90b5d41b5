import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Database } from './database.ts';

const SERVER = join(import.meta.dirname, '..');
/** Any number: it keeps two starting processes from migrating at once. */
const LOCK = 20_261_111;

type Step = { name: string; sql: string; hash: string };

/** All rooms' `NNNN_name.sql`, in one order by number. @throws when two rooms took the same number. */
async function steps(): Promise<Step[]> {
  const found: Step[] = [];
  for (const room of await readdir(SERVER, { withFileTypes: true })) {
    if (!room.isDirectory()) continue;
    const folder = join(SERVER, room.name, 'migrations');
    const files = await readdir(folder).catch(() => []);
    for (const file of files.filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name))) {
      const sql = await readFile(join(folder, file), 'utf8');
      found.push({ name: basename(file, '.sql'), sql, hash: createHash('sha256').update(sql).digest('hex') });
    }
  }
  found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  for (const [index, step] of found.entries()) {
    const before = found[index - 1];
    if (before && before.name.slice(0, 4) === step.name.slice(0, 4)) {
      throw new Error(`Two migrations are numbered ${step.name.slice(0, 4)}: ${before.name}, ${step.name}`);
    }
  }
  return found;
}

/**
 * Brings the schema up to date; each step runs once, in its own transaction. Returns the names of the steps that ran.
 * @throws when a step that ran before has been edited since: written history is not changed, a new step is added.
 */
export async function migrate(db: Database): Promise<string[]> {
  const ran: string[] = [];
  const client = await db.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, ran_at timestamptz not null default now())',
    );
    const known = new Map<string, string>(
      (await client.query('select name, hash from migration')).rows.map((row) => [row.name, row.hash]),
    );
    for (const step of await steps()) {
      const hash = known.get(step.name);
      if (hash === step.hash) continue;
      if (hash) throw new Error(`Migration ${step.name} was edited after it ran; add a new one instead`);
      await client.query('begin');
      try {
        await client.query(step.sql);
        await client.query('insert into migration (name, hash) values ($1, $2)', [step.name, step.hash]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${step.name} failed: ${(error as Error).message}`, { cause: error });
      }
      ran.push(step.name);
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {});
    client.release();
  }
  return ran;
}
