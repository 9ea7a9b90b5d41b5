import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { cartMerge } from '../../../lib/contracts/cart.ts';
import { orderQuote, orderSubmit } from '../../../lib/contracts/order.ts';
import { toEpochMs } from '../../../lib/domain/time.ts';
import { issueLoadIdentity } from '../../../server/identity/load-identity.ts';
import { LIVE_LIMITS } from '../../../server/platform/live/limits.ts';
import { createTickets } from '../../../server/platform/live/tickets.ts';
import { SECRET } from '../../faults/cluster.ts';
import { History } from '../../faults/history.ts';
import { Phone } from '../../faults/phone.ts';
import { accepted } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { median } from '../live/shared.ts';
import type { BenchOptions } from '../report.ts';
import { cpuOfProcess, openWorld, stockGoods, type World } from './world.ts';

/*
 * Words: door = a way into a real edge process, HTTP or an open socket; empty request = the same command, body and
 * session on the same door, from somebody who has no phone number and is told so before any handler runs.
 */

const EDGE = join(import.meta.dirname, '../../faults/edge-process.ts');
const PHONES = 400;
/** Faster than this, a socket is taken for a flood. */
const PACE_MS = 1_000 / 40;
/** So many sign in at once. */
const WAVE = 50;
const HOUR_MS = 3_600_000;
/** What a refusal for "sold out" may cost, in empty requests. */
const PROMISE = 1.3;

type Answer = { readonly ok: boolean; readonly refusal?: { readonly code: string } };
/** One phone's way through one door: sends the command and says what came back. */
type Way = { readonly wants: string; send(request: object): Promise<Answer> };
type Cost = { readonly edgeUs: number; readonly postgresUs: number };

async function startEdge(world: World, port: number): Promise<{ child: ChildProcess; stop(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'festa-bench-door-'));
  const child = spawn(process.execPath, [EDGE], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH ?? '',
      FESTA_HOME: home,
      FESTA_ROLE: 'edge',
      FESTA_SECRET: SECRET,
      DATABASE_URL: world.url,
      PORT: String(port),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return {
    child,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function openSocket(phone: Phone, port: number): Promise<Socket> {
  const { ticket } = createTickets(SECRET, LIVE_LIMITS.ticketMs).issue('load', toEpochMs(Date.now()));
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    query: { ticket },
    extraHeaders: { cookie: phone.cookieHeader, 'x-festa-load': phone.loadIdentity },
  });
  await new Promise<void>((done, fail) => {
    socket.once('connect', done);
    socket.once('connect_error', fail);
  });
  return socket;
}

async function inWaves<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < all.length; from += WAVE) {
    done.push(...(await Promise.all(all.slice(from, from + WAVE).map(work))));
  }
  return done;
}

/** Sends `count` commands, each phone one after the other, all phones at once. @throws at any other answer than expected */
async function storm(ways: readonly Way[], count: number, requestOf: (way: number) => object): Promise<void> {
  let left = count;
  await Promise.all(
    ways.map(async ({ send, wants }, index) => {
      while (left-- > 0) {
        const begun = performance.now();
        const { ok, refusal } = await send(requestOf(index));
        if (ok || refusal?.code !== wants) throw new Error(`Not "${wants}": ${JSON.stringify(refusal ?? ok)}`);
        const rest = begun + PACE_MS - performance.now();
        if (rest > 0) await pause(rest);
      }
    }),
  );
}

/** What one sold-out answer costs at each door of a real edge, in CPU, beside an empty request there. */
export async function measureDoor({ quick, report }: BenchOptions): Promise<void> {
  const rounds = quick ? 1 : 5;
  const count = quick ? 3_000 : 30_000;
  const world = await openWorld();
  const port = await freePort();
  const edge = await startEdge(world, port);
  const identity = issueLoadIdentity(SECRET, Date.now() + HOUR_MS);
  const history = new History(null);
  const phones = Array.from({ length: 2 * PHONES + 1 }, (_, n) => new Phone(n, [port], identity));
  const [buyer, ...others] = phones as [Phone, ...Phone[]];
  const [verified, nameless] = [others.slice(0, PHONES), others.slice(PHONES)];
  const sockets: Socket[] = [];
  try {
    const [skuId = ''] = await stockGoods(world.db, 'door', 1, 1);
    const lines = [{ skuId, quantity: 1 }];
    const bodies = await inWaves([buyer, ...verified], async (phone) => {
      await phone.signIn(`154${String(phone.number).padStart(8, '0')}`, history);
      const { quote } = accepted(await phone.ask(orderQuote, { lines }, history));
      return { lines, quoteVersion: quote.version, addressId: phone.addressId };
    });
    await inWaves(nameless, async (phone) => accepted(await phone.ask(cartMerge, { lines: [] }, history)));
    accepted(await buyer.ask(orderSubmit, { key: randomUUID(), ...bodies[0]! }, history));
    const requestOf = (way: number) => ({ key: randomUUID(), ...bodies[way + 1]! });

    const byHttp = (phone: Phone, wants: string): Way => ({ wants, send: (given) => phone.send(orderSubmit, given) });
    const bySocket = async (phone: Phone, wants: string): Promise<Way> => {
      const socket = await openSocket(phone, port);
      sockets.push(socket);
      return { wants, send: (given) => socket.timeout(8_000).emitWithAck(orderSubmit.name, given) };
    };
    const doors = {
      http: {
        refused: verified.map((phone) => byHttp(phone, 'lines_refused')),
        empty: nameless.map((phone) => byHttp(phone, 'phone_required')),
      },
      socket: {
        refused: await inWaves(verified, (phone) => bySocket(phone, 'lines_refused')),
        empty: await inWaves(nameless, (phone) => bySocket(phone, 'phone_required')),
      },
    };

    const cost = async (ways: readonly Way[], commands: number): Promise<Cost> => {
      const before = { edge: await cpuOfProcess(edge.child.pid!), postgres: await world.cpuUs() };
      await storm(ways, commands, requestOf);
      return {
        edgeUs: ((await cpuOfProcess(edge.child.pid!)) - before.edge) / commands,
        postgresUs: ((await world.cpuUs()) - before.postgres) / commands,
      };
    };

    for (const [door, { refused, empty }] of Object.entries(doors)) {
      const soldOut: Cost[] = [];
      const nothing: Cost[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const own = round < 0 ? Math.min(count, 6_000) : count; // the first warms up
        const costs = [await cost(empty, own), await cost(refused, own)] as const;
        if (round < 0) continue;
        nothing.push(costs[0]);
        soldOut.push(costs[1]);
        await pause(100);
      }
      const edgeOf = (costs: readonly Cost[]) => median(costs.map(({ edgeUs }) => edgeUs));
      const ratios = soldOut.map(({ edgeUs }, round) => edgeUs / nothing[round]!.edgeUs);
      const postgres = median(soldOut.map(({ postgresUs }) => postgresUs));
      report({
        name: `door-${door}`,
        ours: edgeOf(soldOut),
        baseline: edgeOf(nothing),
        ratio: 1 / median(ratios),
        unit: 'µs CPU of the edge per sold-out answer',
        runs: rounds,
        spread: `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)} × an empty request`,
        notes: `${median(ratios).toFixed(2)} × an empty request on this door (promise ≤ ${PROMISE}); ${postgres.toFixed(1)} µs more in Postgres; ${PHONES} phones`,
      });
    }
  } finally {
    for (const socket of sockets) socket.disconnect();
    for (const phone of phones) phone.close();
    await edge.stop();
    await world.stop();
  }
}
