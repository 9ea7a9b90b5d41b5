import type { IncomingMessage } from 'node:http';
import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';
import type { EpochMs } from '../../../lib/domain/time.ts';
import type { Guard } from './guard.ts';
import type { LiveLimits } from './limits.ts';
import type { LiveMetrics } from './metrics.ts';
import type { TicketKind, Tickets } from './tickets.ts';

export type RefusalReason = 'draining' | 'full' | 'resume' | 'foreign' | 'ticket' | 'penalty' | 'address' | 'busy';

export type Admitted = {
  readonly address: string;
  readonly kind: TicketKind;
  /** Of the page. A browser lets no page set a header of its socket. */
  readonly locale: string | null;
};

export type AdmissionDeps = {
  readonly limits: LiveLimits;
  readonly metrics: LiveMetrics;
  readonly tickets: Tickets;
  readonly guard: Guard;
  readonly allowLoadIdentity: boolean;
  /** Hosts besides the one asked that pages may connect from, e.g. the shop's CDN name. */
  readonly hosts: readonly string[];
  readonly addressOf: (request: IncomingMessage) => string;
  readonly socketsOpen: () => number;
  readonly isDraining: () => boolean;
};

/** A bucket that refills each second and holds a burst; consumed without waiting. */
function bucket({ perSecond, burst }: { perSecond: number; burst: number }, keyPrefix: string) {
  return new BurstyRateLimiter(
    new RateLimiterMemory({ keyPrefix, points: perSecond, duration: 1 }),
    new RateLimiterMemory({ keyPrefix: `${keyPrefix}-burst`, points: burst, duration: 10 }),
  );
}

async function hasRoom(limiter: BurstyRateLimiter, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch {
    return false;
  }
}

/** Browsers say which page opens a socket; another site's page may not use this browser's session. */
function isForeign(request: IncomingMessage, hosts: readonly string[]): boolean {
  const { origin } = request.headers;
  if (!origin) return false;
  try {
    const { host } = new URL(origin);
    return host !== request.headers.host && !hosts.includes(host);
  } catch {
    return true;
  }
}

/** Decides at the handshake, before a socket costs anything; the cheapest questions come first. */
export function createAdmission(deps: AdmissionDeps) {
  const { limits, metrics, tickets, guard } = deps;
  const perAddress = bucket(limits.handshakesPerAddress, 'address');
  const overAll = bucket(limits.handshakes, 'all');

  return async function admit(request: IncomingMessage, now: EpochMs): Promise<Admitted | RefusalReason> {
    const reason = await decide();
    if (typeof reason === 'string') metrics.refused.inc({ reason });
    return reason;

    async function decide(): Promise<Admitted | RefusalReason> {
      if (deps.isDraining()) return 'draining';
      if (deps.socketsOpen() >= limits.socketsMax) return 'full';
      if (isForeign(request, deps.hosts)) return 'foreign';
      const query = new URL(request.url ?? '/', 'http://edge').searchParams;
      const kind = tickets.verify(query.get('ticket') ?? '', now);
      if (!kind || (kind === 'load' && !deps.allowLoadIdentity)) return 'ticket';
      const address = deps.addressOf(request);
      if (kind === 'visitor') {
        if (guard.isPenalised(address)) return 'penalty';
        if (!(await hasRoom(perAddress, address))) return 'address';
      }
      if (!(await hasRoom(overAll, 'all'))) return 'busy';
      return { address, kind, locale: query.get('locale') };
    }
  };
}
