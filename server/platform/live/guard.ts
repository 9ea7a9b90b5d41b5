import type { LiveLimits } from './limits.ts';
import type { LiveMetrics } from './metrics.ts';
import { backlogOf, type RawSocket } from './wire.ts';

/** The parts of engine.io's socket that we use. */
export type Conn = {
  readonly id: string;
  readonly remoteAddress: string;
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket: RawSocket };
  request: unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  close(discard?: boolean): void;
};

/** `stuck`: it has taken nothing for `stuckMs`, though it may answer pings. */
type EndReason = 'flood' | 'backlog' | 'stuck';

type Watched = { readonly conn: Conn; backlogBytes: number; since: number };

export type Guard = {
  watch(conn: Conn, address: string, isLoad: boolean): void;
  /** Whether this address is waiting out a penalty. */
  isPenalised(address: string): boolean;
  /** Bytes that phones have not taken, over all sockets. */
  backlogBytes(): number;
  stop(): void;
};

/**
 * Ends sockets that hurt the others: more packets than any page sends, or so slow that news piles up in our memory.
 * Counted on engine.io's packets, before their content is parsed: a bucket on events would pay for the parsing first.
 */
export function startGuard(limits: LiveLimits, metrics: LiveMetrics): Guard {
  const penalties = new Map<string, number>();
  const watched = new Set<Watched>();

  function end(conn: Conn, reason: EndReason): void {
    metrics.ended.inc({ reason });
    const { socket } = conn.transport;
    // What has arrived already would still be parsed, packet by packet.
    for (const event of ['message', 'ping', 'pong']) socket.removeAllListeners(event);
    // Not `close`: that waits for an answer, and a rude client gives none.
    socket.terminate();
  }

  /** Why this socket must end now, or null. */
  function verdict(entry: Watched, now: number): EndReason | null {
    const { conn } = entry;
    const bytes = backlogOf(conn.transport.socket);
    if (bytes !== entry.backlogBytes || bytes === 0) {
      entry.backlogBytes = bytes;
      entry.since = now;
    }
    if (bytes > limits.backlogBytesMax || conn.writeBuffer.length > limits.backlogPacketsMax) return 'backlog';
    return now - entry.since > limits.stuckMs ? 'stuck' : null;
  }

  const sweep = setInterval(() => {
    const now = performance.now();
    for (const entry of watched) {
      const reason = verdict(entry, now);
      if (reason) end(entry.conn, reason);
    }
    for (const [address, until] of penalties) if (until <= now) penalties.delete(address);
  }, limits.sweepEveryMs);
  sweep.unref();

  return {
    watch(conn, address, isLoad) {
      const entry: Watched = { conn, backlogBytes: 0, since: performance.now() };
      watched.add(entry);
      let tokens = limits.packets.burst;
      let at = performance.now();
      const spend = () => {
        const now = performance.now();
        tokens = Math.min(limits.packets.burst, tokens + ((now - at) * limits.packets.perSecond) / 1_000) - 1;
        at = now;
        if (tokens >= 0) return;
        if (!isLoad) penalties.set(address, now + limits.penaltyMs);
        end(conn, 'flood');
      };
      conn.on('packet', spend);
      // Protocol pings and pongs are no packets of engine.io and would come for free.
      conn.transport.socket.on('ping', spend);
      conn.transport.socket.on('pong', spend);
      conn.on('close', () => watched.delete(entry));
    },
    isPenalised: (address) => (penalties.get(address) ?? 0) > performance.now(),
    backlogBytes: () => [...watched].reduce((sum, { conn }) => sum + backlogOf(conn.transport.socket), 0),
    stop: () => clearInterval(sweep),
  };
}
