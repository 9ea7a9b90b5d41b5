/// <reference lib="webworker" />
import { noticeOf, subscriptionKeys } from './rules.ts';

declare const self: ServiceWorkerGlobalScope;

/** Shows what the shop says; a browser takes the right to notices from a worker that shows nothing. */
export async function showNotice(text: string | undefined): Promise<void> {
  const { body, path, isSilent } = noticeOf(text);
  await self.registration.showNotification('Festa', {
    body,
    tag: path,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-72.png',
    silent: isSilent,
    data: { path },
  });
}

/** Brings the page of a notice to the front, in a tab that is open where there is one. */
export async function openNotice(notification: Notification): Promise<void> {
  notification.close();
  const { path } = notification.data as { path: string };
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const address = new URL(path, self.location.origin).href;
  const tab = tabs.find(({ url }) => url === address) ?? tabs[0];
  if (tab === undefined) {
    await self.clients.openWindow(address);
    return;
  }
  // A tab of an older worker cannot be led; then a new one is opened.
  const led = tab.url === address ? tab : await tab.navigate(address).catch(() => null);
  if (led === null) await self.clients.openWindow(address);
  else await led.focus().catch(() => led);
}

const post = (name: string, facts: object) =>
  fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(facts),
  });

/** Somebody signed out: nothing of his is shown on this device from now on. */
export async function forgetNotices(): Promise<void> {
  const subscription = await self.registration.pushManager?.getSubscription();
  if (!subscription) return;
  await post('push.stop', { endpoint: subscription.endpoint }).catch(() => {});
  await subscription.unsubscribe();
}

/** The browser has renewed its subscription: the shop is told the new one in the place of the old, with what it may say. */
export async function renewNotices(old: PushSubscription | null, given: PushSubscription | null): Promise<void> {
  if (old === null) return;
  const subscription = given ?? (await self.registration.pushManager.subscribe(old.options));
  const keys = subscriptionKeys(subscription.toJSON());
  if (keys === null) return;
  const home = await (await fetch('/api/push.home')).json();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(old.endpoint)));
  const mark = Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const known = home?.value?.devices?.find((device: { mark: string }) => device.mark === mark);
  if (known) await post('push.agree', { ...keys, purposes: known.purposes, replaces: old.endpoint });
}
