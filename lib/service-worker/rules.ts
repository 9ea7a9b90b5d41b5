/*
 * What the worker does with which request. Pure, so that each rule has a test without a browser.
 *
 * The worker knows three kinds of requests and leaves all others to the network:
 * - documents: static shells that carry no state, shown from the cache and renewed behind the page
 * - hashed files: scripts, styles and pictures whose name changes with their content
 * - queued edits: commands that may safely be repeated later
 */

/** Commands that may wait for the network: repeating one changes nothing. Never an order, never a payment. */
export const QUEUED_COMMANDS: readonly string[] = ['/api/cart.merge', '/api/address.save', '/api/identity.saveProfile'];

export function isQueued(method: string, path: string): boolean {
  return method === 'POST' && QUEUED_COMMANDS.includes(path);
}

/**
 * Documents that are nobody's shell: the API, redirects of shared links, probes, and the rooms of operators and
 * marketers. The counter of a store is one: it has to open without a network.
 */
const NOT_SHELLS = /^\/(?:api|socket\.io|s|ops|studio|healthz|readyz|metrics)(?:\/|$)/;

export function isShell(mode: RequestMode, path: string): boolean {
  return mode === 'navigate' && !NOT_SHELLS.test(path);
}

export function isScript(path: string): boolean {
  return /^\/_next\/static\/|^\/search-index\.[0-9a-f]+\.json$/.test(path);
}

/** Files of stores: those that were looked at are there without a network. */
export function isStoreFile(path: string): boolean {
  return path.startsWith('/store-files/');
}

export function isPicture(path: string): boolean {
  return path.startsWith('/img/');
}

/**
 * The name under which a document is kept. Shells are the same bytes whatever their query says, so a page that was
 * opened by a shared link answers the plain address too, and no order number stays in a cache.
 */
export function shellKey(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + (pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname);
}

/** The offline page in the language of the tree that was asked. */
export function offlinePageFor(path: string): '/offline' | '/en/offline' {
  return path === '/en' || path.startsWith('/en/') ? '/en/offline' : '/offline';
}

/** Whether an answer to a queued edit says "not now": it stays first in line, and nothing behind it may overtake. */
export function mustWait(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** A notice as the server seals it: server/outreach/push-port.ts. */
export type Notice = { readonly body: string; readonly path: string; readonly isSilent: boolean };

const NOTHING_READABLE: Notice = { body: '', path: '/orders', isSilent: false };

/** What a push says. Whatever came, something is shown, and a tap stays in the shop. */
export function noticeOf(text: string | undefined): Notice {
  try {
    const { body, path, isSilent } = JSON.parse(text ?? '') as Partial<Notice>;
    const isOurs = typeof path === 'string' && /^\/(?![/\\])/.test(path);
    if (typeof body !== 'string') return NOTHING_READABLE;
    return { body, path: isOurs ? path : NOTHING_READABLE.path, isSilent: isSilent === true };
  } catch {
    return NOTHING_READABLE;
  }
}

/** What the shop needs of a subscription; null when the browser gave no keys. */
export function subscriptionKeys(given: {
  endpoint?: string | undefined;
  keys?: Record<string, string> | undefined;
}): { endpoint: string; p256dh: string; auth: string } | null {
  const { endpoint, keys: { p256dh, auth } = {} } = given;
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null;
}
