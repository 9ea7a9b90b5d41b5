import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../../lib/domain/time.ts';

/** A visitor's ticket counts against his address; a load ticket (crowd, benches) counts only against the whole edge. */
export type TicketKind = 'visitor' | 'load';

export type Tickets = {
  /** A ticket to be presented before `expiresAt`. No row is written: the signature is all there is. */
  issue(kind: TicketKind, now: EpochMs): { ticket: string; expiresAt: EpochMs };
  /** The kind of a ticket that is ours and not too old, else null. */
  verify(ticket: string, now: EpochMs): TicketKind | null;
};

const LETTER: Record<TicketKind, string> = { visitor: 'v', load: 'l' };
const SHAPE = /^([vl])\.([0-9a-z]{1,11})\.([\w-]{8})\.([\w-]{43})$/;

/** @param secret of the installation; tickets have a key of their own, derived from it. */
export function createTickets(secret: string, validMs: number): Tickets {
  const key = createHmac('sha256', secret).update('live-ticket').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    issue(kind, now) {
      const expiresAt = (now + validMs) as EpochMs;
      const claim = `${LETTER[kind]}.${expiresAt.toString(36)}.${randomBytes(6).toString('base64url')}`;
      return { ticket: `${claim}.${sign(claim).toString('base64url')}`, expiresAt };
    },
    verify(ticket, now) {
      const parts = SHAPE.exec(ticket);
      if (!parts) return null;
      const [, letter, expires, nonce, signature] = parts as unknown as [string, string, string, string, string];
      const expiresAt = Number.parseInt(expires, 36);
      if (expiresAt < now || expiresAt > now + validMs) return null;
      const given = Buffer.from(signature, 'base64url');
      const right = sign(`${letter}.${expires}.${nonce}`);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return letter === 'l' ? 'load' : 'visitor';
    },
  };
}
