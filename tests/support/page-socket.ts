import { io, type Socket } from 'socket.io-client';
import { liveTicketRead } from '../../lib/contracts/live.ts';
import { accepted, type Browser } from './browser.ts';
import type { Edge } from './edge.ts';

/** Sockets as pages open them, each with its own ticket; `close` ends all that are open. */
export function pageSockets() {
  let sockets: Socket[] = [];
  return {
    async open(at: Edge, browser: Browser): Promise<Socket> {
      const { ticket } = accepted(await browser.call(liveTicketRead, {}));
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const socket = io(at.origin, {
        ...{ transports: ['websocket'], reconnection: false, forceNew: true, query: { ticket } },
        extraHeaders: { cookie, 'accept-language': 'zh-CN' },
      });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
    send: (socket: Socket, name: string, request: unknown) => socket.timeout(20_000).emitWithAck(name, request),
    close(): void {
      for (const socket of sockets) socket.disconnect();
      sockets = [];
    },
  };
}
