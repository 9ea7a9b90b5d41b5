/*
 * Takes the service worker off every phone: `npm run publish-shop -- --kill-worker` serves this file as /sw.js.
 * The next visit installs it; it deletes all caches, unregisters itself and reloads the open pages once.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) await caches.delete(name);
      await self.registration.unregister();
      for (const page of await self.clients.matchAll({ type: 'window' })) page.navigate(page.url);
    })(),
  );
});
