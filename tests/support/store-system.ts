import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signCall } from '../../server/inventory/reservation-port.http.ts';
import type { Branch, HoldState, TryHold, TryOutcome } from '../../server/inventory/reservation-port.ts';
import { KEY_HEADER, SIGNATURE_HEADER, storeSystem } from '../../server/inventory/store-system.ts';

/*
 * A store's own system, as docs/store-system.openapi.json asks for it, in memory; it can be told to misbehave. Another
 * company's program in all but address: it shares no code with our adapter but the signature.
 */

type Hold = { branches: readonly Branch[]; state: 'active' | HoldState; endsAt: number };
type Level = { onHand: number; reserved: number; sold: number };

/** What happens to one call on its way. */
export type StoreWhim =
  | 'lose_request'
  | 'lose_answer'
  | 'twice'
  | 'twice_at_once'
  | 'too_late'
  | 'broken'
  | 'nonsense'
  | 'half_an_answer';

const placeOf = ({ skuId, locationId }: Pick<Branch, 'skuId' | 'locationId'>) => `${skuId}|${locationId}`;

function openBooks() {
  const levels = new Map<string, Level>();
  const holds = new Map<string, Hold>();

  function end(hold: Hold, state: HoldState): void {
    for (const branch of hold.branches) {
      const level = levels.get(placeOf(branch));
      if (!level) throw new Error('a hold without a level');
      level.reserved -= branch.quantity;
      if (state !== 'confirmed') continue;
      level.onHand -= branch.quantity;
      level.sold += branch.quantity;
    }
    hold.state = state;
  }

  const sorted = (branches: readonly Branch[]) =>
    JSON.stringify(branches.map((one) => `${placeOf(one)}|${one.quantity}`).toSorted());

  return {
    levels,
    holds,
    try({ ownerId, branches, holdMs }: TryHold): TryOutcome {
      const earlier = holds.get(ownerId);
      if (earlier && earlier.state !== 'active') return { kind: 'over', state: earlier.state };
      if (earlier) {
        return sorted(earlier.branches) === sorted(branches)
          ? { kind: 'held', endsAt: earlier.endsAt, isReplay: true }
          : { kind: 'owner_reused' };
      }
      const unknown = branches.filter((branch) => !levels.has(placeOf(branch)));
      if (unknown.length > 0) return { kind: 'unknown_sku', skuIds: unknown.map(({ skuId }) => skuId) };
      const short = branches.flatMap((branch) => {
        const level = levels.get(placeOf(branch));
        const left = level ? level.onHand - level.reserved : 0;
        return left < branch.quantity ? [{ ...branch, left }] : [];
      });
      if (short.length > 0) return { kind: 'sold_out', short };
      for (const branch of branches) {
        const level = levels.get(placeOf(branch));
        if (level) level.reserved += branch.quantity;
      }
      const endsAt = Date.now() + holdMs;
      holds.set(ownerId, { branches, state: 'active', endsAt });
      return { kind: 'held', endsAt, isReplay: false };
    },
    confirm({ ownerId }: { ownerId: string }) {
      const hold = holds.get(ownerId);
      if (hold?.state === 'active') end(hold, 'confirmed');
      return { state: hold ? hold.state : 'unknown' };
    },
    cancel({ ownerId }: { ownerId: string }) {
      const hold = holds.get(ownerId);
      if (hold?.state === 'active') end(hold, 'cancelled');
      // A fence: it holds nothing, and a try that comes after all finds it.
      if (!hold) holds.set(ownerId, { branches: [], state: 'cancelled', endsAt: 0 });
      return { state: hold?.state ?? 'cancelled' };
    },
    expire({ limit }: { limit: number }) {
      const due = [...holds.values()].filter((hold) => hold.state === 'active' && hold.endsAt <= Date.now());
      for (const hold of due.slice(0, limit)) end(hold, 'expired');
      return { ended: Math.min(due.length, limit) };
    },
    /** What does not add up, as sentences. */
    faults(): string[] {
      return [...levels].flatMap(([place, level]) => {
        const held = [...holds.values()]
          .filter(({ state }) => state === 'active')
          .flatMap(({ branches }) => branches)
          .reduce((sum, branch) => sum + (placeOf(branch) === place ? branch.quantity : 0), 0);
        return held === level.reserved && level.onHand >= level.reserved ? [] : [`${place}: ${JSON.stringify(level)}`];
      });
    },
  };
}

/** Which command this is by its key, and how often it has come before; both from 0. */
type Arrival = { readonly command: number; readonly tried: number };

/** @param whimOf what happens to a call on its way */
export async function openStoreSystem(secret: string, whimOf: (arrival: Arrival) => StoreWhim | null = () => null) {
  const books = openBooks();
  const answers = new Map<string, { body: string; answer: string }>();
  const arrivals = new Map<string, Arrival>();
  const counts = { calls: 0, replays: 0, refused: 0 };

  function arrive(key: string): Arrival {
    counts.calls += 1;
    const before = arrivals.get(key);
    const arrival = { command: before?.command ?? arrivals.size, tried: before ? before.tried + 1 : 0 };
    arrivals.set(key, arrival);
    return arrival;
  }

  function settle(call: keyof typeof storeSystem, key: string, body: string): string | null {
    const known = answers.get(key);
    if (known) {
      counts.replays += 1;
      return known.body === `${call}${body}` ? known.answer : null;
    }
    const request = storeSystem[call].request.parse(JSON.parse(body));
    const answer = JSON.stringify(books[call](request as never));
    answers.set(key, { body: `${call}${body}`, answer });
    return answer;
  }

  function serve(request: IncomingMessage, response: ServerResponse, body: string): void {
    const call = Object.entries(storeSystem).find(([, { path }]) => path === request.url)?.[0] as
      | keyof typeof storeSystem
      | undefined;
    const signature = String(request.headers[SIGNATURE_HEADER] ?? '');
    const at = Number(/^t=(\d+),/.exec(signature)?.[1] ?? 0);
    if (!call || Math.abs(Date.now() - at) > 300_000 || signature !== signCall(secret, at, body)) {
      counts.refused += 1;
      response.writeHead(401).end();
      return;
    }
    const key = String(request.headers[KEY_HEADER]);
    const whim = whimOf(arrive(key));
    if (whim === 'lose_request') return void request.socket.destroy();
    if (whim === 'broken') return void response.writeHead(503).end('out of order');
    if (whim === 'too_late') {
      // It arrives when its caller has long given up and asked again.
      setTimeout(() => settle(call, key, body), 60).unref();
      return void request.socket.destroy();
    }
    const answer = settle(call, key, body);
    if (whim === 'twice') settle(call, key, body);
    if (whim === 'twice_at_once') setImmediate(() => settle(call, key, body));
    if (whim === 'lose_answer') return void request.socket.destroy();
    if (whim === 'nonsense') return void response.writeHead(200).end('{"kind":"perhaps"}');
    if (whim === 'half_an_answer') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":');
      setTimeout(() => request.socket.destroy(), 5);
      return;
    }
    if (answer === null) return void response.writeHead(409).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => serve(request, response, Buffer.concat(chunks).toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    books,
    counts,
    put(skuId: string, locationId: string, onHand: number): void {
      books.levels.set(placeOf({ skuId, locationId }), { onHand, reserved: 0, sold: 0 });
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
