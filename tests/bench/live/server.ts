/*
 * One live server in a process of its own, told what to do by its parent. Kinds: `festa` (board and hub), `room`
 * (socket.io's own `io.to(room).emit`), `ws` (plain ws, `send` of the same text), `ws-frames` (plain ws, the finished
 * frame written as it is). Arguments: kind.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { Server, type Socket } from 'socket.io';
import { WebSocketServer } from 'ws';
import { attachLive } from '../../../server/platform/live/attach.ts';
import { type Board, createBoard } from '../../../server/platform/live/board.ts';
import { encodeEvent, type RawSocket, textOf } from '../../../server/platform/live/wire.ts';
import { answerParent, type Cell, type ServerAsk, SHELF_SKUS, SHELVES, stampNow } from './shared.ts';

const kind = process.argv[2]!;
const SECRET = process.argv[3]!;
const httpServer = createServer((_request, response) => response.end());

type Variant = {
  /** One frame per shelf, of these cells, to everybody on that shelf. */
  broadcast(shelf: number, version: number, cells: readonly Cell[]): void;
  /** One change of one SKU, as it comes. */
  change(sku: number, stamp: number): void;
  counts(): { frames: number; ticks: number };
};

/** Ours. A frame is told by the tick; `first` of a cell is the oldest change that no frame has told yet. */
function festa(): Variant {
  const board = createBoard('bench');
  const first = new Map<number, number>();
  for (let sku = 0; sku < SHELVES * SHELF_SKUS; sku += 1) {
    board.place(`k${sku}`, `s${Math.floor(sku / SHELF_SKUS)}`, sku % SHELF_SKUS);
    board.offer(`k${sku}`, { available: 1, total: 1, tierIndex: -1, tierLeft: 0 });
  }
  const watched: Board = {
    ...board,
    collect() {
      first.clear();
      return board.collect();
    },
  };
  const live = attachLive({
    httpServer,
    board: watched,
    config: {
      secret: SECRET,
      allowLoadIdentity: true,
      limits: { handshakes: { perSecond: 100_000, burst: 100_000 } },
    },
    log: pino({ level: 'warn' }),
    metrics: { registry: new Registry() },
    personOf: async () => null,
  });
  return {
    broadcast(shelf, _version, cells) {
      for (const [slot, stamp, oldest] of cells) {
        board.offer(`k${shelf * SHELF_SKUS + slot}`, { available: stamp, total: oldest, tierIndex: -1, tierLeft: 0 });
      }
    },
    change(sku, stamp) {
      const oldest = first.get(sku) ?? stamp;
      first.set(sku, oldest);
      board.offer(`k${sku}`, { available: stamp, total: oldest, tierIndex: -1, tierLeft: 0 });
    },
    counts: () => ({ frames: live.stats().frames, ticks: live.stats().ticks }),
  };
}

const frameOf = (shelf: number, version: number, cells: readonly Cell[]) => [
  `s${shelf}`,
  'bench',
  version,
  cells.flatMap(([slot, stamp, oldest]) => [slot, stamp, oldest, -1, 0]),
];

/** socket.io with the settings that are not about stock as ours has them. */
function room(): Variant {
  const io = new Server(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
  });
  let [frames, ticks] = [0, 0];
  io.on('connection', (socket: Socket) => {
    socket.on('shelf:watch', ({ shelves }: { shelves: { id: string }[] }, answer: (value: unknown) => void) => {
      for (const { id } of shelves) socket.join(id);
      answer({ ok: true });
    });
  });
  const send = (shelf: number, frame: unknown) => {
    io.to(`s${shelf}`).emit('stock:changed', frame);
    frames += io.of('/').adapter.rooms.get(`s${shelf}`)?.size ?? 0;
  };
  let version = 0;
  return {
    broadcast(shelf, at, cells) {
      send(shelf, frameOf(shelf, at, cells));
      ticks += 1;
    },
    change(sku, stamp) {
      version += 1;
      send(
        Math.floor(sku / SHELF_SKUS),
        frameOf(Math.floor(sku / SHELF_SKUS), version, [[sku % SHELF_SKUS, stamp, stamp]]),
      );
    },
    counts: () => ({ frames, ticks }),
  };
}

function plainWs(isFinished: boolean): Variant {
  const wss = new WebSocketServer({ server: httpServer, perMessageDeflate: false, maxPayload: 4_096 });
  const shelves = Array.from({ length: SHELVES }, () => new Set<RawSocket>());
  let [frames, ticks] = [0, 0];
  wss.on('connection', (ws, request) => {
    const shelf = Number(new URL(request.url!, 'http://bench').searchParams.get('shelf'));
    shelves[shelf]!.add(ws as RawSocket);
    ws.on('close', () => shelves[shelf]!.delete(ws as RawSocket));
  });
  return {
    broadcast(shelf, version, cells) {
      const frame = encodeEvent('stock:changed', frameOf(shelf, version, cells));
      const text = textOf(frame);
      for (const ws of shelves[shelf]!) {
        if (isFinished) ws._sender!.sendFrame!(frame);
        else ws.send(text);
        frames += 1;
      }
      ticks += 1;
    },
    change: () => {},
    counts: () => ({ frames, ticks }),
  };
}

const variant = kind === 'festa' ? festa() : kind === 'room' ? room() : plainWs(kind === 'ws-frames');

/** Every SKU of every shelf changes ten times a second; the same frames in every kind. */
async function fanOut(seconds: number): Promise<void> {
  const ticks = seconds * 10;
  const startedAt = performance.now();
  for (let tick = 1; tick <= ticks; tick += 1) {
    const stamp = stampNow();
    for (let shelf = 0; shelf < SHELVES; shelf += 1) {
      variant.broadcast(
        shelf,
        tick,
        Array.from({ length: SHELF_SKUS }, (_, slot) => [slot, stamp, stamp] as const),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + tick * 100 - performance.now())));
  }
}

/** Changes at a rate, over `skus` SKUs, in slots of 2 ms. */
function changes(perSecond: number, total: number, skus: number): Promise<void> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let done = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000));
      const stamp = stampNow();
      while (done < due) {
        variant.change((done * 7) % skus, stamp);
        done += 1;
      }
      if (done < total) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
}

answerParent<ServerAsk>(async (ask) => {
  if (ask.do === 'fan-out') await fanOut(ask.seconds);
  if (ask.do === 'changes') await changes(ask.perSecond, ask.total, ask.skus);
  if (ask.do === 'memory') for (let turn = 0; turn < 3; turn += 1) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system, rss: process.memoryUsage.rss(), ...variant.counts() };
});

httpServer.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  process.send!({ port: (httpServer.address() as AddressInfo).port });
});
