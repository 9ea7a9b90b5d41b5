import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { sessionPath } from '../../lib/domain/sharing/linked-page.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { faultMessages } from '../../lib/messages/fault.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { command, orderAsMyself } from './phone.ts';
import type { Scene } from './screen-scenes.ts';
import { workerKeeps } from './worker.ts';

/* What a page shows where there is nothing yet, while it waits, without a network, and when a part of it has failed. */

const PATIENCE_MS = 60_000;
/** In the session that is open from the start. */
const OPEN = { handle: 'chaoyang-hairy-crab', sku: 'sku_chaoyang-hairy-crab.eight' };
/** Nothing in a picture of a wait moves: this is for what is drawn at once. */
const DRAWN_MS = 1_000;

type Act = NonNullable<Scene['act']>;

const at = (who: Scene['who'], name: string, address: string, act?: Act): Scene => ({
  name,
  who,
  arrange: () => address,
  ...(act && { act }),
});

const tree = (locale: Locale) => (locale === 'en-US' ? '/en' : '');

/** The session that opens last, which nobody can buy from yet. */
function tomorrow(home: string): Catalogue['sessions'][number] {
  const { sessions } = JSON.parse(readFileSync(join(home, 'catalogue.json'), 'utf8')) as Catalogue;
  const last = sessions.toSorted((a, b) => b.startsAt - a.startsAt)[0];
  if (!last) throw new Error('The demo has no session');
  return last;
}

/** The page again, and no answer to anything that it asks. */
const unanswered: Act = async (page) => {
  await page.route(/\/api\/|\.json(\?|$)/, () => {});
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.waitForTimeout(DRAWN_MS);
};

/** The page again without a network, once the worker keeps it. The context is this picture's own and goes with it. */
async function withoutNetwork(page: Page): Promise<void> {
  await workerKeeps(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.waitForTimeout(DRAWN_MS);
}

const fullCart: Act = async (page, locale) => {
  await command(page.request, 'cart.merge', { lines: [{ skuId: OPEN.sku, quantity: 1, changedAt: Date.now() }] });
  await page.goto(`${tree(locale)}/cart`);
  await expect(page.getByRole('checkbox').first()).toBeVisible({ timeout: PATIENCE_MS });
  await withoutNetwork(page);
};

const oneOrder: Act = async (page, locale) => {
  await orderAsMyself(page.request, OPEN.sku, 1);
  await page.goto(`${tree(locale)}/orders`);
  await expect(page.getByRole('main').getByText('¥').first()).toBeVisible({ timeout: PATIENCE_MS });
  await withoutNetwork(page);
};

const button =
  (nameIn: (locale: Locale) => string): Act =>
  async (page, locale) => {
    await page
      .getByRole('button', { name: nameIn(locale) })
      .last()
      .click({ timeout: PATIENCE_MS });
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
  };

/** The scripts of search do not come when its page is gone to. */
const failed: Act = async (page, locale) => {
  const scriptsOf = async (path: string): Promise<string[]> =>
    (await (await page.request.get(path)).text()).match(/\/_next\/static\/chunks\/[^"?\\]+\.js/g) ?? [];
  const here = await scriptsOf(tree(locale) || '/');
  const missing = (await scriptsOf(`${tree(locale)}/search`)).filter((script) => !here.includes(script));
  await page.context().route(
    (url) => missing.includes(url.pathname),
    (route) => route.abort(),
  );
  await page
    .locator(`a[href="${tree(locale)}/search"]`)
    .first()
    .click();
  await expect(page.getByText(faultMessages[locale].title)).toBeVisible({ timeout: PATIENCE_MS });
};

/** Rooms behind the counter have one address for both languages. */
const behind = (name: string, path: string): Scene =>
  at('passer', name, '/offline', async (page, locale) => {
    await page.addInitScript((chosen) => localStorage.setItem('festa-locale', chosen), locale);
    await page.goto(path);
    await expect(page.getByRole('textbox').first()).toBeVisible({ timeout: PATIENCE_MS });
  });

export const stateScenes: readonly Scene[] = [
  at('stranger', 'cart-empty', '/cart'),
  at('stranger', 'orders-signed-out', '/orders'),
  at('newcomer', 'orders-empty', '/orders'),
  at('stranger', 'me-signed-out', '/me'),
  at('stranger', 'search-idle', '/search'),
  at('stranger', 'search-nothing', '/search?q=zzzz'),
  at('stranger', 'checkout-empty', '/checkout'),
  at('newcomer', 'order-unknown', '/order?id=ord_nobody'),
  at('stranger', 'not-found', '/no-such-page'),
  at('passer', 'page-failed', '/', failed),
  at(
    'newcomer',
    'addresses-form',
    '/addresses',
    button((locale) => identityMessages[locale].addAddress),
  ),
  at('newcomer', 'addresses-region', '/addresses', async (page, locale) => {
    await button(() => identityMessages[locale].addAddress)(page, locale);
    await page.getByRole('button', { name: identityMessages[locale].region }).click();
    await expect(page.getByRole('button', { name: '上海市' })).toBeVisible({ timeout: PATIENCE_MS });
  }),
  at(
    'stranger',
    'product-options',
    `/p/${OPEN.handle}`,
    button((locale) => productMessages[locale].addToCart),
  ),
  at(
    'stranger',
    'product-price',
    `/p/${OPEN.handle}`,
    button((locale) => productMessages[locale].explainEntry),
  ),
  {
    name: 'product-ordinary',
    who: 'stranger',
    arrange: ({ home }) => `/p/${tomorrow(home).products[0]}`,
  },
  { name: 'home-tomorrow', who: 'stranger', arrange: ({ home }) => sessionPath(tomorrow(home).id) },
  at('passer', 'product-loading', `/p/${OPEN.handle}`, unanswered),
  at('passer', 'search-loading', '/search?q=erji', unanswered),
  at('passer', 'checkout-loading', `/checkout?buy=${OPEN.sku}:1`, unanswered),
  at('newcomer', 'orders-loading', '/orders', unanswered),
  at('passer', 'home-offline', '/', withoutNetwork),
  at('passer', 'product-offline', `/p/${OPEN.handle}`, withoutNetwork),
  at('newcomer', 'cart-offline', '/cart', fullCart),
  at('newcomer', 'orders-offline', '/orders', oneOrder),
  behind('ops-sign-in', '/ops'),
  behind('studio-sign-in', '/studio'),
  behind('counter-sign-in', '/counter'),
];
