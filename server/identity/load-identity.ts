import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A crowd or a bench says who it is with this header: `<expires epoch ms>.<signature>`. */
export const LOAD_HEADER = 'x-festa-load';

type LoadSettings = { readonly secret: string; readonly allowLoadIdentity: boolean };

function signatureOf(secret: string, expiresAt: string): Buffer {
  return createHmac('sha256', secret).update(`load:${expiresAt}`).digest();
}

/** The value of the header, good until `expiresAt` (epoch ms). Whoever holds it is not limited per address. */
export function issueLoadIdentity(secret: string, expiresAt: number): string {
  return `${expiresAt}.${signatureOf(secret, String(expiresAt)).toString('base64url')}`;
}

/** True for a valid, unexpired load identity where the installation allows one; never in production by default. */
export function isLoadIdentity(headers: IncomingHttpHeaders, settings: LoadSettings): boolean {
  const given = headers[LOAD_HEADER];
  if (typeof given !== 'string' || !settings.allowLoadIdentity) return false;
  const [expiresAt = '', signature = ''] = given.split('.');
  if (!(Number(expiresAt) > Date.now())) return false;
  const wanted = signatureOf(settings.secret, expiresAt);
  const presented = Buffer.from(signature, 'base64url');
  return presented.length === wanted.length && timingSafeEqual(presented, wanted);
}
