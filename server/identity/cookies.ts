import type { IncomingHttpHeaders } from 'node:http';

/** One cookie of a request, decoded; null when it is absent. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) {
      try {
        return decodeURIComponent(part.slice(at + 1).trim());
      } catch {
        return null;
      }
    }
  }
  return null;
}

/** A Set-Cookie value with the attributes that all our cookies share. */
export function setCookie(name: string, value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The request's headers as the identity library wants them, with the cookies that `keep` names (all when omitted). */
export function headersFor(headers: IncomingHttpHeaders, keep?: readonly string[]): Headers {
  const out = new Headers();
  const agent = headers['user-agent'];
  if (agent) out.set('user-agent', agent);
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const kept = keep ? pairs.filter((pair) => keep.includes(pair.split('=', 1)[0] ?? '')) : pairs;
  if (kept.length > 0) out.set('cookie', kept.join('; '));
  return out;
}
