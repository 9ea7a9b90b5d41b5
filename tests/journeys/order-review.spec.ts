import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { opsOrderGroupsMessages } from '../../lib/messages/ops-order-groups.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { opsRiskMessages } from '../../lib/messages/ops-risk.ts';
import { orderReviewMessages } from '../../lib/messages/order-review.ts';
import { riskDecisionsMessages } from '../../lib/messages/risk-decisions.ts';
import { expectNoAxeFaults, SCHEMES } from '../support/axe.ts';
import { openOperatorDoor } from '../support/operator-door.ts';
import { heldOrder, orderOf, publishPackets } from '../support/review-doors.ts';
import { signUp } from '../support/screen-scenes.ts';

const HOME = process.env.FESTA_TEST_HOME ?? '';
const NEWS_MS = 60_000;
const desk = opsOrderGroupsMessages['zh-CN'];
const words = orderReviewMessages['zh-CN'];

async function phone(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  // A door of his own: those of another journey are not of this group.
  await signUp(context.request, `南京东路 1 号 ${randomUUID()}`);
  return context.newPage();
}

/** Four people, one payer: the last one looks at his order, which is held. */
async function reviewed(browser: Browser, baseURL: string) {
  const campaign = `同付红包 ${randomUUID().slice(0, 6)}`;
  const people: Page[] = [];
  for (let count = 0; count < 4; count += 1) people.push(await phone(browser, baseURL));
  const requests = people.map((page) => page.request);
  const id = await heldOrder(requests, await publishPackets(HOME, campaign));
  const owner = people[3] as Page;
  await owner.goto(`/order?id=${id}`);
  await expect(owner.getByText(/^订单审核中，最迟.*\d\d:\d\d 安排发货$/)).toBeVisible({
    timeout: NEWS_MS,
  });
  const counter = await browser.newContext({ baseURL });
  const door = await openOperatorDoor(counter.request, HOME, baseURL);
  const end = async () => {
    for (const page of people) await page.context().close();
    await counter.close();
  };
  return { campaign, id, owner, counter, door, end };
}

/** Opens the group on the counter, chooses, and says why. */
async function decide(page: Page, campaign: string, choice: string, said: string): Promise<void> {
  await page.goto('/ops/risk');
  await page
    .getByRole('listitem')
    .filter({ hasText: campaign })
    .first()
    .getByRole('button', { name: desk.act })
    .click();
  const panel = page.getByRole('dialog');
  await expect(panel).toContainText(desk.people(4));
  await expectNoAxeFaults(page);
  await panel.getByRole('radio', { name: choice }).check();
  await panel.getByLabel(opsRiskMessages['zh-CN'].words).fill(said);
  await panel.getByRole('button', { name: opsRiskMessages['zh-CN'].confirm }).click();
  await expect(panel).toBeHidden({ timeout: NEWS_MS });
}

test('Four orders by one payer: the fourth waits for a person, is refused with words, refunded, and may be appealed', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const { campaign, id, owner, counter, end } = await reviewed(browser, baseURL ?? '');
  await expectNoAxeFaults(owner, { schemes: SCHEMES });
  const page = await counter.newPage();
  await page.goto('/ops');
  await page.getByRole('button', { name: id, exact: true }).click({ timeout: NEWS_MS });
  const panel = page.getByRole('dialog');
  await expect(panel.getByText(opsOrdersMessages['zh-CN'].review_held, { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: opsOrdersMessages['zh-CN'].pack })).toHaveCount(0);
  const packing = await counter.request.post('/api/ops.pack', { data: { id } });
  expect(await packing.json()).toMatchObject({ ok: false, refusal: { code: 'order_in_review' } });

  const said = '四位顾客由同一个付款账户付款';
  await decide(page, campaign, desk.refuse, said);
  await expect(owner.getByText(words.refused, { exact: true })).toBeVisible({ timeout: NEWS_MS });
  await expect(owner.getByText(said)).toBeVisible();
  await expect.poll(async () => (await orderOf(owner.request, id)).state, { timeout: NEWS_MS }).toBe('refunded');
  await owner.getByRole('link', { name: words.appeal }).click();
  await owner.waitForURL(/\/decisions$/);
  const card = owner.getByRole('article').filter({ hasText: campaign });
  await expect(card).toContainText(said, { timeout: NEWS_MS });
  await expect(card).toContainText(riskDecisionsMessages['zh-CN'].orderRefused);
  await expect(card.getByRole('button', { name: riskDecisionsMessages['zh-CN'].appeal })).toBeVisible();
  await end();
});

test('An order that a person lets go loses its note, and is packed', async ({ browser, baseURL }) => {
  test.setTimeout(240_000);
  const { campaign, id, owner, counter, door, end } = await reviewed(browser, baseURL ?? '');
  await decide(await counter.newPage(), campaign, desk.free, '是同一家人');
  await expect(owner.getByText(words.heldText)).toBeHidden({ timeout: NEWS_MS });
  const { order } = await door.ask('ops.pack', { id });
  expect(order.state).toBe('packed');
  await end();
});
