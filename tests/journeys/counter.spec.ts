import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { tokenAt } from '../../lib/domain/pickup/token.ts';
import { counterMessages } from '../../lib/messages/counter.ts';
import { counterListsMessages } from '../../lib/messages/counter-lists.ts';
import { counterOfflineMessages } from '../../lib/messages/counter-offline.ts';
import { counterRefusedMessages } from '../../lib/messages/counter-refused.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { buyForPickup, codeOf, type Login, openCounter, ordinarySkus, wedge } from '../support/counter-doors.ts';
import { COUNTER_PATIENCE_MS, counterPage, counterSays, goTo, putAsideHere } from '../support/counter-pages.ts';
import { type OperatorDoor, openOperatorDoor } from '../support/operator-door.ts';
import { inDatabase } from '../support/team-doors.ts';
import { workerKeeps } from '../support/worker.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
const [frame, lists, offline, refused, scan] = [
  counterMessages['zh-CN'],
  counterListsMessages['zh-CN'],
  counterOfflineMessages['zh-CN'],
  counterRefusedMessages['zh-CN'],
  counterScanMessages['zh-CN'],
];

async function operatorOf(wire: APIRequestContext, baseURL: string): Promise<OperatorDoor> {
  return openOperatorDoor(wire, HOME, baseURL);
}

/** What the shopper's phone shows at this moment. */
async function tokenOf(phone: APIRequestContext, orderId: string): Promise<string> {
  const code = await codeOf(phone, orderId);
  if (!code) throw new Error(`${orderId} is not ready`);
  return tokenAt(code.secret, code.codeId, Date.now());
}

async function signInHere(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel('邮箱').fill(email);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: frame.enter }).click();
}

test('A clerk prepares an order, hands over some and then the rest; nobody hands it over twice, a second person takes it back, and wrong codes lock him', async ({
  browser,
  playwright,
  baseURL: given,
}) => {
  test.setTimeout(180_000);
  const baseURL = given ?? '';
  const wire = await playwright.request.newContext({ baseURL });
  const phone = await playwright.request.newContext({ baseURL });
  const operator = await operatorOf(wire, baseURL);
  const [first = '', second = ''] = ordinarySkus(HOME);
  const goods = { skuIds: [first, second], units: 5 };
  const here = await openCounter(HOME, baseURL, operator, { ...goods, clerks: ['李敏', '王芳'], name: '外滩店' });
  const there = await openCounter(HOME, baseURL, operator, { ...goods, clerks: ['周杰'], name: '徐汇店' });
  const order = await buyForPickup(phone, here.storeId, [
    { skuId: first, quantity: 2 },
    { skuId: second, quantity: 1 },
  ]);

  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto('/counter');
  await signInHere(page, here.clerks[0]!);
  await expect(page.getByText('外滩店')).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await putAsideHere(page, [order.orderId]);

  await goTo(page, frame.scan);
  await wedge(page, await tokenOf(phone, order.orderId));
  await counterSays(page, scan.found);
  await expect(page.getByRole('article')).toContainText(`${order.number.slice(0, 3)}****${order.number.slice(-4)}`);
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await page.getByRole('button', { name: scan.handSome }).click();
  await page.getByRole('button', { name: '减少一件' }).first().click();
  await page.getByRole('button', { name: scan.handThese(2) }).click();
  await counterSays(page, scan.handed);
  await expect(page.getByText(scan.handedRest(1))).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });

  const elsewhere = await counterPage(browser, baseURL, there.clerks[0]!);
  await wedge(elsewhere, await tokenOf(phone, order.orderId));
  await counterSays(elsewhere, refused.wrong_store);
  await expect(elsewhere.getByText('外滩店')).toBeVisible();

  const token = await tokenOf(phone, order.orderId);
  await wedge(page, token);
  await counterSays(page, scan.foundPart);
  await page.getByRole('button', { name: scan.handAll(1) }).click();
  await counterSays(page, scan.handed);
  await wedge(page, token);
  await counterSays(page, refused.already_handed);
  await expect(page.getByText(/^你已在 \d\d:\d\d:\d\d 交付（外滩店）$/)).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });

  const beside = await counterPage(browser, baseURL, here.clerks[1]!);
  await wedge(beside, token);
  await counterSays(beside, refused.already_handed);
  await expect(beside.getByText(/^李敏 已在 \d\d:\d\d:\d\d 交付（外滩店）$/)).toBeVisible();
  await goTo(beside, frame.today);
  await beside.getByRole('button', { name: lists.undo, exact: true }).first().click();
  await beside.getByRole('button', { name: lists.undoYes }).click();
  await expect(beside.getByText(/由王芳撤销/)).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await expectNoAxeFaults(beside, { schemes: SCHEMES });

  for (const last of 'ABCDE') await wedgeOnce(beside, `FP1.AAAAAAAAAAAA.AAAAAAAAAAAAAAA${last}`, last === 'A');
  await wedge(beside, await tokenOf(phone, order.orderId));
  await counterSays(beside, refused.counter_locked);
  await expect(beside.getByRole('timer')).toContainText(/9:\d\d|10:00/);
  for (const each of [page, elsewhere, beside]) await each.context().close();
  for (const each of [wire, phone]) await each.dispose();
});

