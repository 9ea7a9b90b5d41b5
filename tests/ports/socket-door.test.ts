import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liveHttpCommands, liveTicketRead } from '../../lib/contracts/live.ts';
import { orderQuote, orderSubmit } from '../../lib/contracts/order.ts';
import { LIMITS } from '../../server/platform/limits.ts';
import { accepted, type Browser } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';

let edge: Edge;
let sockets: Socket[] = [];

beforeEach(async () => {
  edge = await openEdge();
});
afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  sockets = [];
  await edge.close();
});

const LIMITED = { 'x-forwarded-for': '198.51.100.7' };

/** The open socket of this browser, with its cookies and address. */
async function socketOf(
  browser: Browser,
  headers: Record<string, string> = LIMITED,
  asked: { locale?: string } = {},
): Promise<Socket> {
  const { ticket } = accepted(await browser.call(liveTicketRead, {}));
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = io(edge.origin, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    query: { ticket, ...asked },
    extraHeaders: { ...headers, cookie, 'accept-language': 'zh-CN' },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

const send = (socket: Socket, name: string, request: unknown) => socket.timeout(20_000).emitWithAck(name, request);

async function requestFor({ browser, addressId }: Awaited<ReturnType<typeof shopperAt>>, skuId: string) {
  const lines = [{ skuId, quantity: 1 }];
  const { quote } = accepted(await browser.call(orderQuote, { lines }));
  return { key: randomUUID(), lines, quoteVersion: quote.version, addressId };
}

test('an order over the socket is answered as over HTTP, whatever the answer is', async () => {
  await putOnSale(edge.db, { id: 'a', onHand: 1 });
  const shopper = await shopperAt(edge, '13800000001');
  const other = await shopperAt(edge, '13800000002');
  const [request, late] = [await requestFor(shopper, 'a'), await requestFor(other, 'a')];
  const socket = await socketOf(shopper.browser);
  const made = await send(socket, 'order.submit', request);
  expect(made).toMatchObject({ ok: true, value: { isReplay: false } });
  expect(await shopper.browser.call(orderSubmit, request)).toEqual({
    ok: true,
    value: { ...made.value, isReplay: true },
  });
  expect(await send(socket, 'order.submit', request)).toEqual({ ok: true, value: { ...made.value, isReplay: true } });

  const theirs = await socketOf(other.browser);
  const wrong = [
    late,
    { ...request, lines: [{ skuId: 'a', quantity: 2 }] },
    { ...late, quoteVersion: 'not a version of ours' },
    { ...late, addressId: 'nowhere' },
    { ...late, surprise: true },
    { ...late, note: 'half a \ud800 pair' },
    { key: 'no key' },
  ];
  for (const one of wrong) {
    const browser = one.key === request.key ? shopper.browser : other.browser;
    const way = one.key === request.key ? socket : theirs;
    expect(await send(way, 'order.submit', one)).toEqual(await browser.call(orderSubmit, one));
  }
});

test('an answer that was cut off after the commit is had over HTTP with the same key: one order', async () => {
  await putOnSale(edge.db, { id: 'a', onHand: 10 });
  const shopper = await shopperAt(edge, '13800000001');
  for (let round = 0; round < 5; round += 1) {
    const request = await requestFor(shopper, 'a');
    const socket = await socketOf(shopper.browser);
    const before = await edge.db.query('select id from orders');
    const lost = socket
      .timeout(20_000)
      .emitWithAck('order.submit', request)
      .catch(() => 'lost');
    // The line breaks as soon as the order is in the database, or before: the phone cannot tell.
    const until = Date.now() + 20_000;
    while ((await edge.db.query('select id from orders')).length === before.length) {
      if (Date.now() > until) throw new Error('no order was made');
    }
    socket.disconnect();
    await lost;
    const again = accepted(await shopper.browser.call(orderSubmit, request));
    const made = await edge.db.query<{ id: string }>('select id from orders where key = $1', [request.key]);
    expect(made).toEqual([{ id: again.orderId }]);
  }
});

test('a socket without a session, a stranger’s page and an unknown command are refused as over HTTP', async () => {
  await putOnSale(edge.db, { id: 'a' });
  const nobody = edge.browser();
  const socket = await socketOf(nobody);
  const request = {
    key: randomUUID(),
    lines: [{ skuId: 'a', quantity: 1 }],
    quoteVersion: 'x'.repeat(20),
    addressId: 'a',
  };
  expect(await send(socket, 'order.submit', request)).toEqual(await nobody.call(orderSubmit, request));
  expect(await send(socket, 'order.submit', request)).toMatchObject({ refusal: { code: 'login_required' } });
  for (const name of ['ops.adjustStock', 'order.cancel', 'payment.start', 'order.nothing', 'constructor']) {
    expect(await send(socket, name, {})).toEqual({ ok: false, refusal: { code: 'not_found' } });
  }
  // Without an acknowledgement nobody would hear of it: nothing is done.
  const shopper = await shopperAt(edge, '13800000001');
  const theirs = await socketOf(shopper.browser);
  theirs.emit('order.submit', await requestFor(shopper, 'a'));
  await send(theirs, 'clock:sample', {});
  expect(await edge.db.query('select id from orders')).toEqual([]);
});

test('a refusal over the socket is said in the language of the page, whatever the browser prefers', async () => {
  const nobody = edge.browser();
  const sentences: string[] = [];
  for (const locale of ['en-US', 'zh-CN', undefined, 'xx']) {
    const socket = await socketOf(nobody, { ...LIMITED }, locale === undefined ? {} : { locale });
    const { refusal } = await send(socket, 'order.submit', { key: 'no key' });
    sentences.push(refusal.message);
  }
  const [english, chinese] = [/^[A-Z][\x20-\x7e]+$/, /[\u4e00-\u9fff]/];
  expect(sentences[0]).toMatch(english);
  for (const sentence of sentences.slice(1)) expect(sentence).toMatch(chinese);
});

test('commands over sockets and over HTTP count against one limit of an address', async () => {
  const browser = edge.browser();
  const spent = { headers: { ...LIMITED } };
  for (let n = 0; n < LIMITS.requestsPerAddress.points; n += 1) await browser.call(orderQuote, { lines: [] }, spent);
  const socket = await socketOf(browser);
  expect(await send(socket, liveHttpCommands[0], {})).toMatchObject({ ok: false, refusal: { code: 'try_later' } });
});
