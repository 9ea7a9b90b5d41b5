import { connect, type Socket } from 'node:net';

export type Reply = { readonly status: number; readonly setCookies: readonly string[]; readonly body: string };

/** The request may have been done or not: nobody said. */
export class NoAnswer extends Error {}

const ANSWER_MS_MAX = 8_000;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One kept connection that carries one request at a time. Much leaner than node:http: the clients share two cores
 * with what they try to break. Takes replies with a length, as the edge's are.
 */
export class Line {
  private socket: Socket | null = null;
  private readonly port: number;
  private last: Promise<unknown> = Promise.resolve();

  constructor(port: number) {
    this.port = port;
  }

  /** Waits for its turn. @throws NoAnswer when the connection broke or was silent before the whole reply was there. */
  send(request: string): Promise<Reply> {
    const reply = this.last.then(() => this.carry(request));
    this.last = reply.catch(() => {});
    return reply;
  }

  private carry(request: string): Promise<Reply> {
    const socket = this.socket ?? connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.socket = socket;
    return new Promise((resolve, reject) => {
      let got: Buffer = Buffer.alloc(0);
      const timer = setTimeout(() => fail('no answer in time'), ANSWER_MS_MAX);
      const end = () => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => {});
      };
      const fail = (why: string) => {
        end();
        socket.destroy();
        this.socket = null;
        reject(new NoAnswer(why));
      };
      socket.on('error', (error) => fail(error.message));
      socket.on('close', () => fail('closed'));
      socket.on('data', (piece: Buffer) => {
        got = got.length === 0 ? piece : Buffer.concat([got, piece]);
        const headEnd = got.indexOf(HEAD_END);
        if (headEnd < 0) return;
        const head = got.subarray(0, headEnd).toString('latin1');
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (got.length < headEnd + 4 + length) return;
        end();
        if (/\r\nconnection: close/i.test(head)) this.close();
        else socket.on('close', () => this.forget(socket));
        resolve({
          status: Number(head.slice(9, 12)),
          setCookies: [...head.matchAll(/\r\nset-cookie: ([^\r]*)/gi)].map(([, cookie]) => cookie as string),
          body: got.subarray(headEnd + 4, headEnd + 4 + length).toString('utf8'),
        });
      });
      socket.write(request);
    });
  }

  private forget(socket: Socket): void {
    if (this.socket === socket) this.socket = null;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }
}
