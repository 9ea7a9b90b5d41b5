import { createHash } from 'node:crypto';
import { constants as fsConstants } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { DAY_MS } from '../../lib/domain/time.ts';
import {
  isHashed,
  isText,
  kindOf,
  type PageHeaders,
  pageHeaders,
  type Release,
  type ReleaseFile,
  typeOf,
  urlPathOf,
} from '../platform/release.ts';
import { inlineHashes } from './inline-hashes.ts';

/** Tabs and installed apps may be this much older than the shop and still find their scripts and pictures. */
export const KEEP_MS = 7 * DAY_MS;
const RELEASES_MAX = 3;
/** zlib works on four threads; more files at once would only wait. */
const AT_ONCE = 4;
/**
 * Brotli's effort: pages are 0.6 % larger than with 9 and scripts 0.1 %, in a twentieth of the time. Its window is as
 * large as the file (2^16 to 2^22 bytes): the default is 4 MiB that would be made anew for each of thousands.
 */
const EFFORT = 7;
const WINDOW_BITS = { min: 16, max: 22 } as const;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return (
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      // Twins of files in a release; they are made anew or linked with their file.
      .filter((file) => !/\.(?:br|gz)$/.test(file))
  );
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** A hard link where the disk allows it: releases share their unchanged files. */
async function share(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    await copyFile(from, to, fsConstants.COPYFILE_FICLONE);
  });
}

