import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import { killWorker } from '../../server/publish/publish.ts';
import { openShopEdge, type ShopEdge } from '../support/shop-edge.ts';
import { newerWorkerWaits, workerKeeps } from '../support/worker.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
const PROJECT = join(import.meta.dirname, '../..');

function catalogue(): Catalogue {
  return JSON.parse(readFileSync(join(HOME, 'catalogue.json'), 'utf8')) as Catalogue;
}

/** A moment far from every session's start, when the app may speak of itself. */
function quietMoment(): number {
  const starts = catalogue().sessions.map((session) => session.startsAt);
  let moment = Date.now() + HOUR_MS;
  while (starts.some((start) => Math.abs(start - moment) < HOUR_MS / 2)) moment += HOUR_MS / 2;
  return moment;
}

test.describe('The installed app', () => {
  test('Chromium finds nothing that keeps the shop from being installed, in both languages', async ({ page }) => {
    const cdp = await page.context().newCDPSession(page);
    for (const path of ['/', '/en']) {
      await page.goto(path);
      await workerKeeps(page);
      const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    }
  });

  test('Without a network home and a visited product open again, an unvisited one says what it is', async ({
    page,
    context,
  }) => {
    const [visited, other] = catalogue().products;
    if (!visited || !other) throw new Error('The demo has too few products');
    await page.goto('/');
    await workerKeeps(page);
    await page.goto(`/p/${visited.handle}?utm_source=friend&share=abc`);
    await workerKeeps(page);

    await context.setOffline(true);
    await page.goto('/');
    await expect(page.locator('a[href^="/p/"]').first()).toBeVisible();
    await page.goto(`/p/${visited.handle}`);
    await expect(page.getByText(visited.title.zh).first()).toBeVisible();
    await expect(page.getByTestId('offline')).toHaveCount(0);
    // What was true when it was kept looks so: grey, until the shop is heard again.
    const price = page.locator('main .figures').filter({ hasText: '¥' }).first();
    await expect(price).toHaveCSS('filter', 'grayscale(1)');
    await context.setOffline(false);
    await expect(price).toHaveCSS('filter', 'none');
    await context.setOffline(true);

    await page.goto(`/p/${other.handle}`);
    await expect(page.getByTestId('offline')).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/p/${other.handle}`);
    await page.goto(`/en/p/${other.handle}`);
    await expect(page.getByTestId('offline')).toContainText('No network here');

    await context.setOffline(false);
    // The page asks again by itself.
    await expect(page.getByText(other.title.en).first()).toBeVisible({ timeout: 30_000 });
  });

  test('A product that was left before its scripts had come opens whole without a network', async ({
    page,
    context,
  }) => {
    const product = catalogue().products[3];
    if (!product) throw new Error('The demo has too few products');
    const path = `/p/${product.handle}`;
    await page.goto('/');
    await workerKeeps(page);
    await page.goto(path, { waitUntil: 'commit' });
    await page.goto('/');
    await workerKeeps(page, path);
    await context.setOffline(true);
    await page.goto(path);
    // Only a page that runs knows that its price may be old.
    await expect(page.locator('main .figures').filter({ hasText: '¥' }).first()).toHaveCSS('filter', 'grayscale(1)');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title.zh);
  });

  test('Pages that were reached by taps within the shop open again without a network', async ({ page, context }) => {
    await page.goto('/');
    await workerKeeps(page);
    await page.locator('a[href="/cart"]').first().click();
    await page.waitForURL('**/cart');
    await workerKeeps(page);
    await context.setOffline(true);
    await page.goto('/');
    await page.goto('/cart');
    await expect(page.getByRole('heading', { name: '购物车', level: 1 })).toBeVisible();
    await expect(page.getByTestId('offline')).toHaveCount(0);
  });

  test('A cart edit made offline is answered as kept, and reaches the server once', async ({
    page,
    context,
    request,
  }) => {
    const sku = catalogue().products.at(-1)?.skus[0];
    if (!sku) throw new Error('The demo has no SKU');
    // The server's own count, so that nothing on the phone can hide a second sending.
    const merged = async () => {
      const text = await (await request.get('/metrics')).text();
      return Number(text.match(/^festa_requests_total\{contract="cart\.merge",outcome="ok"\} (\d+)/m)?.[1] ?? 0);
    };
    const before = await merged();
    const merge = (quantity: number) =>
      page.evaluate(
        async ([skuId, units]) => {
          const lines = [{ skuId, quantity: units, changedAt: Date.now() }];
          const response = await fetch('/api/cart.merge', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
            body: JSON.stringify({ lines }),
          });
          return { status: response.status, body: await response.json() };
        },
        [sku.id, quantity] as const,
      );

    // An ordinary page with nothing of its own to merge.
    await page.goto('/offline');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    expect(await merge(3)).toEqual({ status: 202, body: { ok: true, queued: true } });
    await context.setOffline(false);
    await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ type: 'REPLAY' }));

    const cart = () => page.evaluate(async () => (await fetch('/api/cart.read')).json());
    await expect
      .poll(async () => (await cart()).value?.lines?.find((line: { skuId: string }) => line.skuId === sku.id)?.quantity)
      .toBe(3);
    await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ type: 'REPLAY' }));
    const waiting = () =>
      page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('workbox-background-sync');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const counting = opening.result.transaction('requests').objectStore('requests').count();
              counting.onsuccess = () => resolve(counting.result);
              counting.onerror = () => reject(counting.error);
            };
          }),
      );
    await expect.poll(waiting).toBe(0);
    expect((await merged()) - before).toBe(1);
  });

  test('Neither an order nor a payment is ever queued: offline they fail at once', async ({ page, context }) => {
    await page.goto('/offline');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    for (const path of ['/api/order.submit', '/api/payment.start', '/api/order.cancel', '/api/identity.verifyCode']) {
      const outcome = await page.evaluate(
        (address) =>
          fetch(address, { method: 'POST', body: '{}' }).then(
            ({ status }) => status,
            () => 'failed',
          ),
        path,
      );
      expect(outcome, path).toBe('failed');
    }
  });

  test('Caches hold shells, scripts and pictures, and no answer of the API', async ({ page }) => {
    await page.goto('/orders');
    await workerKeeps(page);
    const kept = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
      }
      return urls;
    });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter((url) => new URL(url).pathname.startsWith('/api/'))).toEqual([]);
  });
});

test.describe('A new version', () => {
  let edge: ShopEdge;
  test.beforeEach(async () => {
    edge = await openShopEdge(HOME);
  });
  test.afterEach(async () => {
    await edge.close();
  });

  async function publishUpdate(): Promise<void> {
    const worker = await readFile(join(edge.home, 'current/www/sw.js'), 'utf8');
    const home = await readFile(join(edge.home, 'current/www/index.html'), 'utf8');
    await edge.publishAgain({
      'sw.js': `${worker}\n/* a newer one */`,
      'index.html': home.replace('<body', '<body data-version="2"'),
    });
  }
  const lookForUpdate = (page: Page) =>
    page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });

  test('is offered and taken by a tap, with one reload and the new page at once', async ({ page }) => {
    await page.clock.setFixedTime(quietMoment());
    await page.goto(`${edge.origin}/`);
    await workerKeeps(page);
    await publishUpdate();
    await lookForUpdate(page);
    await newerWorkerWaits(page);
    expect(await page.locator('body').getAttribute('data-version')).toBeNull();

    let loads = 0;
    page.on('domcontentloaded', () => loads++);
    await page.getByTestId('app-update').getByRole('button', { name: '更新' }).click();
    // The worker hands over when it has nothing in hand; on a busy machine that takes its time.
    await expect(page.locator('body')).toHaveAttribute('data-version', '2', { timeout: 40_000 });
    await expect(page.getByTestId('app-update')).toHaveCount(0);
    await page.waitForLoadState('networkidle');
    expect(loads).toBe(1);
  });

  test('is not offered within fifteen minutes of a session’s start, nor taken by itself', async ({ page }) => {
    const start = Math.max(...catalogue().sessions.map((session) => session.startsAt));
    for (const moment of [start - 14 * MINUTE_MS, start + 14 * MINUTE_MS]) {
      await page.clock.setFixedTime(moment);
      await page.goto(`${edge.origin}/`);
      await workerKeeps(page);
      if (moment < start) {
        await publishUpdate();
        await lookForUpdate(page);
      }
      await newerWorkerWaits(page);
      await page.waitForLoadState('networkidle');
      await expect(page.getByTestId('app-update')).toHaveCount(0);
      expect(await page.locator('body').getAttribute('data-version')).toBeNull();
    }
    await page.clock.setFixedTime(start + 7 * DAY_MS);
    await page.goto(`${edge.origin}/`);
    await expect(page.getByTestId('app-update')).toBeVisible();
  });

  test('The kill switch takes worker and caches off the phone, and the page goes on', async ({ page }) => {
    await page.goto(`${edge.origin}/offline`);
    await workerKeeps(page);
    await killWorker(edge.home, PROJECT);
    edge.reload();
    await lookForUpdate(page);
    // As with an update, the worker that is there leaves when it has nothing in hand.
    await expect
      .poll(
        () =>
          page
            .evaluate(async () => [(await caches.keys()).length, navigator.serviceWorker.controller === null])
            .catch(() => 'reloading'),
        { timeout: 60_000 },
      )
      .toEqual([0, true]);
    await expect(page.getByTestId('offline')).toBeVisible();
  });
});
