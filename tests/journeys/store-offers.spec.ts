import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterCouponMessages } from '../../lib/messages/counter-coupon.ts';
import { counterRefusedMessages } from '../../lib/messages/counter-refused.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { offersMessages } from '../../lib/messages/offers.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { type Login, signInClerk, wedge } from '../support/counter-doors.ts';
import { goTo } from '../support/counter-pages.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { command, freshPhoneNumber } from '../support/phone.ts';
import { codeInPicture } from '../support/qr.ts';
import { inDatabase } from '../support/team-doors.ts';

/* A store's offer: found within 500 m by the phone alone or had by the store's password, redeemed at the counter. */

const HOME = process.env.FESTA_TEST_HOME ?? '';
const words = offersMessages['zh-CN'];
const [frame, till, refused, typed] = [
  counterMessages['zh-CN'],
  counterCouponMessages['zh-CN'],
  counterRefusedMessages['zh-CN'],
  counterScanMessages['zh-CN'],
];

type Listed = ValueNamed<'ops.storeOffers'>;
type Store = { id: string; name: { zh: string }; lng: number; lat: number };

/** The demo's clerk and the published store where he stands, open around the clock. */
async function openStore(clerk: APIRequestContext): Promise<Store> {
  const logins = JSON.parse(readFileSync(join(HOME, 'demo-logins.json'), 'utf8')) as (Login & { role: string })[];
  const login = logins.find(({ role }) => role === 'clerk');
  if (!login) throw new Error('The demo has no clerk');
  await signInClerk(clerk, login);
  const { store } = (await (await clerk.get('/api/counter.home')).json()).value as ValueNamed<'counter.home'>;
  const rows = await inDatabase(HOME, (db) =>
    db.query<Store>(
      `update store s set hours = null from location l where s.id = $1 and l.id = s.id returning s.id, l.name, s.lng, s.lat`,
      [store?.id ?? ''],
    ),
  );
  const [found] = rows;
  if (!found) throw new Error('The demo clerk is posted nowhere');
  return found;
}

/** The one offer of this store, and its password. Each has its own amount: the same again within seven days is unlawful. */
async function makeOffer(context: BrowserContext, baseURL: string, storeId: string) {
  const door = await openOperatorDoor(context.request, HOME, baseURL);
  const listed = (await (await context.request.get('/api/ops.storeOffers')).json()) as { value: Listed };
  for (const { id, stores, state } of listed.value.offers) {
    if (state !== 'running' || stores[0]?.id !== storeId) continue;
    await door.ask('ops.stopStoreOffer', { id, withdraw: false, reason: 'another journey begins' });
  }
  const now = Date.now();
  const yuan = 20 + randomInt(60);
  const { offers } = await door.ask('ops.makeStoreOffer', {
    id: randomUUID(),
    name: { zh: `到店满${yuan * 3}减${yuan}`, en: `¥${yuan} off from ¥${yuan * 3}` },
    rule: { kind: 'threshold', fullFen: yuan * 300, cutFen: yuan * 100 },
    hours: [0, 1_440],
    from: now,
    until: now + 86_400_000,
    ...{ goodMinutes: 120, perDay: 50, total: 50, budgetFen: yuan * 5_000 },
    storeIds: [storeId],
  });
  expect(offers[0]).toMatchObject({ state: 'running', storeCount: 1 });
  return { yuan: String(yuan), password: (await door.ask('ops.newStorePassword', { storeId })).password };
}

/** Everything that this page sends, address and body. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  return sent;
}

const north = ({ lng, lat }: Store, metres: number, accuracy: number) => ({
  longitude: Number(lng.toFixed(6)) + 0.000_001,
  latitude: lat + metres / 111_195,
  accuracy,
});

async function signInShopper(context: BrowserContext): Promise<void> {
  const phone = freshPhoneNumber();
  const { sandboxCode } = await command<{ sandboxCode: string }>(context.request, 'identity.sendCode', { phone });
  await command(context.request, 'identity.verifyCode', { phone, code: sandboxCode });
}

/** From the tap to the phone's own question: said what for, and agreed to by itself. */
async function lookAround(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.look }).click();
  await expect(page.getByText('坐标不会上传', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: words.consentYes }).click();
}

