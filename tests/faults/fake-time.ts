import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const find = () => globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0] ?? null;

/** libfaketime, by which one process's clock can be wrong while the others' are right; installed where root may. */
export function findFakeTime(): { library: string | null; missing: string | null } {
  const known = find();
  if (known || process.platform !== 'linux') {
    return { library: known, missing: known ? null : 'libfaketime is for Linux' };
  }
  if (process.getuid?.() === 0)
    spawnSync('apt-get', ['install', '-y', 'faketime'], { timeout: 60_000, stdio: 'ignore' });
  const library = find();
  return {
    library,
    missing: library ? null : 'libfaketime is not here and could not be installed (apt-get install faketime)',
  };
}
