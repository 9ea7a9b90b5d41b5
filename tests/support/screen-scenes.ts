import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type BrowserContext, expect, type Page } from '@playwright/test';
import type { Claimable } from '../../lib/contracts/coupon.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { checkoutCouponMessages } from '../../lib/messages/checkout-coupons.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsOrdersMessages } from '../../lib/messages/ops-orders.ts';
import { opsRaiseMessages } from '../../lib/messages/ops-raise.ts';
import { opsRaisePanelMessages } from '../../lib/messages/ops-raise-panel.ts';
import { opsTeamsMessages } from '../../lib/messages/ops-teams.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { waitlistMessages } from '../../lib/messages/waitlist.ts';
import type { Whim } from '../../server/payment/sandbox/whims.ts';
import { offerScenes } from './offer-scenes.ts';
import type { OperatorDoor } from './operator-door.ts';
import { packetScenes } from './packet-scenes.ts';
import { runOutPayTime } from './pay-time.ts';
import { command, freshPhoneNumber, orderAsMyself } from './phone.ts';
import { pickupScenes } from './pickup-scenes.ts';
import { riskScenes } from './risk-scenes.ts';
import { shareScenes } from './share-scenes.ts';
import { stateScenes } from './state-scenes.ts';
import { studioScenes } from './studio-scenes.ts';
import { pauseCampaign, publishTeams } from './team-doors.ts';
import { teamScenes } from './team-scenes.ts';

/*
 * What npm run screens takes pictures of: each scene brings the demo shop into a state by the doors that a shopper and
 * an operator have, and says which page shows it.
 */

/** The shop and the people in it, of one size and one colour scheme. */
export type Room = {
  readonly home: string;
  /** Signed in, with an address. */
  readonly shopper: BrowserContext;
  readonly operator: OperatorDoor;
  /** Another signed-in shopper without a screen; closed with the room. */
  readonly other: () => Promise<APIRequestContext>;
  /** Somebody whom nobody knows, without a screen; closed with the room. */
  readonly passer: () => Promise<APIRequestContext>;
};

export type Scene = {
  readonly name: string;
  /** `newcomer`: a shopper with an address and nothing else, another one for each picture; `passer`: a phone that is new. */
  readonly who: 'shopper' | 'newcomer' | 'passer' | 'stranger' | 'operator' | 'marketer' | 'clerk';
  /** Brings the shop there, once for both languages, and answers the Chinese address of the page. */
  readonly arrange: (room: Room) => string | Promise<string>;
  /** What is touched before the picture is taken. */
  readonly act?: (page: Page, locale: Locale) => Promise<void>;
};

/** In the session that is open from the start; `sku` has a price for the first ones, `other` has not. */
const CRAB = {
  places: 20,

  handle: 'chaoyang-hairy-crab',
  sku: 'sku_chaoyang-hairy-crab.six',
  other: 'sku_chaoyang-hairy-crab.eight',
};
const PATIENCE_MS = 60_000;

export async function signUp(phone: APIRequestContext, street = '南京东路 1 号 801'): Promise<void> {
  const number = freshPhoneNumber();
  const { sandboxCode } = await command<{ sandboxCode: string }>(phone, 'identity.sendCode', { phone: number });
  await command(phone, 'identity.verifyCode', { phone: number, code: sandboxCode });
  await command(phone, 'address.save', {
    id: randomUUID(),
    name: '王小明',
    phone: number,
    provinceCode: '31',
    cityCode: '3101',
    areaCode: '310101',
    region: '上海市 黄浦区',
    street,
    isDefault: true,
  });
}

async function newestOrder(phone: APIRequestContext): Promise<Order> {
  const answer = await (await phone.get('/api/order.list')).json();
  return (answer as { value: { orders: Order[] } }).value.orders[0] as Order;
}

async function placed(phone: APIRequestContext, skuId: string, units: number): Promise<Order> {
  await orderAsMyself(phone, skuId, units);
  return newestOrder(phone);
}

/** Opens a payment; answers the trade at the sandbox's cashier. */
async function cashierOf(phone: APIRequestContext, orderId: string): Promise<string> {
  const { payUrl } = await command<{ payUrl: string }>(phone, 'payment.start', {
    key: randomUUID(),
    orderId,
    channel: 'sandbox',
  });
  return payUrl.split('=')[1] as string;
}

