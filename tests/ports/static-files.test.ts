import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '../../lib/domain/time.ts';
import { type StaticFiles, staticFiles } from '../../server/platform/static-files.ts';
import { assembleRelease, currentRelease, makeCurrent } from '../../server/publish/assemble.ts';

const INLINE = 'self.__next_f=self.__next_f||[];';
const INLINE_SHA256 = 'jTKwuiNZ5r4jOvjnLHz77XGJqvuSrMxPbty0FLkvQ94=';

function page(title: string): string {
  return `<!doctype html><title>${title}</title><script>${INLINE}</script><p>${'字'.repeat(300)}</p>`;
}

const SHOP: Record<string, string> = {
  'index.html': page('home'),
  'cart.html': page('cart'),
  'p/dress.html': page('dress'),
  'p/dress.txt': `1:["route data"]${'x'.repeat(400)}`,
  'item.html': page('a product newer than the pages'),
  'counter.html': page('counter'),
  '404.html': page('missing'),
  'en.html': page('home in English'),
  'en/404.html': page('missing in English'),
  'sw.js': '/* the worker */',
  'manifest.webmanifest': '{}',
  '_next/static/chunks/a1b2.js': `/* ${'script '.repeat(80)} */`,
  'img/dress-ff00-400.avif': 'picture',
};

let home = '';
let server: FastifyInstance;
let files: StaticFiles;
let origin = '';

async function publish(id: string, shop: Record<string, string>, now = Date.now()): Promise<void> {
  const tree = join(home, 'out', id);
  for (const [file, text] of Object.entries(shop)) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), text);
  }
  await assembleRelease({ home, id, fingerprint: id, trees: [tree], now });
  await makeCurrent(home, id);
}

