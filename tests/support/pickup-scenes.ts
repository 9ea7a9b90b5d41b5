import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { AnyRefusal, ValueNamed } from '../../lib/contracts/named.ts';
import { tokenAt } from '../../lib/domain/pickup/token.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import { checkoutPickupMessages } from '../../lib/messages/checkout-pickup.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { refusalSentence } from '../../lib/messages/refusals.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { buyForPickup, codeOf, ordinarySkus, putAside, wedge } from './counter-doors.ts';
import { signInStaff } from './operator.ts';
import { command } from './phone.ts';
import type { Room, Scene } from './screen-scenes.ts';

/* Store pickup: where a store is found, how an order is fetched, and the counter that hands it over. */

const PATIENCE_MS = 60_000;
/** By the West Lake in Hangzhou, where the demo's first store is not far. */
const LAKE = { longitude: 120.161, latitude: 30.274, accuracy: 30 };

type Desk = { readonly clerk: APIRequestContext; readonly storeId: string };

/** One sign-in a room: staff who sign in too often must wait. */
const desks = new WeakMap<Room, Promise<Desk>>();

/** The demo's clerk and his store, without a screen. */
function openDesk(room: Room): Promise<Desk> {
  const known = desks.get(room);
  if (known) return known;
  const opened = (async () => {
    const clerk = await room.passer();
    await signInStaff(clerk, 'clerk');
    const { store } = (await (await clerk.get('/api/counter.home')).json()).value as ValueNamed<'counter.home'>;
    if (!store) throw new Error('The demo clerk is posted nowhere');
    return { clerk, storeId: store.id };
  })();
  desks.set(room, opened);
  return opened;
}

/** What the store itself has of something at an ordinary price, at this moment. */
async function skuAt(home: string, phone: APIRequestContext, storeId: string, quantity = 1): Promise<string> {
  for (const skuId of ordinarySkus(home)) {
    const data = { lines: [{ skuId, quantity }], fulfilment: { kind: 'pickup', storeId } };
    const answer = await (await phone.post('/api/order.quote', { data })).json();
    const { pickup } = (answer.ok ? answer.value : {}) as Partial<ValueNamed<'order.quote'>>;
    if (pickup?.lines.every(({ isTransfer }) => !isTransfer)) return skuId;
  }
  throw new Error('The store has nothing');
}

/** An order of the room's shopper at the demo clerk's store; `isReady`: put aside. */
async function buy(room: Room, isReady: boolean): Promise<string> {
  const { clerk, storeId } = await openDesk(room);
  const lines = [{ skuId: await skuAt(room.home, room.shopper.request, storeId), quantity: 1 }];
  const { orderId } = await buyForPickup(room.shopper.request, storeId, lines, 'known');
  if (isReady) await putAside(clerk, orderId);
  return orderId;
}