async function until(phone: APIRequestContext, id: string, isSo: (order: Order) => boolean): Promise<void> {
  const look = async () => {
    const answer = await (await phone.get(`/api/order.read?id=${id}`)).json();
    return isSo((answer as { value: { order: Order } }).value.order);
  };
  await expect.poll(look, { timeout: PATIENCE_MS }).toBe(true);
}

async function paid(phone: APIRequestContext, skuId: string, units: number): Promise<string> {
  const { id } = await placed(phone, skuId, units);
  await command(phone, 'sandbox.pay', { id: await cashierOf(phone, id) });
  await until(phone, id, ({ state }) => state === 'paid');
  return id;
}

/** The first choice of a product of the demo. */
async function skuOf(phone: APIRequestContext, handle: string): Promise<string> {
  const answer = await (await phone.get(`/api/public/product?handle=${handle}`)).json();
  return (answer as { value: { product: { skus: { id: string }[] } } }).value.product.skus[0]?.id ?? '';
}

/** Takes out every free unit. */
async function empty({ operator }: Room, skuId: string): Promise<void> {
  const { row } = await operator.adjust(skuId, 1);
  await operator.adjust(skuId, -row.available);
}

const pages = (who: Scene['who'], addresses: Record<string, string>): Scene[] =>
  Object.entries(addresses).map(([name, address]) => ({ name, who, arrange: () => address }));

