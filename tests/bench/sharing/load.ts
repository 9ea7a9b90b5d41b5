/*
 * Opens pages of an edge from a process of its own: `load.ts PORT SECONDS RATE CODES-FILE` (RATE 0: as fast as they are
 * answered; no file: the constant). Each request is a browser of its own with its cookie. Prints what it saw as JSON.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

export type Seen = {
  readonly answers: number;
  readonly wrong: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

const [port = '', seconds = '', rate = '', file = ''] = process.argv.slice(2);
const CONNECTIONS = 64;
const codes = file === '' ? [] : (JSON.parse(readFileSync(file, 'utf8')) as string[]);
const browsers = Array.from({ length: 20_000 }, () => randomUUID());
const AGENT =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

let sent = 0;
let wrong = 0;
const took: number[] = [];
function nextRequest(): string {
  sent += 1;
  const code = codes[(sent * 7_919) % codes.length];
  // What begins with a slash is a path of its own.
  const path = code === undefined ? '/constant' : code.startsWith('/') ? code : `/s/${code}`;
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${AGENT}\r\nAccept-Language: zh-CN\r\nCookie: festa_visitor=${browsers[(sent * 31) % browsers.length]}\r\n\r\n`;
}

const idle: Socket[] = [];
const due: number[] = [];
const isOpenLoop = Number(rate) > 0;
function take(socket: Socket, sinceMs: number): void {
  let text = '';
  const heard = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < head + 4 + length) return;
    socket.off('data', heard);
    if (!text.startsWith('HTTP/1.1 200')) wrong += 1;
    took.push(performance.now() - sinceMs);
    if (isOver) return;
    if (!isOpenLoop) return take(socket, performance.now());
    const waiting = due.shift();
    if (waiting === undefined) idle.push(socket);
    else take(socket, waiting);
  };
  socket.on('data', heard);
  socket.write(nextRequest());
}

let isOver = false;
const sockets = await Promise.all(
  Array.from(
    { length: CONNECTIONS },
    () =>
      new Promise<Socket>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => resolve(socket));
        socket.setNoDelay(true);
      }),
  ),
);
const startedAt = performance.now();
const endsAt = startedAt + Number(seconds) * 1_000;
if (isOpenLoop) idle.push(...sockets);
else for (const socket of sockets) take(socket, performance.now());
let asked = 0;
await new Promise<void>((done) => {
  const timer = setInterval(() => {
    const now = performance.now();
    // A request that is late because this process was is late for whoever asked.
    while (isOpenLoop && now < endsAt && asked < ((now - startedAt) * Number(rate)) / 1_000) {
      const at = startedAt + (asked * 1_000) / Number(rate);
      asked += 1;
      const socket = idle.pop();
      if (socket) take(socket, at);
      else due.push(at);
    }
    if (now < endsAt) return;
    clearInterval(timer);
    done();
  }, 1);
});
isOver = true;
const elapsed = (performance.now() - startedAt) / 1_000;
for (const socket of sockets) socket.destroy();
took.sort((a, b) => a - b);
const at = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0;
const seen: Seen = { answers: took.length, wrong, perSecond: took.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
process.stdout.write(`${JSON.stringify(seen)}\n`);
