import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { withPublishLock } from '../../server/publish/lock.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Bytes by gzip -9 that a browser of today loads before a page can be used. */
export type PageWeight = { readonly page: string; readonly js: number; readonly css: number; readonly html: number };

const sizes = new Map<string, number>();

async function gzipped(file: string): Promise<number> {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(await readFile(file), { level: 9 }).length;
  sizes.set(file, size);
  return size;
}

async function sumOf(www: string, urls: Iterable<string>): Promise<number> {
  let sum = 0;
  for (const url of new Set(urls)) sum += await gzipped(join(www, decodeURIComponent(url)));
  return sum;
}

function hrefs(html: string, tag: RegExp, attribute: 'src' | 'href'): string[] {
  return (html.match(tag) ?? [])
    .map((text) => text.match(new RegExp(`\\b${attribute}="(/_next/[^"?]+)`))?.[1])
    .filter((url) => url !== undefined);
}

/** The weight of one exported page, from its script and style tags; scripts for old browsers are not loaded. */
export async function pageWeight(www: string, file: string): Promise<PageWeight> {
  const html = await readFile(join(www, file), 'utf8');
  const scripts = hrefs(html.replace(/<script\b[^>]*\bnomodule\b[^>]*>/gi, ''), /<script\b[^>]*\bsrc=[^>]*>/g, 'src');
  const preloads = hrefs(html, /<link\b[^>]*\bas="script"[^>]*>/g, 'href');
  const styles = hrefs(html, /<link\b[^>]*\brel="stylesheet"[^>]*>/g, 'href');
  return {
    page: `/${file.replace(/\.html$/, '').replace(/(?:^|\/)index$/, '')}`,
    js: await sumOf(www, [...scripts, ...preloads]),
    css: await sumOf(www, styles),
    html: gzipSync(html, { level: 9 }).length,
  };
}

/** Every page of a release. Pages of one route weigh the same, so of each folder of products one is looked at. */
export async function pageWeights(www: string): Promise<PageWeight[]> {
  const files = (await readdir(www, { recursive: true })).filter((file) => file.endsWith('.html')).sort();
  const routes = new Map<string, string>();
  for (const file of files) {
    const folder = file.match(/^((?:en\/)?(?:p|c)\/)/)?.[1];
    const route = folder ?? file;
    if (!routes.has(route)) routes.set(route, file);
  }
  return Promise.all([...routes.values()].map((file) => pageWeight(www, file)));
}

function emptyProject(): string {
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'node_modules/next/package.json'), 'utf8')) as {
    version: string;
  };
  return join(PROJECT, '.festa', 'cache', `empty-next-${version}`);
}

/** Where the empty page is exported to, once `emptyPageWeight` has been asked. */
export function emptyPageFolder(): string {
  return join(emptyProject(), 'out');
}

/**
 * The weight of an empty page of the same Next and React, exported by the same settings. Built once per version into
 * `.festa/cache`.
 */
export async function emptyPageWeight(): Promise<PageWeight> {
  const folder = emptyProject();
  const www = emptyPageFolder();
  return withPublishLock(join(PROJECT, '.festa', 'publish.lock'), async () => {
    const found = await pageWeight(www, 'index.html').catch(() => null);
    if (found) return found;
    await mkdir(join(folder, 'app'), { recursive: true });
    const files: Record<string, string> = {
      'package.json': '{"private":true,"type":"module"}',
      'next.config.mjs': `export default { output: 'export', agentRules: false, turbopack: { root: ${JSON.stringify(PROJECT)} } };`,
      'app/layout.jsx':
        'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
      'app/page.jsx': 'export default function Page() { return <p>Nothing</p>; }',
    };
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await promisify(execFile)(process.execPath, [join(PROJECT, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: folder,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    });
    return pageWeight(www, 'index.html');
  });
}
