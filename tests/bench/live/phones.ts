/*
 * Many phones in a process of their own, on bare TCP sockets: they read as fast as the kernel gives and answer pings.
 * Arguments: kind (`festa`, `room`, `ws`, `ws-frames`), port, secret.
 */
import { connect, type Socket } from 'node:net';
import { toEpochMs } from '../../../lib/domain/time.ts';
import { createTickets } from '../../../server/platform/live/tickets.ts';
import { clientFrame, TEXT } from '../../support/raw-socket.ts';
import { answerParent, type PhonesAnswer, type PhonesAsk, SHELVES, stampNow } from './shared.ts';

const [kind, port, secret] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]!];
const tickets = createTickets(secret, 5_000);
const isPlain = kind.startsWith('ws');
/** One frame in this many is read for its stamps; all are counted and their versions followed. */
const READ_EVERY = 5;
const DELTA = '42["stock:changed",["s';
const PONG = clientFrame(TEXT, '3');

type Phone = { socket: Socket; versions: Map<number, number>; onReady: (() => void) | null; shelves: number[] };
const phones: Phone[] = [];
let [frames, gaps, seen] = [0, 0, 0];
let latencies: number[] = [];

function onDelta(phone: Phone, text: string): void {
  frames += 1;
  seen += 1;
  const shelf = text.charCodeAt(DELTA.length) - 48;
  const from = text.indexOf(',', DELTA.length + 4) + 1;
  const version = Number.parseInt(text.slice(from, text.indexOf(',', from)), 10);
  const before = phone.versions.get(shelf);
  if (before !== undefined && version !== before + 1) gaps += 1;
  phone.versions.set(shelf, version);
  if (seen % READ_EVERY !== 0) return;
  const now = stampNow();
  const cells = (JSON.parse(text.slice(2)) as [string, [string, string, number, number[]]])[1][3];
  let oldest = now;
  for (let at = 2; at < cells.length; at += 5) oldest = Math.min(oldest, cells[at]!);
  latencies.push((now - oldest) / 10);
}

function onText(phone: Phone, text: string): void {
  if (text.startsWith(DELTA)) onDelta(phone, text);
  else if (text === '2') phone.socket.write(PONG);
  else if (text.startsWith('0')) phone.socket.write(clientFrame(TEXT, '40'));
  else if (text.startsWith('40')) {
    const shelves = phone.shelves.map((shelf) => ({ id: `s${shelf}` }));
    phone.socket.write(clientFrame(TEXT, `421${JSON.stringify(['shelf:watch', { shelves }])}`));
  } else if (text.startsWith('431')) phone.onReady?.();
}

/** Frames of a server: never masked, whole text frames only. */
function reader(phone: Phone): (chunk: Buffer) => void {
  let rest: Buffer | null = null;
  let isOpen = false;
  return (chunk) => {
    let data = rest ? Buffer.concat([rest, chunk]) : chunk;
    rest = null;
    if (!isOpen) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        rest = data;
        return;
      }
      if (!data.toString('latin1', 0, 12).endsWith('101')) {
        phone.socket.destroy(new Error(data.toString('latin1', 0, end)));
        return;
      }
      isOpen = true;
      data = data.subarray(end + 4);
      if (isPlain) phone.onReady?.();
    }
    let at = 0;
    while (data.length - at >= 2) {
      const short = data[at + 1]!;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6);
      if (data.length - at < head + length) break;
      if ((data[at]! & 15) === TEXT) onText(phone, data.toString('latin1', at + head, at + head + length));
      at += head + length;
    }
    if (at < data.length) rest = Buffer.from(data.subarray(at));
  };
}

function open(shelves: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    const phone: Phone = { socket, versions: new Map(), onReady: resolve, shelves };
    const path = isPlain
      ? `/?shelf=${shelves[0]}`
      : `/socket.io/?EIO=4&transport=websocket&ticket=${tickets.issue('load', toEpochMs(Date.now())).ticket}`;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
    socket.on('data', reader(phone));
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\n' +
        'Accept-Language: zh-CN,zh;q=0.9\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    phones.push(phone);
  });
}

async function connectAll(count: number, shelvesEach: number, isOneShelf: boolean): Promise<void> {
  for (let from = 0; from < count; from += 50) {
    const batch = Array.from({ length: Math.min(50, count - from) }, (_, index) => {
      const base = isOneShelf ? 0 : from + index;
      return open(Array.from({ length: shelvesEach }, (_, step) => (base + step * 2) % SHELVES));
    });
    await Promise.all(batch);
  }
}

function read(): PhonesAnswer {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    connected: phones.filter(({ socket }) => !socket.destroyed).length,
    frames,
    gaps,
    latency: { p50: at(0.5), p99: at(0.99), max: at(1), count: sorted.length },
  };
}

answerParent<PhonesAsk>(async (ask) => {
  if (ask.do === 'connect') await connectAll(ask.count, ask.shelvesEach, ask.isOneShelf === true);
  if (ask.do === 'close') for (const { socket } of phones.splice(0)) socket.destroy();
  const answer = read();
  if (ask.do === 'reset') {
    [frames, gaps, seen] = [0, 0, 0];
    latencies = [];
    for (const { versions } of phones) versions.clear();
  }
  return answer;
});
process.send!({ port: 0 });