/** A code that is nobody's; the next one is scanned when the counter has said so. */
async function wedgeOnce(page: Page, text: string, isFirst: boolean): Promise<void> {
  if (!isFirst) await page.getByRole('button', { name: refused.next }).click();
  await wedge(page, text);
  await counterSays(page, refused.unknown_pickup_code);
}

test('A counter that has lost its network hands over from its list; when it is back what it did is written, and what others did first is told', async ({
  browser,
  playwright,
  baseURL: given,
}) => {
  test.setTimeout(180_000);
  const baseURL = given ?? '';
  const wire = await playwright.request.newContext({ baseURL });
  const phone = await playwright.request.newContext({ baseURL });
  const operator = await operatorOf(wire, baseURL);
  const [first = ''] = ordinarySkus(HOME);
  const goods = { skuIds: [first], units: 5, clerks: ['李敏', '王芳'], name: '静安店' };
  const here = await openCounter(HOME, baseURL, operator, goods);
  const lines = [{ skuId: first, quantity: 1 }];
  const one = await buyForPickup(phone, here.storeId, lines);
  const two = await buyForPickup(phone, here.storeId, lines, one.number);

  const page = await counterPage(browser, baseURL, here.clerks[0]!);
  await putAsideHere(page, [one.orderId, two.orderId]);
  await page.getByRole('button', { name: frame.device }).click();
  await page.getByRole('button', { name: offline.start }).click();
  await expect(page.getByRole('button', { name: offline.end })).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  await page.keyboard.press('Escape');

  const beside = await counterPage(browser, baseURL, here.clerks[1]!);
  await wedge(beside, await tokenOf(phone, two.orderId));
  await counterSays(beside, refused.held_by_counter);

  await workerKeeps(page);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('button', { name: scan.check })).toBeVisible({ timeout: COUNTER_PATIENCE_MS });
  await expect(page.getByRole('status').filter({ hasText: frame.offlineTitle })).toBeVisible();
  await wedge(page, await tokenOf(phone, one.orderId));
  await counterSays(page, refused.offline);
  await page.getByRole('button', { name: refused.typeInstead }).click();
  for (const [at, { orderId, number }] of [one, two].entries()) {
    if (at > 0) await page.getByRole('button', { name: scan.next }).click();
    await page.getByLabel(scan.digits).fill((await codeOf(phone, orderId))?.digits ?? '');
    await page.getByLabel(scan.lastFour, { exact: true }).fill(number.slice(-4));
    await page.getByRole('button', { name: scan.check }).click();
    await counterSays(page, scan.found);
    await page.getByRole('button', { name: scan.handAll(1) }).click();
    await counterSays(page, scan.kept);
  }
  await expectNoAxeFaults(page, { schemes: SCHEMES });

  // The server's hold is over before the device is back, and somebody else was first.
  await inDatabase(HOME, (db) =>
    db.query(`update pickup_lease set until = clock_timestamp() - interval '1 second' where store_id = $1`, [
      here.storeId,
    ]),
  );
  await wedge(beside, await tokenOf(phone, two.orderId));
  await counterSays(beside, scan.found);
  await beside.getByRole('button', { name: scan.handAll(1) }).click();
  await counterSays(beside, scan.handed);

  await page.context().setOffline(false);
  const told = page.getByRole('dialog', { name: offline.sentTitle });
  await expect(told.getByText(offline.sentText(1))).toBeVisible({ timeout: 2 * COUNTER_PATIENCE_MS });
  await expect(told.getByText(offline.conflictTitle(1))).toBeVisible();
  await expect(told.getByText(offline.reason_already_handed)).toBeVisible();
  await expectNoAxeFaults(page, { schemes: SCHEMES });
  for (const each of [page, beside]) await each.context().close();
  for (const each of [wire, phone]) await each.dispose();
});
