import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { Frame } from '../../lib/domain/inventory/frame.ts';
import { connected, heard, type LiveEdge, SECRET, startLiveEdge, ticketOf } from '../support/live.ts';

let edge: LiveEdge;
afterEach(() => edge.stop());

type Answer = { ok: boolean; value?: Record<string, unknown>; refusal?: { code: string } };
const ask = (socket: Socket, event: string, payload: unknown): Promise<Answer> =>
  socket.timeout(5_000).emitWithAck(event, payload);
const watch = (socket: Socket, shelves: unknown[], background?: boolean) =>
  ask(socket, 'shelf:watch', { shelves, ...(background === undefined ? {} : { background }) });

test('a phone that watches a shelf gets a snapshot and then each change', async () => {
  edge = await startLiveEdge();
  const socket = await connected(edge.client());
  const snapshot = heard<Frame>(socket, 'stock:snapshot');
  expect(await watch(socket, [{ id: 's0' }, { id: 'no-such-shelf' }])).toEqual({
    ok: true,
    value: { watching: ['s0'] },
  });
  const [shelf, epoch, version] = await snapshot;
  expect([shelf, epoch]).toEqual(['s0', 'epoch-1']);
  const change = heard<Frame>(socket, 'stock:changed');
  edge.offer('s0/2', 41);
  expect(await change).toEqual(['s0', 'epoch-1', version + 1, [2, 41, 100, -1, 0]]);
});

test('the welcome says the epoch and how far to spread, and a heartbeat comes every 2 seconds', async () => {
  edge = await startLiveEdge({ limits: { heartbeatMs: 200 } });
  const socket = edge.client();
  const welcome = heard(socket, 'live:welcomed');
  const beat = heard<{ now: number }>(socket, 'live:heartbeat');
  expect(await welcome).toEqual({ epoch: 'epoch-1', spreadMs: 500 });
  expect(Math.abs((await beat).now - Date.now())).toBeLessThan(5_000);
});

test('a phone that comes back with its version gets nothing, the deltas it missed, or a snapshot', async () => {
  edge = await startLiveEdge();
  const first = await connected(edge.client());
  const snapshot = heard<Frame>(first, 'stock:snapshot');
  await watch(first, [{ id: 's0' }]);
  const [, epoch, version] = await snapshot;
  first.disconnect();

  const second = await connected(edge.client());
  const got: string[] = [];
  second.onAny((event: string) => event.startsWith('stock:') && got.push(event));
  await watch(second, [{ id: 's0', have: { epoch, version } }]);
  expect(got).toEqual([]);
  const change = heard<Frame>(second, 'stock:changed');
  edge.offer('s0/0', 1);
  await change;

  const third = await connected(edge.client());
  const delta = heard<Frame>(third, 'stock:changed');
  await watch(third, [{ id: 's0', have: { epoch, version } }]);
  expect((await delta)[2]).toBe(version + 1);

  const fourth = await connected(edge.client());
  const whole = heard<Frame>(fourth, 'stock:snapshot');
  await watch(fourth, [{ id: 's0', have: { epoch: 'another-life', version: version + 1 } }]);
  expect((await whole)[2]).toBe(version + 1);
});

test('a page in the background hears once a second, whole', async () => {
  edge = await startLiveEdge({ limits: { backgroundTickMs: 300 } });
  const socket = await connected(edge.client());
  await watch(socket, [{ id: 's0' }], true);
  const events: string[] = [];
  socket.onAny((event: string) => event.startsWith('stock:') && events.push(event));
  const whole = heard<Frame>(socket, 'stock:snapshot');
  edge.offer('s0/3', 5);
  expect((await whole)[3]).toContain(5);
  expect(events).toEqual(['stock:snapshot']);
});

test('looking elsewhere ends the news of the shelf before', async () => {
  edge = await startLiveEdge({ shelves: 2 });
  const socket = await connected(edge.client());
  await watch(socket, [{ id: 's0' }]);
  const arrived = heard<Frame>(socket, 'stock:snapshot');
  await watch(socket, [{ id: 's1' }]);
  await arrived;
  const shelves: string[] = [];
  socket.on('stock:changed', ([shelf]: Frame) => shelves.push(shelf));
  edge.offer('s0/0', 3);
  const change = heard<Frame>(socket, 'stock:changed');
  edge.offer('s1/0', 3);
  await change;
  expect(shelves).toEqual(['s1']);
});

test('an unknown event, a malformed request and more than 8 shelves are refused with a code', async () => {
  edge = await startLiveEdge({ shelves: 9 });
  const socket = await connected(edge.client());
  const code = async (event: string, payload: unknown) => (await ask(socket, event, payload)).refusal?.code;
  expect(await code('order:steal', {})).toBe('not_found');
  expect(await code('toString', {})).toBe('not_found');
  expect(await code('shelf:watch', { shelves: 'all' })).toBe('invalid_input');
  expect(await code('shelf:watch', null)).toBe('invalid_input');
  expect(await code('shelf:watch', { shelves: [{ id: 's0', price: 1 }] })).toBe('invalid_input');
  expect(await code('shelf:watch', { shelves: Array.from({ length: 9 }, (_, at) => ({ id: `s${at}` })) })).toBe(
    'invalid_input',
  );
  expect((await ask(socket, 'clock:sample', {})).ok).toBe(true);
  expect(await edge.metric('festa_live_refused_messages_total')).toBe(6);
});

