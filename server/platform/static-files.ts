import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takesEncoding } from './compressed.ts';
import { CACHE_CONTROL, type PageHeaders, type Release, type ReleaseFile, SECURITY_HEADERS } from './release.ts';

const LOOK_AGAIN_MS = 2_000;
/** Bytes of published files kept in memory. The demo needs a tenth; above it the least recently asked go first. */
const MEMORY_BYTES_MAX = 192 * 1024 * 1024;
const HOST = /^[A-Za-z0-9.:[\]-]{1,255}$/;

type Encoding = 'br' | 'gz' | 'raw';
type Loaded = { readonly target: string; readonly release: Release; readonly pages: PageHeaders };

export type StaticFiles = {
  /** Answers a GET or HEAD outside `/api` from the current release; anything else with 405. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /** Looks for a new release now instead of within two seconds. */
  reload(): void;
  /** The id of the release being served; null until something is published. */
  releaseId(): string | null;
  close(): void;
};

/** Keeps what was asked lately, up to a number of bytes. */
function memoryOf(bytesMax: number) {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  return {
    get(key: string): Buffer | undefined {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    put(key: string, body: Buffer): void {
      if (body.length > bytesMax / 8 || kept.has(key)) return;
      kept.set(key, body);
      bytes += body.length;
      for (const [oldest, value] of kept) {
        if (bytes <= bytesMax) break;
        kept.delete(oldest);
        bytes -= value.length;
      }
    },
    clear(): void {
      kept.clear();
      bytes = 0;
    },
  };
}

function encodingFor(header: string | undefined, file: ReleaseFile): Encoding {
  if (file.br !== undefined && takesEncoding('br', header)) return 'br';
  if (file.gz !== undefined && takesEncoding('gzip', header)) return 'gz';
  return 'raw';
}

function isUnchanged(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag === etag || `W/${tag}` === etag;
  });
}

const PRODUCT_PATH = /^(\/en)?\/p\/([A-Za-z0-9_.:-]{1,64})$/;

/** Where a product that is newer than the release is shown: one page that asks the server about it. */
function pageOfNewProduct(path: string, files: Release['files']): string | null {
  const [, tree = '', handle] = path.match(PRODUCT_PATH) ?? [];
  if (handle === undefined || /\.(?:txt|html)$/.test(handle) || !Object.hasOwn(files, `${tree}/item`)) return null;
  return `${tree}/item?h=${encodeURIComponent(handle)}`;
}

/** The decoded path of a request, or null when it cannot be one of ours. The query never matters: `_rsc`, utm_… */
function pathOf(url: string): string | null {
  const end = url.search(/[?#]/);
  try {
    return decodeURIComponent(end < 0 ? url : url.slice(0, end));
  } catch {
    return null;
  }
}

/** With its `?`; empty when there is none. A shared link may say in it which team it leads to. */
function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

/**
 * Serves the published shop: files of one release, compressed beforehand, read once and then from memory.
 *
 * Only paths that the release lists are ever opened, so no spelling of `..` leads outside. A new release is picked
 * up within two seconds of the moving of `current`; requests under way finish with the release they began with.
 */
export function staticFiles(options: { home: string; lookAgainMs?: number }): StaticFiles {
  const memory = memoryOf(MEMORY_BYTES_MAX);
  let loaded: Loaded | null = null;

  function reload(): void {
    const link = join(options.home, 'current');
    let target: string;
    try {
      target = readlinkSync(link);
    } catch {
      return; // Nothing is published yet, or the link is being moved: what is served stays.
    }
    if (target === loaded?.target) return;
    const root = join(options.home, target);
    const release = JSON.parse(readFileSync(join(root, 'release.json'), 'utf8')) as Release;
    const pages = JSON.parse(readFileSync(join(root, 'headers.json'), 'utf8')) as PageHeaders;
    memory.clear();
    loaded = { target, release, pages };
  }

  async function bodyOf(from: Loaded, file: ReleaseFile, encoding: Encoding): Promise<Buffer> {
    const name = encoding === 'raw' ? file.file : `${file.file}.${encoding}`;
    const key = `${from.target}/${name}`;
    const known = memory.get(key);
    if (known) return known;
    const body = await readFile(join(options.home, from.target, 'www', name));
    if (loaded === from) memory.put(key, body);
    return body;
  }

  /** The page for an address that does not exist, in the language of the tree that was asked. */
  function missing(from: Loaded, path: string): { path: string; file: ReleaseFile | undefined } {
    const tree = path === '/en' || path.startsWith('/en/') ? '/en/404' : '/404';
    const found = from.release.files[tree] ? tree : '/404';
    return { path: found, file: from.release.files[found] };
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return reply.code(405).header('allow', 'GET, HEAD').send();
    }
    if (!loaded) reload();
    const from = loaded;
    reply.headers(SECURITY_HEADERS);
    if (!from) {
      return reply
        .code(503)
        .header('retry-after', '5')
        .header('cache-control', 'no-store')
        .type('text/plain; charset=utf-8')
        .send('商店正在布置，请稍候再来。The shop is being set up; please come back in a moment.\n');
    }
    const path = pathOf(request.url) ?? '';
    const files = from.release.files;
    if (path.length > 1 && path.endsWith('/') && Object.hasOwn(files, path.slice(0, -1))) {
      return reply
        .code(308)
        .header('location', path.slice(0, -1) + queryOf(request.url))
        .send();
    }
    const isKnown = Object.hasOwn(files, path);
    const newProduct = isKnown ? null : pageOfNewProduct(path, files);
    // For a moment only: the next publish gives it a page of its own.
    if (newProduct) return reply.code(307).header('cache-control', 'no-store').header('location', newProduct).send();
    const answer = isKnown ? { path, file: files[path] } : missing(from, path);
    if (!answer.file) return reply.code(404).type('text/plain; charset=utf-8').send('404\n');
    return send(from, request, reply, answer.path, answer.file, isKnown);
  }

  async function send(
    from: Loaded,
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    file: ReleaseFile,
    isKnown: boolean,
  ): Promise<FastifyReply> {
    const host = request.headers.host ?? '';
    for (const [name, value] of Object.entries(from.pages[path] ?? {})) {
      const filled = HOST.test(host) ? value.replaceAll('{host}', host) : value.replaceAll(/ wss?:\/\/\{host\}/g, '');
      reply.header(name, filled);
    }
    reply.header('cache-control', isKnown ? CACHE_CONTROL[file.kind] : 'public, max-age=0, s-maxage=10');
    if (path === '/sw.js') reply.header('service-worker-allowed', '/');
    if (file.br !== undefined) reply.header('vary', 'accept-encoding');
    if (isKnown) {
      reply.header('etag', file.etag);
      if (isUnchanged(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
    }
    const encoding = encodingFor(request.headers['accept-encoding'] as string | undefined, file);
    if (encoding !== 'raw') reply.header('content-encoding', encoding === 'gz' ? 'gzip' : 'br');
    const bytes = encoding === 'raw' ? file.bytes : (file[encoding] ?? file.bytes);
    reply
      .code(isKnown ? 200 : 404)
      .type(file.type)
      .header('content-length', bytes);
    return reply.send(request.method === 'HEAD' ? '' : await bodyOf(from, file, encoding));
  }

  reload();
  const timer = setInterval(reload, options.lookAgainMs ?? LOOK_AGAIN_MS);
  timer.unref();
  return { handle, reload, releaseId: () => loaded?.release.id ?? null, close: () => clearInterval(timer) };
}
