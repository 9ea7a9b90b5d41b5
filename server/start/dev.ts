import { spawn } from 'node:child_process';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

const ROOT = join(import.meta.dirname, '../..');

export interface DevPages {
  /** Answers a request for a page, a script or a picture from `next dev`. */
  proxy(request: IncomingMessage, response: ServerResponse): void;
  /** Passes hot reload's WebSocket on; false when the path is not Next's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  stop(): Promise<void>;
}

/**
 * Starts `next dev` on `port` of loopback, behind the edge: pages with hot reload, everything else the real server.
 * `home` is where the published catalogue is read from.
 */
export function startDevPages(port: number, home: string): DevPages {
  const next = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/next/dist/bin/next'), 'dev', '-H', '127.0.0.1', '-p', String(port)],
    {
      cwd: ROOT,
      env: { ...process.env, FESTA_HOME: home, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'development' },
      stdio: ['ignore', 'inherit', 'inherit'],
      // A group of its own: Next forks, and the whole group is ended with us.
      detached: true,
    },
  );
  const exited = new Promise<void>((done) => next.once('exit', () => done()));
  const endGroup = () => {
    try {
      if (next.pid !== undefined) process.kill(-next.pid, 'SIGTERM');
    } catch {} // gone already
  };
  process.once('exit', endGroup);

  // Next answers strangers' origins with 403; seen from it, every request comes from its own page.
  const headersFor = ({ headers }: IncomingMessage) => {
    const { origin: _, ...rest } = headers;
    return { ...rest, host: `127.0.0.1:${port}` };
  };

  return {
    proxy(incoming, response) {
      const { url, method } = incoming;
      const passed = request(
        { host: '127.0.0.1', port, path: url, method, headers: headersFor(incoming) },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      passed.once('error', () => {
        if (response.headersSent) return response.destroy();
        response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1', refresh: '1' });
        response.end('The pages are still being built; this page reloads by itself.');
      });
      incoming.pipe(passed);
    },
    upgrade(incoming, socket, head) {
      if (!incoming.url?.startsWith('/_next/')) return false;
      const headers = { ...headersFor(incoming), origin: `http://127.0.0.1:${port}` };
      const passed = request({ host: '127.0.0.1', port, path: incoming.url, headers });
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
      return true;
    },
    async stop() {
      process.removeListener('exit', endGroup);
      endGroup();
      await exited;
    },
  };
}