test('a clock sample carries the server’s times', async () => {
  edge = await startLiveEdge();
  const socket = await connected(edge.client());
  const before = Date.now();
  const { value } = await ask(socket, 'clock:sample', {});
  const { receivedAt, sentAt } = value as { receivedAt: number; sentAt: number };
  expect(receivedAt).toBeGreaterThanOrEqual(before);
  expect(sentAt).toBeGreaterThanOrEqual(receivedAt);
});

test('the snapshot of a shelf can be asked for, and an unknown shelf has none', async () => {
  edge = await startLiveEdge();
  const socket = await connected(edge.client());
  const { value } = await ask(socket, 'shelf:snapshot', { id: 's0' });
  expect((value!.frame as Frame)[3]).toHaveLength(20);
  expect((await ask(socket, 'shelf:snapshot', { id: 'no-such-shelf' })).value).toEqual({ frame: null });
});

test('personal news reaches every page of one shopper and nobody else', async () => {
  edge = await startLiveEdge({
    personOf: async (headers) => (headers.cookie ? { shopperId: headers.cookie.replace('shopper=', '') } : null),
  });
  const open = (cookie: string) => connected(edge.client({ ticket: ticketOf('load') }, { cookie }));
  const [mine, mineToo, another] = [await open('shopper=a'), await open('shopper=a'), await open('shopper=b')];
  const heardByAnother: unknown[] = [];
  another.on('order:moved', (payload) => heardByAnother.push(payload));
  // The session is read after the socket is open; one question and its answer later it has been.
  for (const socket of [mine, mineToo, another]) await ask(socket, 'clock:sample', {});
  const news = Promise.all([heard(mine, 'order:moved'), heard(mineToo, 'order:moved')]);
  edge.live.toShopper('a', 'order:moved', { orderId: 'o1', state: 'paid', sequence: 3 });
  expect(await news).toEqual(Array(2).fill({ orderId: 'o1', state: 'paid', sequence: 3 }));
  await ask(another, 'clock:sample', {});
  expect(heardByAnother).toEqual([]);
});

test('draining refuses new sockets and ends the open ones so that they come back by themselves', async () => {
  edge = await startLiveEdge();
  const sockets = await Promise.all(Array.from({ length: 6 }, () => connected(edge.client())));
  const reasons = sockets.map((socket) => heard<string>(socket, 'disconnect'));
  const closing = edge.live.close({ overMs: 300 });
  const late = edge.client();
  await heard(late, 'connect_error');
  await closing;
  expect(await Promise.all(reasons)).toEqual(Array(6).fill('transport close'));
});

test('the handshake’s request is let go once it has been read, and news still arrives', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  edge = await startLiveEdge();
  const requests: WeakRef<object>[] = [];
  edge.httpServer.on('upgrade', (request) => requests.push(new WeakRef(request)));
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connected(edge.client())));
  expect(await edge.metric('festa_live_slimmed_total')).toBe(20);
  await Promise.all(sockets.map((socket) => ask(socket, 'clock:sample', {})));
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  expect(requests.filter((reference) => reference.deref() !== undefined).length).toBeLessThanOrEqual(2);
  const gone = heard(sockets[0]!, 'disconnect');
  sockets[0]!.disconnect();
  await gone;
  const last = await connected(edge.client());
  await ask(last, 'clock:sample', {});
  expect(edge.live.stats().sockets).toBe(20);
});

test('tickets: none, forged, too old and a load ticket where none is allowed are refused', async () => {
  edge = await startLiveEdge();
  const refusedFor = async (query: Record<string, string>) => {
    const before = await edge.metric('festa_live_refused_total', { reason: 'ticket' });
    await heard(edge.client(query), 'connect_error');
    return (await edge.metric('festa_live_refused_total', { reason: 'ticket' })) - before;
  };
  expect(await refusedFor({})).toBe(1);
  expect(await refusedFor({ ticket: ticketOf('visitor', 'another-secret') })).toBe(1);
  expect(await refusedFor({ ticket: `${ticketOf('visitor', SECRET)}x` })).toBe(1);
  await connected(edge.client({ ticket: ticketOf('visitor') }));
});

test('an address that opens too many sockets is told no, a signed load identity is not', async () => {
  edge = await startLiveEdge({ limits: { handshakesPerAddress: { perSecond: 1, burst: 2 } } });
  const outcome = (socket: Socket) =>
    Promise.race([heard(socket, 'connect').then(() => 'in'), heard(socket, 'connect_error').then(() => 'out')]).catch(
      () => 'silent',
    );
  const visitors = await Promise.all(
    Array.from({ length: 12 }, () => outcome(edge.client({ ticket: ticketOf('visitor') }))),
  );
  expect(visitors.filter((result) => result === 'in').length).toBeLessThanOrEqual(4);
  expect(visitors.filter((result) => result === 'out').length).toBeGreaterThanOrEqual(8);
  const loads = await Promise.all(Array.from({ length: 12 }, () => outcome(edge.client())));
  expect(loads).toEqual(Array(12).fill('in'));
});

test('a page of another site may not open a socket', async () => {
  edge = await startLiveEdge();
  await heard(edge.client({ ticket: ticketOf() }, { origin: 'https://elsewhere.example' }), 'connect_error');
  await connected(edge.client({ ticket: ticketOf() }, { origin: `http://127.0.0.1:${edge.port}` }));
});

test('beyond its capacity the edge refuses instead of slowing everybody', async () => {
  edge = await startLiveEdge({ limits: { socketsMax: 2 } });
  await connected(edge.client());
  await connected(edge.client());
  await heard(edge.client(), 'connect_error');
  expect(await edge.metric('festa_live_refused_total', { reason: 'full' })).toBe(1);
});
