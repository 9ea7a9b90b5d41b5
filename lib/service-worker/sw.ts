/// <reference lib="webworker" />
import { CacheableResponsePlugin } from 'workbox-cacheable-response';
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { assetsOf } from '../domain/page-assets.ts';
import { forgetNotices, openNotice, renewNotices, showNotice } from './notice.ts';
import { forgetQueued, replayQuietly, sendOrQueue } from './outbox.ts';
import { isPicture, isQueued, isScript, isShell, isStoreFile, offlinePageFor, shellKey } from './rules.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

const PAGES = 'pages-v1';
const SCRIPTS = 'scripts-v1';
const PICTURES = 'pictures-v1';
const STORES = 'stores-v1';
/** The shopper goes on using the old page for so long while the new one is fetched; then it changes without it. */
const RENEW_MS = 10_000;
/** A worker with work in hand cannot hand over to its successor. */
const KEEP_MS = 10_000;

/** By then a page has asked for its scripts itself; one that was left sooner is made whole here. */
const WHOLE_AFTER_MS = 1_500;

/** Opaque answers are padded to megabytes of quota, and errors must not be kept. */
const onlyOk = () => new CacheableResponsePlugin({ statuses: [200] });
const atMost = (maxEntries: number, days: number) =>
  new ExpirationPlugin({ maxEntries, maxAgeSeconds: days * 86_400, purgeOnQuotaError: true });
const ours = (url: URL) => url.origin === self.location.origin;

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false, directoryIndex: '' });
cleanupOutdatedCaches();

registerRoute(
  ({ url }) => ours(url) && isScript(url.pathname),
  new CacheFirst({ cacheName: SCRIPTS, matchOptions: { ignoreVary: true }, plugins: [onlyOk(), atMost(300, 30)] }),
);
registerRoute(
  ({ url }) => ours(url) && isPicture(url.pathname),
  new CacheFirst({ cacheName: PICTURES, matchOptions: { ignoreVary: true }, plugins: [onlyOk(), atMost(300, 30)] }),
);
registerRoute(
  ({ url }) => ours(url) && isStoreFile(url.pathname),
  new CacheFirst({ cacheName: STORES, matchOptions: { ignoreVary: true }, plugins: [onlyOk(), atMost(120, 30)] }),
);
// Fewer days than the server keeps old scripts: a page from this cache always finds its own.
registerRoute(
  ({ request, url }) => ours(url) && isShell(request.mode, url.pathname),
  new StaleWhileRevalidate({
    cacheName: PAGES,
    matchOptions: { ignoreVary: true },
    plugins: [
      onlyOk(),
      atMost(80, 5),
      { cacheKeyWillBeUsed: async ({ request }) => shellKey(request.url), cacheDidUpdate: keepWhole },
    ],
  }),
);
setCatchHandler(async ({ request }) => {
  if (request.mode !== 'navigate') return Response.error();
  return (await matchPrecache(offlinePageFor(new URL(request.url).pathname))) ?? Response.error();
});
// Route data is deliberately left alone: offline it fails, Next falls back to a document, and the rule above answers.

registerRoute(
  ({ request, url }) => ours(url) && isQueued(request.method, url.pathname),
  ({ request }) => sendOrQueue(request),
  'POST',
);

/** Puts what a visit has already loaded into the caches, from the HTTP cache: it costs no bytes. */
async function keepVisit(urls: readonly string[]): Promise<void> {
  await Promise.allSettled(
    urls.map(async (address) => {
      const url = new URL(address, self.location.origin);
      if (!ours(url)) return;
      const isPage = isShell('navigate', url.pathname) && !isScript(url.pathname) && !isPicture(url.pathname);
      const cache = await caches.open(isPicture(url.pathname) ? PICTURES : isScript(url.pathname) ? SCRIPTS : PAGES);
      const key = isPage ? shellKey(url.href) : url.href;
      if (await caches.match(key)) return;
      const response = await fetch(url, { cache: 'force-cache', signal: AbortSignal.timeout(KEEP_MS) });
      if (response.status === 200 && !response.redirected) await cache.put(key, response);
    }),
  );
}

/** A page that is kept without one of its scripts would open without a network only to say that it cannot. */
async function keepWhole({ newResponse }: { newResponse: Response }): Promise<void> {
  const assets = assetsOf(await newResponse.text());
  await new Promise((done) => setTimeout(done, WHOLE_AFTER_MS));
  await keepVisit(assets);
}

/** The person asked for the new version: the pages that are open must not come from the old one once more. */
async function renewOpenPages(): Promise<void> {
  const cache = await caches.open(PAGES);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  await Promise.allSettled(
    [...new Set(pages.map((page) => shellKey(page.url)))].map(async (key) => {
      const response = await fetch(key, { cache: 'no-cache', signal: AbortSignal.timeout(RENEW_MS) });
      if (response.status === 200 && !response.redirected) await cache.put(key, response);
      else await cache.delete(key);
    }),
  );
}

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(showNotice(event.data?.text())));
self.addEventListener('notificationclick', (event) => event.waitUntil(openNotice(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription, newSubscription } = event as PushSubscriptionChangeEvent;
  (event as ExtendableEvent).waitUntil(renewNotices(oldSubscription, newSubscription));
});

self.addEventListener('message', (event) => {
  const message = event.data as { type?: string; urls?: string[] } | undefined;
  if (message?.type === 'SKIP_WAITING') {
    event.waitUntil(
      renewOpenPages().then(() => {
        event.source?.postMessage({ type: 'RENEWED' });
        return self.skipWaiting();
      }),
    );
  }
  if (message?.type === 'KEEP') event.waitUntil(keepVisit((message.urls ?? []).slice(0, 100)));
  if (message?.type === 'REPLAY') event.waitUntil(replayQuietly());
  if (message?.type === 'FORGET') event.waitUntil(Promise.all([forgetQueued(), forgetNotices()]));
});
