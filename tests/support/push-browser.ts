import { type CDPSession, expect, type Page } from '@playwright/test';
import type { Subscription } from './push-service.ts';

/* A browser's side of notices where no push service of the world can be reached: it subscribes with a service of the test. */

const KEPT_AS = 'test.push';

/** From now on, pages of this context subscribe with this; call it before the page is opened. */
export async function subscribeWith(page: Page, { endpoint, p256dh, auth }: Subscription): Promise<void> {
  await page.context().grantPermissions(['notifications']);
  await page.context().addInitScript(
    ([keptAs, made]) => {
      const subscription = (options: PushSubscriptionOptions) => ({
        ...made,
        options,
        toJSON: () => made,
        unsubscribe: async () => {
          localStorage.removeItem(keptAs);
          return true;
        },
      });
      const known = async () =>
        localStorage.getItem(keptAs) === null
          ? null
          : subscription({ applicationServerKey: null, userVisibleOnly: true } as PushSubscriptionOptions);
      PushManager.prototype.subscribe = async (options) => {
        localStorage.setItem(keptAs, 'yes');
        return subscription(options as PushSubscriptionOptions) as unknown as PushSubscription;
      };
      PushManager.prototype.getSubscription = known as unknown as PushManager['getSubscription'];
    },
    [KEPT_AS, { endpoint, keys: { p256dh, auth } }] as const,
  );
}

/** Hands a message that was sealed for it to the browser's worker, as a push service does. */
export async function deliver(page: Page, text: string): Promise<void> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const registrationId = await new Promise<string>((found) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
      if (ours) found(ours.registrationId);
    });
    void cdp.send('ServiceWorker.enable');
  });
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: text });
  await cdp.detach();
}

/** What stands on the device's screen outside the page. */
export async function noticesOn(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

/** What TypeScript's library of pages does not know of a worker. */
type WorkerScope = {
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
  dispatchEvent(event: Event): boolean;
};

/** A tap on the notice about this path: the worker hears what it hears from the device. */
export async function tapNotice(page: Page, tag: string): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  expect(worker).toBeDefined();
  await worker?.evaluate(async (wanted) => {
    const scope = self as unknown as WorkerScope;
    const [notification] = await scope.registration.getNotifications({ tag: wanted });
    if (!notification) throw new Error(`No notice about ${wanted}`);
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  }, tag);
}
