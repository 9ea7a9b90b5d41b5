import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { getManifest } from 'workbox-build';
import { assetsOf, STATIC } from '../../lib/domain/page-assets.ts';

/** Pages whose scripts and styles must be on the phone before it goes offline; those of others are kept with a visit. */
const SHELLS = ['index', 'en', 'offline', 'en/offline'];
const OFFLINE = ['offline', 'en/offline'];

/** A page that is not published (a test) is left out. */
async function pageOf(out: string, page: string): Promise<string | null> {
  return readFile(join(out, `${page}.html`), 'utf8').catch(() => null);
}

/**
 * Writes the worker over the exported pages in `out`.
 *
 * It precaches what the shells name and nothing else. Hashed files carry no revision: with one, the worker would
 * fetch each again past the HTTP cache, and a first visit would load its scripts twice. The offline pages carry the
 * hash of their content.
 *
 * @returns the text of `/sw.js`
 * @throws when a file that a shell names is missing or would be fetched twice.
 */
export async function buildServiceWorker(project: string, out: string): Promise<string> {
  const files = new Set<string>();
  for (const shell of SHELLS) {
    const html = await pageOf(out, shell);
    if (html) for (const asset of assetsOf(html)) files.add(asset.slice(STATIC.length));
  }
  const entries: { url: string; revision: string | null }[] = [];
  if (files.size > 0) {
    const { manifestEntries, warnings } = await getManifest({
      globDirectory: join(out, '_next/static'),
      globPatterns: [...files],
      modifyURLPrefix: { '': STATIC },
      dontCacheBustURLsMatching: /\/_next\/static\/(chunks|media)\//,
      maximumFileSizeToCacheInBytes: 512 * 1024,
    });
    if (warnings.length > 0 || manifestEntries.length !== files.size) {
      throw new Error(
        `The shells name ${files.size} files, ${manifestEntries.length} are there: ${warnings.join('; ')}`,
      );
    }
    for (const { url, revision } of manifestEntries) {
      if (revision) throw new Error(`${url} would be fetched twice by every new visitor`);
      entries.push({ url, revision: null });
    }
  }
  for (const page of OFFLINE) {
    const html = await pageOf(out, page);
    if (html) entries.push({ url: `/${page}`, revision: createHash('sha256').update(html).digest('hex').slice(0, 16) });
  }
  entries.sort((a, b) => (a.url < b.url ? -1 : 1));
  const bundle = await build({
    entryPoints: [join(project, 'lib/service-worker/sw.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', 'self.__WB_MANIFEST': JSON.stringify(entries) },
  });
  return bundle.outputFiles[0]?.text ?? '';
}
