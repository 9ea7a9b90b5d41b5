import type { Server as HttpServer, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Registry } from 'prom-client';
import { Server, type Socket } from 'socket.io';
import { WebSocketServer } from 'ws';
import { welcome } from '../../../lib/contracts/live.ts';
import { toEpochMs } from '../../../lib/domain/time.ts';
import type { Caller } from '../door.ts';
import type { Log } from '../log.ts';
import { type Admitted, createAdmission } from './admission.ts';
import type { Board } from './board.ts';
import { type Conn, startGuard } from './guard.ts';
import { type HubStats, startHub } from './hub.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';
import { openLiveMetrics } from './metrics.ts';
import { createRooms, type Rooms } from './rooms.ts';
import { slim } from './slim.ts';
import { createTickets } from './tickets.ts';
import { createUp } from './up.ts';
import { canSendFrames } from './wire.ts';

export type LiveConfig = {
  /** Of the installation; tickets are signed with a key derived from it. */
  readonly secret: string;
  readonly allowLoadIdentity: boolean;
  /** Hosts besides the edge's own that pages may connect from. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<LiveLimits>;
};

export type LiveDeps = {
  readonly httpServer: HttpServer;
  readonly board: Board;
  readonly config: LiveConfig;
  readonly log: Log;
  readonly metrics: { readonly registry: Registry };
  /** Who this browser is; null: nobody, and no personal news. */
  readonly personOf: (headers: IncomingHttpHeaders) => Promise<{ readonly shopperId: string } | null>;
  /** Answers a command of the HTTP wire that came over a socket; null: there is none of this name. */
  readonly ask?: (name: string, given: unknown, caller: Caller) => Promise<object> | null;
  /** The campaign whose live room a marketer's key opens; null: it opens none. */
  readonly campaignOf?: (room: string) => string | null;
  /** The client's address; left out, a proxy on this machine is believed about it and nobody else. */
  readonly addressOf?: (request: IncomingMessage) => string;
};

export type Live = {
  /**
   * Refuses new sockets, closes the open ones in batches as fast as the other edges can take them back (over `drainMs`
   * at most), and stops. Phones come back by themselves.
   */
  close(options?: { readonly overMs?: number }): Promise<void>;
  /** Personal news, to every open page of one shopper. */
  toShopper(shopperId: string, event: string, payload: unknown): void;
  /** Rooms that phones have entered, by the code of a team. */
  readonly rooms: Rooms;
  stats(): HubStats & { readonly sockets: number; readonly backlogBytes: number };
};

/** The other side's address, or what a proxy on the same machine says it is: behind one all phones share an address. */
function addressOf(request: IncomingMessage): string {
  const remote = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  const isLocal = remote === '::1' || /^(::ffff:)?127\./.test(remote);
  return isLocal && forwarded ? String(forwarded).split(',').at(-1)!.trim() : remote;
}

const KEPT_HEADERS = ['cookie', 'origin', 'host', 'accept-language', 'x-festa-locale', 'x-festa-load'] as const;

function callerOf(headers: IncomingHttpHeaders, address: string, locale: string | null): Caller {
  const said = locale === null ? headers : { ...headers, 'x-festa-locale': locale };
  const kept = KEPT_HEADERS.filter((name) => said[name] !== undefined).map((name) => [name, said[name]]);
  return { headers: Object.fromEntries(kept), address };
}

const roomOf = (shopperId: string) => `shopper:${shopperId}`;

/**
 * `ws` answers every protocol ping, without end, also to somebody who never reads; and it waits 30 s for the other
 * side's goodbye. Browsers never send protocol pings.
 */
class ShopWs extends WebSocketServer {
  constructor(options: ConstructorParameters<typeof WebSocketServer>[0]) {
    super({ ...options, autoPong: false, closeTimeout: LIVE_LIMITS.closeMs } as typeof options);
  }
}

