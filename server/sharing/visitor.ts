import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SECOND_MS } from '../../lib/domain/time.ts';
import { LIMITS } from '../platform/limits.ts';

/*
 * - visitor: a browser, by a random id in a cookie of our own; no fingerprint, nothing of its person
 * - declined: the browser's owner does not want to be counted; his cookie says so and nothing else
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DECLINED = 'no';

export type Visitor =
  | { readonly kind: 'known'; readonly id: string }
  /** Has no id yet; this one is for him. */
  | { readonly kind: 'new'; readonly id: string }
  | { readonly kind: 'declined' };

/** The cookie of one installation: bound to its host where there is https. */
export function visitorCookie(isSecure: boolean) {
  const name = `${isSecure ? '__Host-' : ''}festa_visitor`;
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const start = `${name}=`;

  function valueIn(cookies: string | undefined): string | null {
    if (cookies === undefined) return null;
    for (let at = 0; at < cookies.length; ) {
      const end = cookies.indexOf(';', at);
      const part = cookies.slice(at, end < 0 ? undefined : end).trim();
      if (part.startsWith(start)) return part.slice(start.length);
      if (end < 0) break;
      at = end + 1;
    }
    return null;
  }

  return {
    /** Who asks. A browser that says "do not sell or share" (Global Privacy Control) is not counted. */
    of(headers: IncomingHttpHeaders): Visitor {
      const value = valueIn(headers.cookie);
      if (value === DECLINED || headers['sec-gpc'] === '1') return { kind: 'declined' };
      return value !== null && UUID.test(value) ? { kind: 'known', id: value } : { kind: 'new', id: randomUUID() };
    },
    /** The id that a browser already has; null for none. */
    idOf(headers: IncomingHttpHeaders): string | null {
      const value = valueIn(headers.cookie);
      return value !== null && UUID.test(value) && headers['sec-gpc'] !== '1' ? value : null;
    },
    give: (id: string) => `${name}=${id}; Max-Age=${LIMITS.sharing.visitorMs / SECOND_MS}${attributes}`,
    decline: () => `${name}=${DECLINED}; Max-Age=31536000${attributes}`,
    agree: () => `${name}=; Max-Age=0${attributes}`,
  };
}

export type VisitorCookie = ReturnType<typeof visitorCookie>;