test('[OFFER1] [T-38] A shopper finds a store’s offer within 500 m, and the counter redeems its coupon once', async ({
  browser,
  baseURL,
}) => {
  const [operator, counter, phone] = await Promise.all([
    browser.newContext(),
    browser.newContext(),
    browser.newContext({ permissions: ['geolocation'] }),
  ]);
  const store = await openStore(counter.request);
  const { yuan } = await makeOffer(operator, baseURL ?? '', store.id);
  await signInShopper(phone);

  const page = await phone.newPage();
  const sent = sentBy(page);
  let asked = 0;
  await page.exposeFunction('countPositions', () => {
    asked += 1;
  });
  await page.addInitScript(() => {
    const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
    navigator.geolocation.watchPosition = (...given) => {
      (globalThis as unknown as { countPositions(): void }).countPositions();
      return watch(...given);
    };
  });
  await phone.setGeolocation(north(store, 300, 800));
  await page.goto('/offers');
  await expect(page.getByText(words.orPassword)).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  expect(asked).toBe(0);

  await lookAround(page);
  await expect(page.getByText(words.impreciseTitle)).toBeVisible();
  await phone.setGeolocation(north(store, 1_400, 20));
  await expect(page.getByText(words.noneTitle)).toBeVisible();
  await phone.setGeolocation(north(store, 300, 20));
  await expect(page.getByRole('heading', { name: words.found(1) })).toBeVisible();
  await expect(page.getByText(words.gives(yuan))).toBeVisible();
  await expect(page.getByText(words.todayOnly(store.name.zh))).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await page.getByRole('button', { name: words.claim, exact: true }).click();

  const sheet = page.getByRole('dialog');
  const picture = sheet.getByRole('img', { name: '提货二维码' });
  await expect(picture).toBeVisible();
  await expectNoAxeFaults(page);
  const text = await codeInPicture(await picture.screenshot());
  expect(text).toMatch(/^FP1\./);
  const claims = sent.filter((line) => line.includes('/api/offer.claim'));
  expect(claims).toHaveLength(1);
  expect(claims[0]).toMatch(/"patch":"p\d+-\d+","accuracyM":20/);
  const degrees = new RegExp(`${store.lng.toFixed(3)}|${store.lat.toFixed(3)}`.replaceAll('.', '\\.'));
  for (const line of sent) expect(line).not.toMatch(degrees);

  const desk = await counter.newPage();
  await desk.goto('/counter');
  // A touch first: the page's sounds open with it, which takes longer than a scanner between two keys.
  await goTo(desk, frame.scan);
  await wedge(desk, text ?? '');
  await expect(desk.getByRole('heading', { name: till.found })).toBeVisible();
  await expect(desk.getByText(`¥${yuan}`, { exact: true })).toBeVisible();
  await expectNoAxeFaults(desk);
  await desk.getByRole('button', { name: till.redeem }).click();
  await expect(desk.getByRole('heading', { name: till.redeemed })).toBeVisible();
  // The phone hears of it by itself.
  await expect(sheet.getByText(words.usedText(yuan))).toBeVisible({ timeout: 30_000 });
  await desk.getByRole('button', { name: till.next }).click();
  await wedge(desk, text ?? '');
  await expect(desk.getByRole('heading', { name: refused.coupon_redeemed })).toBeVisible();
  await expect(desk.getByText(/在“.+”由你核销/)).toBeVisible();
  await goTo(desk, frame.today);
  await expect(desk.getByRole('heading', { name: till.todayTitle })).toBeVisible();
  await expectNoAxeFaults(desk);
  await Promise.all([operator.close(), counter.close(), phone.close()]);
});

test('Who gives no position has the store’s password, and the counter takes the digits', async ({
  browser,
  baseURL,
}) => {
  const [operator, counter, phone] = await Promise.all([
    browser.newContext(),
    browser.newContext(),
    browser.newContext({ permissions: [] }),
  ]);
  const store = await openStore(counter.request);
  const { password } = await makeOffer(operator, baseURL ?? '', store.id);
  await signInShopper(phone);
  const page = await phone.newPage();
  await page.goto('/offers');
  await lookAround(page);
  await expect(page.getByText(words.deniedTitle)).toBeVisible();
  const box = page.getByRole('textbox', { name: words.passwordLabel });
  await box.fill('WRNG-WRNG');
  await page.getByRole('button', { name: words.passwordSend }).click();
  await expect(page.getByRole('alert').filter({ hasText: '口令不对' })).toBeVisible();
  await box.fill(password.toLowerCase());
  await page.getByRole('button', { name: words.passwordSend }).click();
  await expect(page.getByRole('dialog').getByText(words.atStore(store.name.zh), { exact: false })).toBeVisible();

  const mine = (await (await phone.request.get('/api/offer.mine')).json()).value as ValueNamed<'offer.mine'>;
  const [coupon] = mine.coupons;
  const desk = await counter.newPage();
  await desk.goto('/counter');
  await desk.getByLabel(typed.digits).fill(coupon?.code?.digits ?? '');
  await desk.getByLabel(typed.lastFour).fill(coupon?.lastFour ?? '');
  await desk.getByRole('button', { name: typed.check }).click();
  await expect(desk.getByRole('heading', { name: till.found })).toBeVisible();
  await desk.getByRole('button', { name: till.redeem }).click();
  await expect(desk.getByRole('heading', { name: till.redeemed })).toBeVisible();
  await Promise.all([operator.close(), counter.close(), phone.close()]);
});
