import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { assembleRelease, currentRelease, makeCurrent } from './assemble.ts';
import { fingerprintOf } from './fingerprint.ts';
import { paintPagesAtOnce } from './first-paint.ts';
import { withPublishLock } from './lock.ts';
import { nextBuild } from './next-build.ts';
import { writeSearchIndex } from './search-index.ts';
import { buildServiceWorker } from './service-worker.ts';

/** Says what is going on; pino's `info` fits. */
export type Say = (sentence: string) => void;

export type Shop = {
  /** Where `.festa` is. */
  readonly home: string;
  /** The project's root, where `app/` is. */
  readonly project: string;
  /** The shop's own address, for links that leave the page. */
  readonly origin: string;
  /** Reads the catalogue and makes its pictures below `publicDir`. */
  readonly collect: (publicDir: string) => Promise<Catalogue>;
  /** Writes the files of the stores below `publicDir`; answers their manifest's path. */
  readonly collectStores: (publicDir: string) => Promise<string>;
  readonly say: Say;
  /** Gives up a publish that is under way. */
  readonly signal?: AbortSignal;
};

export type Published = {
  readonly id: string;
  /** The shop was already as it should be. */
  readonly isUnchanged: boolean;
};

/** Replaces a file in one step, so that a reader never sees half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** Pictures that the catalogue no longer names leave the build; the releases that had them keep their own links. */
async function removeUnnamedPictures(publicDir: string, catalogue: string): Promise<void> {
  const folder = join(publicDir, 'img');
  for (const file of await readdir(folder).catch(() => [])) {
    const name = file.replace(/-\d+\.(?:avif|webp|jpg)$/, '');
    if (!catalogue.includes(`/img/${name}"`)) await rm(join(folder, file), { recursive: true, force: true });
  }
}

/**
 * Writes what pages are built from: `catalogue.json`, pictures, the search index and the stores.
 * @returns the catalogue, and the settings that a build (or the development server) has to be given.
 */
export async function prepareShop(shop: Shop): Promise<{
  catalogue: Catalogue;
  settings: Readonly<Record<'NEXT_PUBLIC_STORES', string> & Record<string, string>>;
}> {
  const publicDir = join(shop.home, 'public');
  await mkdir(publicDir, { recursive: true });
  const catalogue = await shop.collect(publicDir);
  const text = JSON.stringify(catalogue);
  await replaceFile(join(shop.home, 'catalogue.json'), text);
  await removeUnnamedPictures(publicDir, text);
  const searchIndex = await writeSearchIndex(catalogue, publicDir);
  const settings = {
    FESTA_HOME: shop.home,
    FESTA_ORIGIN: shop.origin,
    NEXT_PUBLIC_SEARCH_INDEX: searchIndex,
    NEXT_PUBLIC_STORES: await shop.collectStores(publicDir),
  };
  return { catalogue, settings };
}

/** Whether something is published that can be served while a newer shop is being made. */
export async function hasRelease(home: string): Promise<boolean> {
  return (await currentRelease(home)) !== null;
}

/**
 * Publishes the shop: catalogue, pictures, search index, pages, worker, one release, one swap.
 *
 * Does nothing when neither the catalogue nor a source of the pages has changed since the current release, unless
 * `force`. One publish of a project runs at a time; what is served stays as it is until the last step.
 *
 * @throws BuildError when the pages do not build; the current release stays.
 */
export async function publish(shop: Shop, options: { force?: boolean; now?: number } = {}): Promise<Published> {
  return withPublishLock(join(shop.project, '.festa', 'publish.lock'), async () => {
    const { catalogue, settings } = await prepareShop(shop);
    const stores = settings.NEXT_PUBLIC_STORES;
    const named = { FESTA_ORIGIN: shop.origin, node: process.versions.node, stores };
    const fingerprint = await fingerprintOf(shop.project, catalogue, named);
    const current = await currentRelease(shop.home);
    if (!options.force && current?.release.fingerprint === fingerprint) {
      return { id: current.release.id, isUnchanged: true };
    }
    const startedAt = performance.now();
    shop.say(`Building the pages of ${catalogue.products.length} products`);
    await nextBuild(shop.project, { ...settings, FESTA_BUILD_ID: fingerprint }, shop.signal);
    shop.signal?.throwIfAborted();
    const built = performance.now();
    const out = join(shop.project, 'out');
    const files = await readdir(out, { recursive: true });
    await paintPagesAtOnce(
      out,
      files.filter((file) => file.endsWith('.html')),
      join(shop.home, 'public'),
    );
    const worker = await buildServiceWorker(shop.project, out);
    const now = options.now ?? Date.now();
    const id = current?.release.id === fingerprint ? `${fingerprint}-${now.toString(36)}` : fingerprint;
    const trees = [out, join(shop.home, 'public')];
    const release = await assembleRelease({
      home: shop.home,
      id,
      fingerprint,
      trees,
      extra: { 'sw.js': worker },
      now,
    });
    await makeCurrent(shop.home, id);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
    shop.say(
      `Published ${Object.keys(release.files).length} files as ${id}: ` +
        `pages ${seconds(startedAt, built)} s, release ${seconds(built, performance.now())} s`,
    );
    return { id, isUnchanged: false };
  });
}

/**
 * Serves the kill switch as `/sw.js` from now on (until the next publish): the worker leaves every phone at its next
 * visit. For the day when a published worker is at fault; nothing else of the shop changes.
 *
 * @throws Error when nothing is published.
 */
export async function killWorker(home: string, project: string, now = Date.now()): Promise<Published> {
  const current = await currentRelease(home);
  if (!current) throw new Error('Nothing is published, so there is no worker to take back.');
  const { release, www } = current;
  const id = `${release.id.slice(0, 16)}-kill-${now.toString(36)}`;
  const worker = await readFile(join(project, 'public/sw-kill.js'), 'utf8');
  const fingerprint = `${release.fingerprint}-kill`;
  await assembleRelease({ home, id, fingerprint, trees: [www], extra: { 'sw.js': worker }, now });
  await makeCurrent(home, id);
  return { id, isUnchanged: false };
}
