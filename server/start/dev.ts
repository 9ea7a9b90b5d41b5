import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join, normalize } from 'node:path';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typeOf } from '../platform/release.ts';
import { prepareShop } from '../publish/publish.ts';
import { type ShopGiven, shopOf } from '../publish/shop.ts';

const ROOT = join(import.meta.dirname, '../..');
const NEVER_KEPT = { 'cache-control': 'no-store' };

export interface DevPages {
  /** Answers for a page, a script or a picture, in the place of the published shop. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  close(): void;
}

/** Next answers strangers' origins with 403; seen from it, every request comes from its own page. */
function asOwn({ headers }: IncomingMessage, port: number) {
  return { ...headers, host: `127.0.0.1:${port}`, ...(headers.origin ? { origin: `http://127.0.0.1:${port}` } : {}) };
}

/** Passes a request on to Next and its answer back. */
function passOn(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { url, method } = incoming;
  const passed = ask({ host: '127.0.0.1', port, path: url, method, headers: asOwn(incoming, port) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.once('error', () => {
    if (response.headersSent) return response.destroy();
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', refresh: '1' });
    response.end('The pages are being built; this one reloads by itself.');
  });
  incoming.pipe(passed);
}

/** Passes hot reload's WebSocket on. */
function passUpgradeOn(incoming: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const passed = ask({ host: '127.0.0.1', port, path: incoming.url, headers: asOwn(incoming, port) });
  passed.once('upgrade', (answer, upstream: Socket, first: Buffer) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    upstream.once('error', () => socket.destroy());
    socket.once('error', () => upstream.destroy());
  });
  passed.once('error', () => socket.destroy());
  passed.once('response', () => socket.destroy());
  passed.end();
}

/** `next dev` in a process group of its own, because it forks; the whole group ends with us. */
function startNext(port: number, settings: Readonly<Record<string, string>>): { stop(): void } {
  const next = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/next/dist/bin/next'), 'dev', '-H', '127.0.0.1', '-p', String(port)],
    {
      cwd: ROOT,
      // It needs the whole of this process's environment (PATH, HOME), which is why it is named here.
      env: { ...process.env, ...settings, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'development' },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    },
  );
  const stop = () => {
    process.removeListener('exit', stop);
    try {
      if (next.pid !== undefined) process.kill(-next.pid, 'SIGTERM');
    } catch {} // gone already
  };
  process.once('exit', stop);
  return { stop };
}

/**
 * Pages with hot reload behind the real server: `next dev` on `port` of loopback, fed with the catalogue and pictures
 * of the database as it is now.
 */
export async function startDevPages(given: ShopGiven & { port: number; httpServer: Server }): Promise<DevPages> {
  const { port, home, httpServer } = given;
  const { settings } = await prepareShop(shopOf(given));
  const next = startNext(port, settings);
  const onUpgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (incoming.url?.startsWith('/_next/')) passUpgradeOn(incoming, socket, head, port);
  };
  httpServer.on('upgrade', onUpgrade);
  return {
    async handle(request, reply) {
      // Pictures and the search index were made beside the pages; Next does not know that folder.
      const path = normalize(decodeURI(request.raw.url?.split('?')[0] ?? '/'));
      const file = join(home, 'public', path);
      const found = await stat(file).catch(() => null);
      if (found?.isFile())
        return reply
          .headers(NEVER_KEPT)
          .type(typeOf(path.slice(1)))
          .send(createReadStream(file));
      reply.hijack();
      passOn(request.raw, reply.raw, port);
      return reply;
    },
    close() {
      httpServer.removeListener('upgrade', onUpgrade);
      next.stop();
    },
  };
}