/** The release that `current` names, or null. */
export async function currentRelease(home: string): Promise<{ release: Release; www: string } | null> {
  try {
    const target = await readlink(join(home, 'current'));
    const release = JSON.parse(await readFile(join(home, target, 'release.json'), 'utf8')) as Release;
    return { release, www: join(home, target, 'www') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EINVAL') return null;
    throw error;
  }
}

type Request = {
  readonly home: string;
  readonly id: string;
  readonly fingerprint: string;
  /** Folders whose files make up the shop; where two have the same file the later one wins. */
  readonly trees: readonly string[];
  /** Files written by the caller, by their place in `www`. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly now: number;
};

/**
 * Makes the folder of a new release: files, their compressed twins, `release.json` and `headers.json`.
 *
 * What did not change since the current release is linked, not compressed again. Hashed files of earlier releases
 * stay for `KEEP_MS` after the release that dropped them. The folder gets its name last, so a crash leaves no half
 * release behind.
 *
 * @throws when the disk is full or cannot be written; the current release stays as it is.
 */
export async function assembleRelease(request: Request): Promise<Release> {
  const { home, id, now } = request;
  const before = await currentRelease(home);
  const building = join(home, 'releases', `.building-${id}`);
  const www = join(building, 'www');
  await rm(building, { recursive: true, force: true });
  await mkdir(www, { recursive: true });

  const sources = new Map<string, string>();
  for (const tree of request.trees) {
    for (const file of await filesOf(tree)) sources.set(file, join(tree, file));
  }
  for (const file of Object.keys(request.extra ?? {})) sources.set(file, '');

  const files: Record<string, ReleaseFile> = {};
  const pages: Record<string, Record<string, string>> = {};
  const known = new Map(Object.values(before?.release.files ?? {}).map((file) => [file.file, file]));

  const folders = new Set([...sources.keys()].map((file) => dirname(join(www, file))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await eachOf([...sources], async ([file, source]) => {
    const body = source ? await readFile(source) : Buffer.from(request.extra?.[file] ?? '', 'utf8');
    const type = typeOf(file);
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;
    const to = join(www, file);
    const old = known.get(file);
    if (before && old?.etag === etag) {
      await share(join(before.www, file), to);
      if (old.br !== undefined) await share(join(before.www, `${file}.br`), `${to}.br`);
      if (old.gz !== undefined) await share(join(before.www, `${file}.gz`), `${to}.gz`);
      files[urlPathOf(file)] = { ...old, kind: kindOf(file), type };
    } else {
      files[urlPathOf(file)] = {
        file,
        type,
        kind: kindOf(file),
        etag,
        bytes: body.length,
        ...(await write({ to, source, body, type, isHashed: isHashed(file) })),
      };
    }
    if (file.endsWith('.html')) {
      const { scripts, styles } = inlineHashes(body.toString('utf8'));
      pages[urlPathOf(file)] = { ...pageHeaders(urlPathOf(file), scripts, styles) };
    }
  });

  const kept = before ? await keep(before, www, files, now) : {};
  const release: Release = { id, fingerprint: request.fingerprint, publishedAt: now, files, kept };
  await writeFile(join(building, 'release.json'), JSON.stringify(release));
  await writeFile(join(building, 'headers.json'), JSON.stringify(pages satisfies PageHeaders));
  const final = join(home, 'releases', id);
  await rm(final, { recursive: true, force: true });
  await rename(building, final);
  return release;
}

type Written = {
  readonly to: string;
  /** Where it lies now; empty for what the caller wrote. */
  readonly source: string;
  readonly body: Buffer;
  readonly type: string;
  readonly isHashed: boolean;
};

/** Writes a file, which may be a link where its name says its content, and for text its twins where they are smaller. */
async function write({ to, source, body, type, isHashed }: Written): Promise<{ br?: number; gz?: number }> {
  if (isHashed && source) await share(source, to);
  else await writeFile(to, body);
  if (!isText(type) || body.length < 256) return {};
  const windowBits = Math.min(WINDOW_BITS.max, Math.max(WINDOW_BITS.min, Math.ceil(Math.log2(body.length + 16))));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: EFFORT,
    [constants.BROTLI_PARAM_LGWIN]: windowBits,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  const [br, gz] = await Promise.all([brotli(body, { params }), gzipped(body, { level: 9 })]);
  if (br.length >= body.length || gz.length >= body.length) return {};
  await Promise.all([writeFile(`${to}.br`, br), writeFile(`${to}.gz`, gz)]);
  return { br: br.length, gz: gz.length };
}

/** Carries hashed files of the release before over, unless they were dropped more than `KEEP_MS` ago. */
async function keep(
  before: { release: Release; www: string },
  www: string,
  files: Record<string, ReleaseFile>,
  now: number,
): Promise<Record<string, number>> {
  const kept: Record<string, number> = {};
  const dropped = Object.entries(before.release.files).filter(([path, file]) => !files[path] && isHashed(file.file));
  await eachOf(dropped, async ([path, file]) => {
    const since = before.release.kept[file.file] ?? now;
    if (now - since > KEEP_MS) return;
    const to = join(www, file.file);
    await mkdir(dirname(to), { recursive: true });
    await share(join(before.www, file.file), to);
    if (file.br !== undefined) await share(join(before.www, `${file.file}.br`), `${to}.br`);
    if (file.gz !== undefined) await share(join(before.www, `${file.file}.gz`), `${to}.gz`);
    files[path] = file;
    kept[file.file] = since;
  });
  return kept;
}

/** Makes `id` the served release, in one step that a crash cannot halve, and removes all but the latest releases. */
export async function makeCurrent(home: string, id: string): Promise<void> {
  const temporary = join(home, `.current-${process.pid}`);
  await rm(temporary, { force: true });
  await symlink(join('releases', id), temporary);
  await rename(temporary, join(home, 'current'));

  const folder = join(home, 'releases');
  const aged: { name: string; publishedAt: number }[] = [];
  for (const name of await readdir(folder)) {
    if (name === id) continue;
    const text = await readFile(join(folder, name, 'release.json'), 'utf8').catch(() => null);
    aged.push({ name, publishedAt: text ? (JSON.parse(text) as Release).publishedAt : 0 });
  }
  aged.sort((a, b) => b.publishedAt - a.publishedAt);
  for (const { name } of aged.slice(RELEASES_MAX - 1)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
