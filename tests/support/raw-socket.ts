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

/**
 * Opens a bare WebSocket to the live edge and joins; then no pong, no close answer, no manners. `isReading: false`: takes
 * nothing more from the connection. `isSilent`: does not say CONNECT either.
 */
export async function rawClient(
  port: number,
  ticket: string,
  options: { isReading?: boolean; isSilent?: boolean; query?: string } = {},
): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let heard = '';
  const hears = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const look = (data: Buffer) => {
        heard += data.toString('latin1');
        if (!heard.includes(wanted)) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
      void closed.then(() => reject(new Error(`closed before it said "${wanted}"`)));
    });
  const query = options.query ?? `EIO=4&transport=websocket&ticket=${ticket}`;
  socket.write(
    `GET /socket.io/?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await hears('\r\n\r\n');
  if (!options.isSilent) {
    socket.write(clientFrame(TEXT, '40'));
    await hears('40{');
  }
  if (options.isReading === false) socket.pause();
  else socket.on('data', () => {});
  return {
    socket,
    status: heard.split('\r\n')[0]!,
    closed,
    send: (opcode, payload) => socket.write(clientFrame(opcode, payload)),
  };
}
