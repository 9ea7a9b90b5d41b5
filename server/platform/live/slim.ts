import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { Conn } from './guard.ts';

/** engine.io 6.6 listens for the end of the connection with this, and the listener holds the handshake's request. */
const HOLDER = '() => this.emit("close")';

type Wrapped = (() => void) & { readonly listener?: () => void };

/**
 * Lets go of the handshake's request and headers, a fifth of what a connection holds. Done when everything of them has
 * been read. Where engine.io no longer has that listener nothing is taken away.
 * @returns whether the request was let go
 */
export function slim(socket: Socket, conn: Conn): boolean {
  const net = (conn.transport.socket as unknown as { _socket?: NetSocket })._socket;
  const holder = (net?.rawListeners('close') as Wrapped[] | undefined)?.find(
    (listener) => String(listener.listener ?? listener) === HOLDER,
  );
  if (!net || !holder) return false;
  net.removeListener('close', holder.listener ?? holder);
  conn.request = null;
  const { auth, address } = socket.handshake;
  Object.assign(socket, { handshake: { auth, address } });
  return true;
}
