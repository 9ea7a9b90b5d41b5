import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { assetsOf } from '../../lib/domain/page-assets.ts';
import { assembleRelease, currentRelease, makeCurrent } from '../../server/publish/assemble.ts';
import { fingerprintOf } from '../../server/publish/fingerprint.ts';
import { withPublishLock } from '../../server/publish/lock.ts';
import { killWorker } from '../../server/publish/publish.ts';
import { writeSearchIndex } from '../../server/publish/search-index.ts';

const PROJECT = join(import.meta.dirname, '../..');

const CATALOGUE: Catalogue = {
  publishedAt: 1,
  festival: { id: 'f', name: { zh: '节', en: 'F' }, isDemo: false },
  categories: [],
  sessions: [],
  products: [],
  previews: {},
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'festa-publish-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('The fingerprint changes with the catalogue, a page and a setting, and not with the moment', async () => {
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/page.tsx'), 'one');
  const of = (catalogue: Catalogue, origin = 'a') => fingerprintOf(folder, catalogue, { origin });
  const first = await of(CATALOGUE);
  expect(await of({ ...CATALOGUE, publishedAt: 2 })).toBe(first);
  expect(await of(CATALOGUE, 'b')).not.toBe(first);
  expect(await of({ ...CATALOGUE, categories: [{ id: 'c', name: { zh: '', en: '' }, picture: null }] })).not.toBe(
    first,
  );
  await writeFile(join(folder, 'app/page.tsx'), 'two');
  expect(await of(CATALOGUE)).not.toBe(first);
});

test('Two publishes of one project run one after the other, also after one was killed', async () => {
  const lock = join(folder, 'publish.lock');
  // No process has this number: the largest that Linux gives is 2^22.
  await writeFile(lock, '4194305');
  const log: string[] = [];
  const work = (name: string) =>
    withPublishLock(lock, async () => {
      log.push(`${name} begins`);
      await readFile(join(PROJECT, 'package.json'));
      log.push(`${name} ends`);
    });
  await Promise.all([work('a'), work('b')]);
  const first = log[0]?.[0];
  expect(log.map((line) => line[0])).toEqual(first === 'a' ? ['a', 'a', 'b', 'b'] : ['b', 'b', 'a', 'a']);
});

test('A publish that fails frees the lock', async () => {
  const lock = join(folder, 'publish.lock');
  await expect(withPublishLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withPublishLock(lock, async () => 'free')).resolves.toBe('free');
});

test('The kill switch takes the place of the worker and leaves the rest of the shop as it is', async () => {
  const out = join(folder, 'out');
  await mkdir(out);
  await writeFile(join(out, 'index.html'), `<p>${'home'.repeat(200)}</p>`);
  await assembleRelease({
    home: folder,
    id: 'one',
    fingerprint: 'one',
    trees: [out],
    extra: { 'sw.js': '/* worker */' },
    now: 1,
  });
  await makeCurrent(folder, 'one');
  await killWorker(folder, PROJECT, 2);
  const current = await currentRelease(folder);
  const served = await readFile(join(current?.www ?? '', 'sw.js'), 'utf8');
  expect(served).toBe(await readFile(join(PROJECT, 'public/sw-kill.js'), 'utf8'));
  expect(await readFile(join(current?.www ?? '', 'index.html'), 'utf8')).toContain('home');
  expect(Object.keys(current?.release.files ?? {}).sort()).toEqual(['/', '/sw.js']);
  // The next publish must not take this release for what it would make.
  expect(current?.release.fingerprint).not.toBe('one');
});

test('The search index has a name of its content, and the one before is gone', async () => {
  const first = await writeSearchIndex(CATALOGUE, folder);
  expect(await writeSearchIndex({ ...CATALOGUE, publishedAt: 9 }, folder)).toBe(first);
  const product = {
    handle: 'dress',
    categoryId: 'c',
    title: { zh: '裙', en: 'Dress' },
    subtitle: { zh: '', en: '' },
    description: { zh: '', en: '' },
    attributes: [],
    options: [],
    pictures: [],
    skus: [],
  };
  const second = await writeSearchIndex({ ...CATALOGUE, products: [product] }, folder);
  expect(second).not.toBe(first);
  await expect(readFile(join(folder, first))).rejects.toThrow('ENOENT');
  expect(JSON.parse(await readFile(join(folder, second), 'utf8')).rows).toEqual([['dress', '裙 Dress', '', 'qun']]);
});

test('The worker readies scripts and styles that a page names, and none for browsers that lack modules', () => {
  const html = [
    '<link rel="stylesheet" href="/_next/static/chunks/a.css"/>',
    '<script src="/_next/static/chunks/b.js" async=""></script>',
    '<script src="/_next/static/chunks/old.js" noModule=""></script>',
    '<script>self.__next_f.push([1,"static/chunks/c.js"])</script>',
    '<img src="/img/x-400.avif"/>',
  ].join('');
  expect([...assetsOf(html)].sort()).toEqual(['/_next/static/chunks/a.css', '/_next/static/chunks/b.js']);
});