const buying: Scene[] = [
  ...pages('shopper', {
    home: '/',
    categories: '/c',
    category: '/c/fashion',
    search: '/search?q=erji',
    product: `/p/${CRAB.handle}`,
    checkout: `/checkout?buy=${CRAB.other}:1`,
  }),
  {
    name: 'cart',
    who: 'shopper',
    async arrange({ shopper }) {
      const changedAt = Date.now();
      const lines = [CRAB.sku, CRAB.other].map((skuId) => ({ skuId, quantity: 1, changedAt }));
      await command(shopper.request, 'cart.merge', { lines });
      return '/cart';
    },
  },
  {
    // His place at the tier's price is taken by himself, in another tab; then he submits.
    name: 'checkout-price-moved',
    who: 'newcomer',
    arrange: () => `/checkout?buy=${CRAB.sku}:1`,
    async act(page, locale) {
      await expect(page.getByText(checkoutMessages[locale].tierPrice(CRAB.places))).toBeVisible({
        timeout: PATIENCE_MS,
      });
      const submit = page.getByRole('button', { name: checkoutMessages[locale].submit });
      await orderAsMyself(page.request, CRAB.sku, 1);
      await submit.click();
      await expect(page.getByRole('main').getByRole('alert').first()).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
];

/** Claims one of each coupon of the demo. */
async function claimAll(phone: APIRequestContext): Promise<void> {
  const answer = await (await phone.get('/api/public/coupons')).json();
  const { templates } = (answer as { value: { templates: Claimable[] } }).value;
  for (const { id, isSoldOut } of templates) {
    // Claimed before, for another picture: the answer says so, and the wallet has it.
    if (!isSoldOut) await phone.post('/api/coupon.claim', { data: { key: randomUUID(), templateId: id } });
  }
}

const ORDINARY = 'fengtian-honey';

const coupons: Scene[] = [
  ...pages('newcomer', { coupons: '/coupons', 'wallet-empty': '/wallet' }),
  ...pages('stranger', { 'wallet-signed-out': '/wallet' }),
  {
    name: 'wallet',
    who: 'shopper',
    async arrange({ shopper }) {
      await claimAll(shopper.request);
      return '/wallet';
    },
  },
  {
    name: 'checkout-coupons',
    who: 'shopper',
    async arrange({ shopper }) {
      await claimAll(shopper.request);
      return `/checkout?buy=${await skuOf(shopper.request, ORDINARY)}:2`;
    },
    async act(page, locale) {
      await page.getByRole('button', { name: checkoutCouponMessages[locale].row }).click({ timeout: PATIENCE_MS });
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
];

const SCARCE = 'laoyinxiang-radio-speaker';

const waiting: Scene[] = [
  {
    name: 'product-sold-out',
    who: 'shopper',
    async arrange(room) {
      const skuId = await skuOf(room.shopper.request, SCARCE);
      await empty(room, skuId);
      return `/p/${SCARCE}?sku=${skuId}`;
    },
  },
  {
    name: 'product-waitlist',
    who: 'newcomer',
    arrange: async ({ shopper }) => `/p/${SCARCE}?sku=${await skuOf(shopper.request, SCARCE)}`,
    async act(page, locale) {
      await page.getByRole('button', { name: productMessages[locale].soldOut }).click();
      const join = page.getByRole('dialog').getByRole('button', { name: waitlistMessages[locale].join });
      await expect(join).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'waitlist',
    who: 'shopper',
    async arrange(room) {
      const skuId = await skuOf(room.shopper.request, SCARCE);
      const join = (phone: APIRequestContext, quantity: number) =>
        command(phone, 'waitlist.join', { key: randomUUID(), skuId, quantity });
      await join(await room.other(), 1);
      await join(room.shopper.request, 2);
      return '/waitlist';
    },
  },
  {
    name: 'waitlist-offer',
    who: 'shopper',
    async arrange(room) {
      // One for who waits before him, and one of the two that he wants.
      const skuId = await skuOf(room.shopper.request, SCARCE);
      await room.operator.adjust(skuId, 2);
      const isOffered = async () =>
        (await (await room.shopper.request.get('/api/waitlist.list')).text()).includes('"offered"');
      await expect.poll(isOffered, { timeout: PATIENCE_MS }).toBe(true);
      return '/waitlist';
    },
  },
];

/** An order of which one unit is paid back and another is asked for. */
async function refundUnderWay({ shopper, operator }: Room): Promise<string> {
  const id = await paid(shopper.request, await skuOf(shopper.request, 'huapo-maple-skateboard'), 3);
  const ask = async (quantity: number, reason: string) => {
    const key = randomUUID();
    await command(shopper.request, 'order.askRefund', { id, key, lines: [{ lineNumber: 1, quantity }], reason });
    return { id, requestId: key };
  };
  await operator.ask('ops.decideRefund', {
    ...(await ask(1, 'changed_mind')),
    approve: true,
    reason: '已与你电话沟通，同意退款',
  });
  await until(shopper.request, id, ({ state, refundedFen }) => state === 'paid' && refundedFen > 0);
  await ask(1, 'ordered_by_mistake');
  return id;
}

const ordering: Scene[] = [
  {
    name: 'cashier',
    who: 'shopper',
    async arrange({ shopper }) {
      const { id } = await placed(shopper.request, CRAB.other, 1);
      return `/cashier?trade=${await cashierOf(shopper.request, id)}`;
    },
  },
  {
    name: 'order',
    who: 'shopper',
    arrange: async ({ shopper }) => `/order?id=${(await newestOrder(shopper.request)).id}`,
  },
  {
    name: 'paid',
    who: 'shopper',
    arrange: async ({ shopper }) => `/paid?order=${await paid(shopper.request, CRAB.sku, 1)}`,
  },
  {
    name: 'order-refund-ask',
    who: 'shopper',
    arrange: async ({ shopper }) =>
      `/order?id=${await paid(shopper.request, await skuOf(shopper.request, 'huapo-maple-skateboard'), 2)}`,
    async act(page, locale) {
      await page.getByRole('button', { name: orderMessages[locale].askRefund }).click();
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  { name: 'order-refund', who: 'shopper', arrange: async (room) => `/order?id=${await refundUnderWay(room)}` },
  {
    name: 'order-late-payment',
    who: 'shopper',
    async arrange({ shopper }) {
      const { id } = await placed(shopper.request, await skuOf(shopper.request, 'laojie-derby-shoes'), 1);
      const whims: Whim[] = ['paid_after_close'];
      const answer = await shopper.request.post('/api/test/sandbox-whims', { data: { orderId: id, whims } });
      expect(answer.status(), 'the shop is under test: FESTA_TEST=1').toBe(204);
      const trade = await cashierOf(shopper.request, id);
      await command(shopper.request, 'order.cancel', { id });
      await shopper.request.post('/api/sandbox.pay', { data: { id: trade } });
      await until(shopper.request, id, ({ paidFen, refundedFen }) => paidFen > 0 && refundedFen === paidFen);
      return `/order?id=${id}`;
    },
  },
  {
    name: 'order-closed',
    who: 'shopper',
    async arrange({ shopper, home }) {
      const { id } = await placed(shopper.request, await skuOf(shopper.request, 'chuxue-ski-goggles'), 1);
      await runOutPayTime(home, id);
      await until(shopper.request, id, ({ state }) => state === 'closed');
      return `/order?id=${id}`;
    },
  },
  ...pages('shopper', {
    orders: '/orders',
    me: '/me',
    offline: '/offline',
    missing: '/p/nothing-here',
  }),
  ...pages('newcomer', { addresses: '/addresses' }),
  ...pages('stranger', { login: '/login' }),
];

const counter: Scene[] = [
  ...pages('operator', { 'ops-orders': '/ops', 'ops-stock': '/ops/stock' }),
  {
    name: 'ops-refund',
    who: 'operator',
    arrange: () => '/ops',
    async act(page, locale) {
      const waiting = opsOrdersMessages[locale].state_refund_requested;
      await page.getByRole('button', { name: new RegExp(`^${waiting}`) }).click();
      // The list of another state may still be on its way: what is touched then opens nothing.
      await expect(async () => {
        await page.getByRole('row').last().getByRole('button').click({ timeout: 2_000 });
        await expect(page.getByRole('dialog')).toBeVisible({ timeout: 2_000 });
      }).toPass({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'ops-transfers',
    who: 'operator',
    async arrange({ operator, shopper }) {
      await operator.ask('ops.saveLocation', { id: 'chengdu', name: { zh: '成都仓', en: 'Chengdu' } });
      const skuId = await skuOf(shopper.request, 'fengtian-honey');
      const send = { key: randomUUID(), skuId, from: 'central', to: 'chengdu', quantity: 6, reason: '西区补货' };
      await operator.ask('ops.sendTransfer', send);
      return '/ops/transfers';
    },
  },
  {
    name: 'ops-coupons',
    who: 'operator',
    async arrange({ other }) {
      await claimAll(await other());
      return '/ops/coupons';
    },
  },
  {
    name: 'ops-team-raise',
    who: 'operator',
    async arrange({ home }) {
      await publishTeams(home, '周末组队红包');
      return '/ops/teams';
    },
    async act(page, locale) {
      await page.getByRole('button', { name: opsRaiseMessages[locale].raise, exact: true }).first().click();
      const panel = page.getByRole('dialog');
      await panel.getByLabel(opsRaisePanelMessages[locale].addYuan).fill('500');
      await expect(panel).toContainText(opsRaisePanelMessages[locale].raiseNow('').slice(0, 3));
    },
  },
  {
    name: 'ops-team-unlawful',
    who: 'operator',
    arrange: () => '/ops/teams',
    async act(page, locale) {
      const [words, common] = [opsTeamsMessages[locale], opsCampaignsMessages[locale]];
      await page.getByRole('button', { name: words.make, exact: true }).click();
      const panel = page.getByRole('dialog');
      await panel.getByLabel(common.nameZh).fill('全网最低的3人组队红包');
      await panel.getByLabel(common.nameEn).fill('Share ¥200');
      await panel.getByLabel(words.budgetYuan).fill('20,020');
      await panel.getByRole('button', { name: common.publish, exact: true }).click();
      await expect(panel.getByRole('alert').filter({ hasText: common.unlawful })).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  {
    name: 'ops-team-paused',
    who: 'operator',
    async arrange({ home }) {
      // One of its own: the demo's goes on for the scenes of the next size.
      await pauseCampaign(home, await publishTeams(home, '周末一起分'));
      return '/ops/teams';
    },
    async act(page, locale) {
      await page.getByRole('button', { name: opsCampaignsMessages[locale].lift, exact: true }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
    },
  },
  ...pages('operator', {
    'ops-sessions': '/ops/sessions',
    'ops-promotions': '/ops/promotions',
    'ops-teams': '/ops/teams',
    'ops-packets': '/ops/packets',
    'ops-messages': '/ops/messages',
    'ops-payments': '/ops/payments',
    'ops-checks': '/ops/checks',
  }),
];

/** In the order in which they are brought about. */
export const SCENES: readonly Scene[] = [
  ...stateScenes,
  ...buying,
  ...coupons,
  ...pickupScenes,
  ...teamScenes,
  ...packetScenes,
  ...waiting,
  ...ordering,
  ...counter,
  ...offerScenes,
  ...riskScenes,
  ...shareScenes,
  ...studioScenes,
];
