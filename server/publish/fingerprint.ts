import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../../lib/contracts/catalog.ts';

/** Everything that the published files are made from, besides the catalogue; relative to the project. */
const SOURCES = ['app', 'components', 'lib', 'public', 'server/publish', 'server/platform/release.ts'];
const SETTINGS = ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'];
/** Drawings come into the shop through the catalogue, which names their pictures by content. */
const NOT_SOURCES = /^server\/publish\/(demo|import|pictures)\//;

async function sourceFiles(project: string): Promise<string[]> {
  const lists = await Promise.all(
    SOURCES.map(async (source) => {
      const entries = await readdir(join(project, source), { recursive: true, withFileTypes: true }).catch(() => null);
      if (!entries) return [source];
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1));
    }),
  );
  return [...lists.flat(), ...SETTINGS].filter((file) => !NOT_SOURCES.test(file)).sort();
}

/**
 * One short name for all that a release is made from. Publishing again with the same fingerprint would give the same
 * shop; the moment of publishing does not count.
 *
 * @param settings values that the build takes from the environment, such as the shop's own address
 */
export async function fingerprintOf(
  project: string,
  catalogue: Catalogue,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ ...catalogue, publishedAt: 0 }));
  hash.update(JSON.stringify(settings));
  for (const file of await sourceFiles(project)) {
    const body = await readFile(join(project, file)).catch(() => null);
    if (body) hash.update(`\0${file}\0${body.length}\0`).update(body);
  }
  return hash.digest('hex').slice(0, 16);
}
