import { SECOND_MS } from '../../../lib/domain/time.ts';

/** Every limit of the live edge; each is a setting and has its unit in its name. */
export const LIVE_LIMITS = {
  /** A sweep over more would take longer than a tick. */
  socketsMax: 10_000,
  shelvesPerSocketMax: 8,
  /** A message up; larger commands go by HTTP. */
  messageBytesMax: 4_096,
  ticketMs: 5 * SECOND_MS,
  /** From the open socket to its CONNECT packet. */
  connectMs: 5 * SECOND_MS,
  pingEveryMs: 25 * SECOND_MS,
  pingWaitMs: 20 * SECOND_MS,
  /** A closed socket's TCP connection is gone after this, whether the other side answers or not. */
  closeMs: 2 * SECOND_MS,
  handshakesPerAddress: { perSecond: 10, burst: 50 },
  handshakes: { perSecond: 500, burst: 2_000 },
  packets: { perSecond: 50, burst: 100 },
  /** An address whose socket was ended for its behaviour gets no new one for this long. */
  penaltyMs: 30 * SECOND_MS,
  sweepEveryMs: 1 * SECOND_MS,
  backlogBytesMax: 64 * 1024,
  backlogPacketsMax: 60,
  /** A phone that takes nothing for this long is let go; it comes back when it can. */
  stuckMs: 20 * SECOND_MS,
  tickMs: 100,
  backgroundTickMs: 1 * SECOND_MS,
  heartbeatMs: 2 * SECOND_MS,
  /** Sockets written to before handshakes, acks and payments get a turn. */
  chunk: 2_000,
  /** Reconnects that one edge takes without strain: a wave of n phones is spread over n / this. */
  reconnectsPerSecond: 400,
  spreadMinMs: 500,
  spreadMaxMs: 60 * SECOND_MS,
  drainMs: 20 * SECOND_MS,
} as const;

type Wide<T> = { readonly [K in keyof T]: T[K] extends number ? number : Wide<T[K]> };
export type LiveLimits = Wide<typeof LIVE_LIMITS>;