async function locate(page: Page, locale: Locale, isAllowed: boolean): Promise<void> {
  if (isAllowed) {
    await page.context().grantPermissions(['geolocation']);
    await page.context().setGeolocation(LAKE);
  } else {
    await page.evaluate(() => {
      navigator.geolocation.getCurrentPosition = (_found, refused) =>
        refused?.({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError);
    });
  }
  await page.getByRole('button', { name: storesMessages[locale].nearAction }).click({ timeout: PATIENCE_MS });
  const shown = isAllowed ? page.getByRole('listitem').first() : page.getByRole('alert').first();
  await expect(shown).toBeVisible({ timeout: PATIENCE_MS });
}

/** What the counter shows when its scan is answered so; with words as the server has them. */
async function refuseScan(page: Page, locale: Locale, refusal: AnyRefusal): Promise<void> {
  const answer = { ok: false, refusal: { ...refusal, message: refusalSentence(locale, refusal) } };
  await page.route('**/api/counter.scan', (route) => route.fulfill({ json: answer }));
  await expect(page.getByRole('button', { name: counterScanMessages[locale].check })).toBeVisible({
    timeout: PATIENCE_MS,
  });
  await wedge(page, 'FP1.AAAAAAAAAAAA.AAAAAAAAAAAAAAAA');
  await expect(page.getByRole('article')).toBeVisible({ timeout: PATIENCE_MS });
}

const store = { id: 's-1', name: { zh: '外滩中心店', en: 'Bund Centre Store' } };
const handover = {
  ...{ id: randomUUID(), clerkName: '李敏', isMine: false, undoUntil: 0, undoneAt: null, undoneBy: null },
  ...{ shown: 'token' as const, lines: [] },
};
/** One of each colour: goods that are gone, another store's, not now, and nothing at all. */
const REFUSALS: readonly (() => AnyRefusal)[] = [
  () => ({ code: 'already_handed', store, handover: { ...handover, at: Date.now() - 3 * MINUTE_MS } }),
  () => ({ code: 'wrong_store', store }),
  () => ({ code: 'refund_in_progress' }),
  () => ({ code: 'counter_locked', until: Date.now() + 9 * MINUTE_MS }),
];

/** What the shopper of the scene that runs has at the counter. */
let own: { phone: APIRequestContext; clerk: APIRequestContext; storeId: string; home: string } | null = null;

/** A new order on the counter: its code has been scanned. */
async function scanOwn(page: Page, locale: Locale): Promise<void> {
  if (own === null) throw new Error('The scene has no shopper');
  const { phone, storeId } = own;
  const lines = [{ skuId: await skuAt(own.home, phone, storeId, 2), quantity: 2 }];
  const { orderId } = await buyForPickup(phone, storeId, lines, 'known');
  await putAside(own.clerk, orderId);
  const code = await codeOf(own.phone, orderId);
  if (!code) throw new Error(`${orderId} is not ready`);
  await expect(page.getByRole('button', { name: counterScanMessages[locale].check })).toBeVisible({
    timeout: PATIENCE_MS,
  });
  // The page's sound wakes with the first touch, and keys that no hand presses would come too slowly meanwhile.
  await page.mouse.click(4, 4);
  await wedge(page, tokenAt(code.secret, code.codeId, Date.now()));
  await expect(page.getByRole('button', { name: counterScanMessages[locale].handAll(2) })).toBeVisible({
    timeout: PATIENCE_MS,
  });
}

async function atCounter(room: Room): Promise<string> {
  const desk = await openDesk(room);
  own = { ...desk, phone: await room.other(), home: room.home };
  return '/counter';
}

const toPlace = (place: 'preparing' | 'ready' | 'today') => (page: Page, locale: Locale) => {
  const words = counterMessages[locale];
  return page
    .getByRole('navigation', { name: words.nav })
    .getByRole('button', { name: words[place] })
    .click({ timeout: PATIENCE_MS });
};

export const pickupScenes: Scene[] = [
  { name: 'stores', who: 'stranger', arrange: () => '/stores' },
  { name: 'stores-near', who: 'stranger', arrange: () => '/stores', act: (page, locale) => locate(page, locale, true) },
  {
    name: 'stores-denied',
    who: 'stranger',
    arrange: () => '/stores',
    act: (page, locale) => locate(page, locale, false),
  },
  {
    name: 'stores-one',
    who: 'stranger',
    arrange: () => '/stores',
    async act(page, locale) {
      await locate(page, locale, true);
      await page.getByRole('listitem').first().getByRole('button').click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'checkout-pickup',
    who: 'shopper',
    arrange: async (room) =>
      `/checkout?buy=${await skuAt(room.home, room.shopper.request, (await openDesk(room)).storeId)}:1`,
    async act(page, locale) {
      await page.getByText(checkoutPickupMessages[locale].pickup, { exact: true }).click({ timeout: PATIENCE_MS });
      await page.getByRole('button', { name: checkoutPickupMessages[locale].choose }).click();
      await locate(page, locale, true);
      await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    },
  },
  {
    name: 'order-pickup-preparing',
    who: 'shopper',
    async arrange(room) {
      await room.shopper.grantPermissions(['notifications']);
      return `/order?id=${await buy(room, false)}`;
    },
  },
  { name: 'order-pickup-ready', who: 'shopper', arrange: async (room) => `/order?id=${await buy(room, true)}` },
  { name: 'pickup-code', who: 'shopper', arrange: async (room) => `/pickup?id=${await buy(room, true)}` },
  {
    name: 'pickup-code-offline',
    who: 'shopper',
    arrange: async (room) => `/pickup?id=${await buy(room, true)}`,
    async act(page) {
      await expect(page.getByRole('main').getByRole('img').first()).toBeVisible({ timeout: PATIENCE_MS });
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'onLine', { get: () => false });
        dispatchEvent(new Event('offline'));
      });
    },
  },
  {
    name: 'pickup-friend',
    who: 'stranger',
    async arrange(room) {
      const orderId = await buy(room, true);
      const { friend } = await command<ValueNamed<'pickup.giveFriendCode'>>(
        room.shopper.request,
        'pickup.giveFriendCode',
        { key: randomUUID(), orderId },
      );
      return `/pickup?c=${friend.code}`;
    },
  },
  { name: 'counter', who: 'clerk', arrange: () => '/counter' },
  { name: 'counter-found', who: 'clerk', arrange: atCounter, act: scanOwn },
  {
    name: 'counter-handed',
    who: 'clerk',
    arrange: atCounter,
    async act(page, locale) {
      const words = counterScanMessages[locale];
      await scanOwn(page, locale);
      await page.getByRole('button', { name: words.handAll(2) }).click();
      await expect(page.getByRole('heading', { name: words.handed, exact: true })).toBeVisible();
    },
  },
  ...REFUSALS.map((refusal): Scene => {
    const { code } = refusal();
    return {
      name: `counter-${code.replaceAll('_', '-')}`,
      who: 'clerk',
      arrange: () => '/counter',
      act: (page, locale) => refuseScan(page, locale, refusal()),
    };
  }),
  {
    name: 'counter-prepare',
    who: 'clerk',
    async arrange(room) {
      await buy(room, false);
      return '/counter';
    },
    act: toPlace('preparing'),
  },
  { name: 'counter-ready', who: 'clerk', arrange: () => '/counter', act: toPlace('ready') },
  {
    name: 'counter-today',
    who: 'clerk',
    arrange: atCounter,
    async act(page, locale) {
      const words = counterScanMessages[locale];
      await scanOwn(page, locale);
      await page.getByRole('button', { name: words.handAll(2) }).click();
      await expect(page.getByRole('heading', { name: words.handed, exact: true })).toBeVisible();
      await toPlace('today')(page, locale);
    },
  },
  { name: 'ops-stores', who: 'operator', arrange: () => '/ops/stores' },
  {
    name: 'me-notices',
    who: 'shopper',
    async arrange(room) {
      await room.shopper.grantPermissions(['notifications']);
      return '/me';
    },
    async act(page) {
      const shown = page.getByRole('switch').first();
      await expect(shown).toBeVisible({ timeout: PATIENCE_MS });
      await shown.scrollIntoViewIfNeeded();
    },
  },
];
