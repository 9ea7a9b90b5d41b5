import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { io, type Socket } from 'socket.io-client';
import { toEpochMs } from '../../lib/domain/time.ts';
import { attachLive, type LiveConfig, type LiveDeps } from '../../server/platform/live/attach.ts';
import { type Board, createBoard } from '../../server/platform/live/board.ts';
import { LIVE_LIMITS } from '../../server/platform/live/limits.ts';
import { createTickets, type TicketKind } from '../../server/platform/live/tickets.ts';

export const SECRET = 'a-secret-of-the-tests';

export const ticketOf = (kind: TicketKind = 'visitor', secret = SECRET) =>
  createTickets(secret, LIVE_LIMITS.ticketMs).issue(kind, toEpochMs(Date.now())).ticket;

export type LiveEdge = Awaited<ReturnType<typeof startLiveEdge>>;

/** A real live edge on a free port of 127.0.0.1, with a board of `shelves` × `slots` SKUs named `<shelf>/<slot>`. */
export async function startLiveEdge(
  options: {
    limits?: LiveConfig['limits'];
    shelves?: number;
    slots?: number;
    personOf?: LiveDeps['personOf'];
    epoch?: string;
    port?: number;
    /** A board that somebody else fills. */
    board?: Board;
    /** Answers plain requests; left out, they are answered with nothing. */
    onRequest?: RequestListener;
  } = {},
) {
  const { shelves = options.board ? 0 : 1, slots = 4 } = options;
  const httpServer = createServer(options.onRequest ?? ((_request, response) => response.end()));
  const board = options.board ?? createBoard(options.epoch ?? 'epoch-1');
  for (let shelf = 0; shelf < shelves; shelf += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      board.place(`s${shelf}/${slot}`, `s${shelf}`, slot);
      board.offer(`s${shelf}/${slot}`, { available: 100, total: 100, tierIndex: -1, tierLeft: 0 });
    }
  }
  const registry = new Registry();
  const live = attachLive({
    httpServer,
    board,
    config: { secret: SECRET, allowLoadIdentity: true, limits: options.limits },
    log: pino({ level: 'silent' }),
    metrics: { registry },
    personOf: options.personOf ?? (async () => null),
  });
  await new Promise<void>((resolve) => httpServer.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  const opened: Socket[] = [];
  return {
    live,
    board,
    port,
    httpServer,
    offer: (sku: string, available: number) => board.offer(sku, { available, total: 100, tierIndex: -1, tierLeft: 0 }),
    async metric(name: string, labels: Record<string, string> = {}): Promise<number> {
      const metric = await registry.getSingleMetric(name)!.get();
      return metric.values
        .filter((value) => Object.entries(labels).every(([key, wanted]) => value.labels[key] === wanted))
        .reduce((sum, value) => sum + value.value, 0);
    },
    /** A real socket.io client; not connected yet when it is returned. */
    client(query: Record<string, string> = { ticket: ticketOf('load') }, headers: Record<string, string> = {}): Socket {
      const socket = io(`http://127.0.0.1:${port}`, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        query,
        extraHeaders: headers,
      });
      opened.push(socket);
      return socket;
    },
    async stop() {
      for (const socket of opened) socket.disconnect();
      await live.close({ overMs: 0 });
      await new Promise((resolve) => {
        httpServer.close(resolve);
        httpServer.closeAllConnections();
      });
    },
  };
}

/** The next time `event` comes, or a failure after `withinMs`. */
export function heard<T = unknown>(socket: Socket, event: string, withinMs = 5_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${event}" did not come within ${withinMs} ms`)), withinMs);
    socket.once(event, (value: T) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

export async function connected(socket: Socket): Promise<Socket> {
  if (!socket.connected) {
    const failed = heard<Error>(socket, 'connect_error', 10_000).then((error) => Promise.reject(error));
    await Promise.race([heard(socket, 'connect', 10_000), failed]);
    failed.catch(() => {});
  }
  return socket;
}

/** Waits until `isTrue`, asking twenty times a second; gives up after `withinMs` and lets the test's own words fail. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!(await isTrue()) && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 50));
}
