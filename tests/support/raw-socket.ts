import { connect, type Socket } from 'node:net';

/** One masked client frame, as a browser would send it. */
export function clientFrame(opcode: number, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const head =
    body.length < 126
      ? [0x80 | opcode, 0x80 | body.length]
      : body.length < 65_536
        ? [0x80 | opcode, 0xfe, body.length >> 8, body.length & 255]
        : [
            0x80 | opcode,
            0xff,
            0,
            0,
            0,
            0,
            (body.length >>> 24) & 255,
            (body.length >> 16) & 255,
            (body.length >> 8) & 255,
            body.length & 255,
          ];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]);
}

export const TEXT = 1;
export const PING = 9;

export type RawClient = {
  readonly socket: Socket;
  /** The status line of the handshake's answer. */
  readonly status: string;
  /** When the connection's end was seen, as a promise. */
  readonly closed: Promise<void>;
  send(opcode: number, payload: string | Buffer): boolean;
};

/** Opens a bare WebSocket handshake to the live edge; no pong, no close answer, no manners. */
export async function rawClient(
  port: number,
  ticket: string,
  options: { isReading?: boolean; query?: string } = {},
): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const query = options.query ?? `EIO=4&transport=websocket&ticket=${ticket}`;
  socket.write(
    `GET /socket.io/?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  const first = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('close', () => reject(new Error('closed before an answer')));
  });
  if (options.isReading === false) socket.pause();
  else socket.on('data', () => {});
  return {
    socket,
    status: first.toString('latin1').split('\r\n')[0]!,
    closed,
    send: (opcode, payload) => socket.write(clientFrame(opcode, payload)),
  };
}