/** A request exactly as written: `fetch` would tidy the path and undo the compression. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const asked = httpRequest({ hostname, port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        );
      });
      asked.on('error', reject);
      asked.end();
    },
  );
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'festa-static-'));
  files = staticFiles({ home, lookAgainMs: 20 });
  server = fastify();
  server.setNotFoundHandler((request, reply) => files.handle(request, reply));
  origin = await server.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  files.close();
  await server.close();
  await rm(home, { recursive: true, force: true });
});

test('Before anything is published every address says so with 503 and is kept by nobody', async () => {
  const answer = await ask('/');
  expect(answer.status).toBe(503);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('Pages have clean addresses in both languages, whatever the query', async () => {
  await publish('one', SHOP);
  files.reload();
  expect((await ask('/')).body.toString()).toContain('<title>home<');
  expect((await ask('/cart?utm_source=x&_rsc=1')).body.toString()).toContain('<title>cart<');
  expect((await ask('/en')).body.toString()).toContain('home in English');
  expect((await ask('/p/dress.txt?_rsc=abc')).headers['content-type']).toBe('text/x-component; charset=utf-8');
  const slash = await ask('/cart/');
  expect([slash.status, slash.headers.location]).toEqual([308, '/cart']);
  expect((await ask('/cart/?c=A1b2&from=x')).headers.location).toBe('/cart?c=A1b2&from=x');
});

test('An unknown address is answered with 404 in the language of its tree and no cache of a year', async () => {
  await publish('one', SHOP);
  files.reload();
  for (const [path, title] of [
    ['/nothing', 'missing<'],
    ['/en/nothing', 'missing in English'],
    ['/constructor', 'missing<'],
    ['/_next/static/chunks/gone.js', 'missing<'],
  ] as const) {
    const answer = await ask(path);
    expect(answer.status, path).toBe(404);
    expect(answer.body.toString(), path).toContain(title);
    expect(answer.headers['cache-control'], path).not.toContain('immutable');
  }
});

test('A product that has no page yet is shown by the page that asks the server, where there is one', async () => {
  await publish('one', SHOP);
  files.reload();
  const answer = await ask('/p/new-today?utm_source=x');
  expect([answer.status, answer.headers.location, answer.headers['cache-control']]).toEqual([
    307,
    '/item?h=new-today',
    'no-store',
  ]);
  for (const path of ['/p/new.txt', '/p/a/b', '/en/p/new-today', '/p/%2f%2fevil.example', '/p/']) {
    expect((await ask(path)).status, path).toBe(404);
  }
});

test('No spelling of a path leads out of the release', async () => {
  await writeFile(join(home, 'secret'), 'nobody may read this');
  await publish('one', SHOP);
  files.reload();
  for (const path of [
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/%2e%2e/secret',
    '/_next/static/../../../../secret',
    '/%00',
    '/%E0%A4%A',
    '/release.json',
    '/headers.json',
    '//secret',
    '/..\\secret',
    '/cart.html.br',
  ]) {
    const answer = await ask(path);
    expect([400, 404], path).toContain(answer.status);
    expect(answer.body.toString(), path).not.toContain('nobody may read this');
  }
});

test('A phone gets brotli, else gzip, else the bytes as they are, all with one ETag', async () => {
  await publish('one', SHOP);
  files.reload();
  const raw = await ask('/cart');
  const br = await ask('/cart', { 'accept-encoding': 'gzip, deflate, br, zstd' });
  const gzip = await ask('/cart', { 'accept-encoding': 'gzip, br;q=0' });
  expect(raw.headers['content-encoding']).toBeUndefined();
  expect(br.headers['content-encoding']).toBe('br');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(brotliDecompressSync(br.body).equals(raw.body)).toBe(true);
  expect(gunzipSync(gzip.body).equals(raw.body)).toBe(true);
  expect(new Set([raw.headers.etag, br.headers.etag, gzip.headers.etag]).size).toBe(1);
  expect(br.headers.vary).toBe('accept-encoding');
});

test('What the browser has already is not sent again', async () => {
  await publish('one', SHOP);
  files.reload();
  const { headers } = await ask('/cart');
  const again = await ask('/cart', { 'if-none-match': `"other", ${headers.etag}` });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  expect((await ask('/cart', { 'if-none-match': '"other"' })).status).toBe(200);
});

test('HEAD tells the length and sends nothing; other methods are refused', async () => {
  await publish('one', SHOP);
  files.reload();
  const head = await ask('/cart', {}, 'HEAD');
  const get = await ask('/cart');
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)]);
  const put = await ask('/cart', {}, 'PUT');
  expect([put.status, put.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('Each kind of file is kept as long as its name allows', async () => {
  await publish('one', SHOP);
  files.reload();
  const cached = async (path: string) => (await ask(path)).headers['cache-control'];
  expect(await cached('/_next/static/chunks/a1b2.js')).toBe('public, max-age=31536000, immutable');
  expect(await cached('/img/dress-ff00-400.avif')).toBe('public, max-age=31536000, immutable');
  expect(await cached('/cart')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=600');
  expect(await cached('/p/dress.txt')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=600');
  expect(await cached('/manifest.webmanifest')).toBe('public, max-age=3600');
  const worker = await ask('/sw.js');
  expect(worker.headers['cache-control']).toBe('no-cache');
  expect(worker.headers['service-worker-allowed']).toBe('/');
});

test('A page may run its own inline script and nothing else, and may not be framed', async () => {
  await publish('one', SHOP);
  files.reload();
  const { headers } = await ask('/cart', { host: 'shop.example:8443' });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain(`script-src 'self' 'sha256-${INLINE_SHA256}';`);
  expect(policy).toContain("connect-src 'self' ws://shop.example:8443 wss://shop.example:8443;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
});

test('The counter alone may look through the camera and compile the reader of codes', async () => {
  await publish('one', SHOP);
  files.reload();
  const [counter, shop] = [(await ask('/counter')).headers, (await ask('/')).headers];
  expect(String(counter['content-security-policy'])).toContain(
    `script-src 'self' 'wasm-unsafe-eval' 'sha256-${INLINE_SHA256}';`,
  );
  expect(String(counter['permissions-policy'])).toContain('camera=(self)');
  expect(String(shop['content-security-policy'])).not.toContain('wasm');
  expect(String(shop['permissions-policy'])).toContain('camera=()');
});

test('A host that is no host does not get into the policy', async () => {
  await publish('one', SHOP);
  files.reload();
  const policy = String((await ask('/', { host: "a;script-src 'unsafe-inline'" })).headers['content-security-policy']);
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toContain("unsafe-inline' ws");
});

test('A new release is served without a restart, and the scripts of the old one for seven days more', async () => {
  const start = Date.now() - 20 * DAY_MS;
  await publish('one', SHOP, start);
  await expect.poll(async () => (await ask('/cart')).status).toBe(200);
  const { '_next/static/chunks/a1b2.js': _gone, ...rest } = SHOP;
  const changed = { ...rest, 'cart.html': page('new cart'), '_next/static/chunks/c3d4.js': 'new' };

  await publish('two', changed, start + DAY_MS);
  await expect.poll(async () => (await ask('/cart')).body.toString()).toContain('new cart');
  expect((await ask('/_next/static/chunks/a1b2.js')).status).toBe(200);

  await publish('three', changed, start + 7 * DAY_MS);
  files.reload();
  expect((await ask('/_next/static/chunks/a1b2.js')).status).toBe(200);

  await publish('four', changed, start + 9 * DAY_MS);
  files.reload();
  expect((await ask('/_next/static/chunks/a1b2.js')).status).toBe(404);
  expect((await currentRelease(home))?.release.id).toBe('four');
});
