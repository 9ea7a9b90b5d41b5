import { readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Who runs the database. `switched` when it is not the user who runs this process. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly switched: boolean;
}

/** The whole environment of PostgreSQL's programs: nothing of ours may change how they sort, speak or tell the time. */
export const PROGRAM_ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } as unknown as NodeJS.ProcessEnv;

/** The part of spawn's options that makes a child run as `account`. */
export function asAccount(account: Account): { uid?: number; gid?: number } {
  return account.switched ? { uid: account.uid, gid: account.gid } : {};
}

function knownAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid), switched: true }));
}

/**
 * PostgreSQL refuses to run as root, so root hands it to `postgres`, else to
 * `nobody`. An existing cluster keeps its owner, whoever that is.
 */
export function chooseAccount(clusterDir: string): Account {
  const uid = process.getuid?.() ?? -1;
  const owner = statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  if (uid !== 0) {
    if (owner !== undefined && uid !== -1 && owner !== uid) {
      throw new EmbeddedPostgresError(
        'wrong_owner',
        `${clusterDir} belongs to another user (uid ${owner}). Start Festa as that user or as root, or set FESTA_HOME to a folder of your own.`,
      );
    }
    return { name: 'you', uid, gid: process.getgid?.() ?? -1, switched: false };
  }
  const accounts = knownAccounts();
  const chosen =
    accounts.find((account) => account.uid === owner && owner !== 0) ??
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody') ??
    accounts.find((account) => account.uid > 0);
  if (chosen === undefined) {
    throw new EmbeddedPostgresError(
      'wrong_owner',
      'PostgreSQL does not run as root, and this machine has no other user. Add one (useradd postgres) or set DATABASE_URL.',
    );
  }
  return chosen;
}

/** Whether `account` can walk down to `path`: every folder on the way lets it through. */
export function mayEnter(path: string, account: Account): boolean {
  if (!account.switched) return true;
  for (let at = resolve(path); ; at = dirname(at)) {
    const info = statSync(at, { throwIfNoEntry: false });
    if (info !== undefined) {
      const bit = info.uid === account.uid ? 0o100 : info.gid === account.gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}

/** A folder of root's that every account can enter, for what a closed home would hide. Only root calls this with effect. */
export async function sharedPlace(): Promise<string> {
  for (const parent of ['/var/lib', tmpdir()]) {
    const place = join(parent, 'festa');
    try {
      await mkdir(place, { recursive: true, mode: 0o755 });
      // In a temporary folder somebody else could have made it first.
      if ((await stat(place)).uid !== process.getuid?.()) continue;
      await chmod(place, 0o755);
      return place;
    } catch {}
  }
  throw new EmbeddedPostgresError(
    'not_reachable',
    'No folder was found that the database may use: neither /var/lib nor the temporary folder can be written.',
  );
}
