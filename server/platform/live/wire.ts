import { PassThrough } from 'node:stream';
import * as ws from 'ws';

/** One finished WebSocket text frame, in the list form that `ws` takes. Made once, written to every phone. */
export type Encoded = readonly [Buffer];

const FIN_TEXT = 0x81;

function textFrame(text: string): Encoded {
  const body = Buffer.from(text);
  const extra = body.length < 126 ? 0 : body.length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extra + body.length);
  frame[0] = FIN_TEXT;
  if (extra === 0) frame[1] = body.length;
  if (extra === 2) {
    frame[1] = 126;
    frame.writeUInt16BE(body.length, 2);
  }
  if (extra === 8) {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(body.length), 2);
  }
  body.copy(frame, 2 + extra);
  return [frame];
}

/** The bytes that socket.io would send for `emit(event, payload)`: message (4), event (2), its arguments. */
export function encodeEvent(event: string, payload: unknown): Encoded {
  return textFrame(`42${JSON.stringify([event, payload])}`);
}

/** The text inside a frame of `encodeEvent`. */
export function textOf([frame]: Encoded): string {
  const length = frame[1]!;
  return frame.toString('utf8', length < 126 ? 2 : length === 126 ? 4 : 10);
}

/** The parts of `ws` that its types do not name; engine.io's own transport uses the same. */
export type RawSocket = ws.WebSocket & {
  readonly _sender?: { sendFrame?(list: Encoded): void };
  readonly _socket?: { readonly writableLength: number } | null;
};

/**
 * Whether this version of `ws` writes a finished frame as it is. Tried once at the start, because the call is not
 * public: where it has changed, every phone gets the same bytes by `ws.send`, only slower.
 */
export function canSendFrames(): boolean {
  try {
    const pipe = new PassThrough();
    const { Sender } = ws as unknown as { Sender: new (to: PassThrough) => { sendFrame(list: Encoded): void } };
    const sender = new Sender(pipe);
    const frame = encodeEvent('live:probe', 1);
    sender.sendFrame(frame);
    const written = pipe.read() as Buffer | null;
    return written?.equals(frame[0]) ?? false;
  } catch {
    return false;
  }
}

/** Bytes that the kernel has not taken yet. 0 for a phone that keeps up, also right after a write. */
export function backlogOf(socket: RawSocket): number {
  return socket._socket ? socket._socket.writableLength : socket.bufferedAmount;
}

/** Writes a finished frame; without the unpublished call the text goes the public way. */
export function writeFrame(socket: RawSocket, frame: Encoded, isFast: boolean): void {
  if (isFast && socket._sender?.sendFrame) socket._sender.sendFrame(frame);
  else socket.send(textOf(frame));
}