/** Puts the live edge on the server of the door: sockets at `/socket.io/`, websocket transport only. */
export function attachLive(deps: LiveDeps): Live {
  const { httpServer, board, config, log } = deps;
  const limits: LiveLimits = { ...LIVE_LIMITS, ...config.limits };
  const metrics = openLiveMetrics(deps.metrics.registry);
  const isFast = canSendFrames();
  if (!isFast) log.warn('ws no longer takes finished frames; live frames go the slower way');
  const guard = startGuard(limits, metrics);
  const hub = startHub({ board, limits, metrics, log, isFast });
  const rooms = createRooms({ isFast });
  const onEvent = createUp({ board, hub, rooms, metrics, ask: deps.ask, campaignOf: deps.campaignOf });
  let isDraining = false;

  const admitted = new WeakMap<IncomingMessage, Admitted>();
  const admit = createAdmission({
    limits,
    metrics,
    tickets: createTickets(config.secret, limits.ticketMs),
    guard,
    allowLoadIdentity: config.allowLoadIdentity,
    hosts: config.hosts ?? [],
    addressOf: deps.addressOf ?? addressOf,
    socketsOpen: () => io.engine.clientsCount,
    isDraining: () => isDraining,
  });

  const io = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    wsEngine: ShopWs as unknown as never,
    maxHttpBufferSize: limits.messageBytesMax,
    pingInterval: limits.pingEveryMs,
    pingTimeout: limits.pingWaitMs,
    connectTimeout: limits.connectMs,
    cleanupEmptyChildNamespaces: true,
    allowRequest: (request, answer) => {
      admit(request, toEpochMs(Date.now())).then(
        (result) => {
          if (typeof result === 'string') return answer(result, false);
          admitted.set(request, result);
          return answer(null, true);
        },
        (error) => {
          log.error({ err: error }, 'admission failed');
          answer('fault', false);
        },
      );
    },
  });
  // A second transport for a socket that has one: nobody of ours asks for it, and it would pass the admission by.
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    const hasSid = new URL(request.url ?? '/', 'http://edge').searchParams.has('sid');
    if (hasSid) metrics.refused.inc({ reason: 'resume' });
    next(hasSid ? new Error('one transport a socket') : undefined);
  });
  // Slow heads hold a connection each; the shop's own requests are small.
  httpServer.headersTimeout = 10_000;
  httpServer.requestTimeout = 15_000;

  io.engine.on('connection', (conn: Conn & { request: IncomingMessage }) => {
    const admission = admitted.get(conn.request);
    guard.watch(conn, admission?.address ?? conn.remoteAddress, admission?.kind === 'load');
    metrics.sockets.set(io.engine.clientsCount);
    conn.on('close', () => metrics.sockets.set(io.engine.clientsCount));
  });

  io.on('connection', (socket: Socket) => {
    const conn = socket.conn as unknown as Conn;
    const { headers } = socket.request;
    const member = hub.add(conn.transport.socket);
    // What a command's caller is known by: the rest of the handshake is let go.
    const admission = admitted.get(socket.request);
    const caller = callerOf(headers, admission?.address ?? conn.remoteAddress, admission?.locale ?? null);
    socket.onAny((event: string, ...args: unknown[]) => onEvent(member, event, args, caller));
    socket.on('disconnect', () => {
      hub.remove(member);
      rooms.enter(member, null);
    });
    const spread = Math.round((io.engine.clientsCount / limits.reconnectsPerSecond) * 1_000);
    const spreadMs = Math.min(limits.spreadMaxMs, Math.max(limits.spreadMinMs, spread));
    socket.emit(welcome.event, { epoch: board.epoch, spreadMs });
    if (headers.cookie) {
      deps.personOf(headers).then(
        (person) => person && socket.connected && socket.join(roomOf(person.shopperId)),
        (error) => log.warn({ err: error }, 'a socket’s session could not be read'),
      );
    }
    if (slim(socket, conn)) metrics.slimmed.inc();
  });

  async function close(options: { readonly overMs?: number } = {}): Promise<void> {
    isDraining = true;
    const conns = Object.values((io.engine as unknown as { clients: Record<string, Conn> }).clients);
    const needMs = (conns.length / limits.reconnectsPerSecond) * 1_000;
    const overMs = options.overMs ?? Math.min(limits.drainMs, needMs);
    const batches = Math.max(1, Math.ceil(overMs / 100));
    const size = Math.ceil(conns.length / batches);
    for (let at = 0; at < conns.length; at += size) {
      // Not `socket.disconnect()`: a phone that is told so does not come back.
      for (const conn of conns.slice(at, at + size)) conn.close();
      if (at + size < conns.length) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    guard.stop();
    hub.stop();
    io.engine.close();
  }

  return {
    close,
    rooms,
    toShopper: (shopperId, event, payload) => {
      io.to(roomOf(shopperId)).emit(event, payload);
    },
    stats: () => ({ ...hub.stats(), sockets: io.engine.clientsCount, backlogBytes: guard.backlogBytes() }),
  };
}
