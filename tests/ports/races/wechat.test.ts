import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cartMerge, cartRead } from '../../../lib/contracts/cart.ts';
import { meRead, sendCode, verifyCode } from '../../../lib/contracts/identity.ts';
import { shareLink } from '../../../lib/contracts/share.ts';
import { wechatMine, wechatUnbind } from '../../../lib/contracts/wechat-login.ts';
import { qualifyPaid } from '../../../server/sharing/credits.ts';
import { bindVisitor } from '../../../server/sharing/visitors.ts';
import { accepted, type Browser } from '../../support/browser.ts';
import { CONTESTS, contests, type Gate, inOrder } from '../../support/contest.ts';
import { type Edge, openEdge, signIn } from '../../support/edge.ts';
import { putOnSale } from '../../support/goods.ts';
import { violations } from '../../support/invariants.ts';
import { putLink, touchLink } from '../../support/sharing.ts';
import { openShop } from '../../support/shop.ts';
import { openWeixin, type Weixin } from '../../support/wechat.ts';
import { follow, goToWeixin, signInByWeixin } from '../../support/weixin-login.ts';

/*
 * Two shoppers turn out to be one, by a WeChat or by a phone, while others do the same with one of them. Whatever
 * the order: a WeChat is one person's and a person's WeChat is one, what was in a cart is in one cart, a link has an owner
 * who is there, and an order earns once.
 */

let weixin: Weixin;
let edge: Edge;
let other: Edge;
let phones = 0;
vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  weixin = await openWeixin();
  const env = { ...weixin.env, PUBLIC_URL: 'https://shop.example' };
  edge = await openEdge({ env });
  other = await openEdge({ beside: edge, env });
});
beforeEach(() => edge.db.query('delete from rate_limit'));
afterAll(async () => {
  expect(await violations(edge.db)).toEqual([]);
  await other.close();
  await edge.close();
  await weixin.close();
});

const newOpenid = () => `o${randomUUID().replaceAll('-', '')}`;
const newPhone = () => `137${String(++phones).padStart(8, '0')}`;
const rowOf = (openid: string): Gate => ({
  sql: 'select 1 from wechat_openid where openid = $1 for update',
  params: [openid],
});
const idOf = async (browser: Browser) => accepted(await browser.call(meRead, {})).person?.id;
const cart = async (browser: Browser) =>
  accepted(await browser.call(cartRead, {}))
    .lines.map(({ skuId }) => skuId)
    .toSorted();

/** A stranger's browser with something in its cart, a link of its own, and this WeChat. */
async function stranger(openid: string, sku: string, at: Edge = edge): Promise<Browser> {
  const browser = at.browser();
  await browser.call(cartMerge, { lines: [{ skuId: sku, quantity: 1, changedAt: 1_700_000_000_000 }] });
  accepted(await browser.call(shareLink, { key: randomUUID(), path: `/p/${sku}` }));
  expect(await signInByWeixin(browser, weixin, { openid })).toBe('ok');
  return browser;
}

async function verified(phone = newPhone(), at: Edge = edge): Promise<Browser> {
  const browser = at.browser();
  await signIn(browser, phone);
  return browser;
}

/** All but the last step of proving a phone; the step itself is what races. */
async function proving(browser: Browser, phone: string): Promise<() => Promise<unknown>> {
  const { sandboxCode } = accepted(await browser.call(sendCode, { phone }));
  return async () => accepted(await browser.call(verifyCode, { phone, code: sandboxCode }));
}

/** What holds whatever happened to these carts and this WeChat. */
async function expectWhole(openid: string, skus: readonly string[]): Promise<void> {
  const owners = await edge.db.query<{ person_id: string }>(
    'select o.person_id from wechat_openid o join person p on p.id = o.person_id where openid = $1',
    [openid],
  );
  expect(owners.length).toBeLessThanOrEqual(1);
  const kept = await edge.db.query<{ sku_id: string }>(
    'select sku_id from cart_line c join person p on p.id = c.shopper_id where sku_id = any ($1) order by sku_id',
    [skus],
  );
  expect(kept.map(({ sku_id }) => sku_id)).toEqual([...skus].toSorted());
  const links = await edge.db.query<{ landing: string }>(
    'select landing from share_link l join person p on p.id = l.sharer_id where landing = any ($1) order by landing',
    [skus.map((sku) => `/p/${sku}`)],
  );
  expect(links.map(({ landing }) => landing)).toEqual(skus.map((sku) => `/p/${sku}`).toSorted());
  const doubled = await edge.db.query('select person_id from wechat_openid group by 1 having count(*) > 1');
  expect(doubled).toEqual([]);
}

test('[R-46] a phone’s account proves the WeChat before its anonymous shopper proves another phone', async () => {
  const [openid, sku] = [newOpenid(), `sku-${randomUUID()}`];
  const anonymous = await stranger(openid, sku);
  const person = await verified(newPhone(), other);
  const back = await goToWeixin(person, weixin, { openid });
  const prove = await proving(anonymous, newPhone());
  const [led] = await inOrder(edge.db, rowOf(openid), () => follow(person, back), prove);
  expect(led).toContain('wechat=ok');
  expect(await cart(person)).toEqual([sku]);
  expect(await cart(anonymous)).toEqual([]);
  expect((await idOf(anonymous)) !== (await idOf(person))).toBe(true);
  expect(accepted(await anonymous.call(wechatMine, {})).isBound).toBe(false);
  await expectWhole(openid, [sku]);
});

test('[R-46] its anonymous shopper proves a phone before another phone’s account proves the WeChat', async () => {
  const [openid, sku] = [newOpenid(), `sku-${randomUUID()}`];
  const anonymous = await stranger(openid, sku);
  const person = await verified(newPhone(), other);
  const back = await goToWeixin(person, weixin, { openid });
  const prove = await proving(anonymous, newPhone());
  const [, led] = await inOrder(edge.db, rowOf(openid), prove, () => follow(person, back));
  expect(led).toContain('wechat=elsewhere');
  expect(await cart(anonymous)).toEqual([sku]);
  expect(accepted(await anonymous.call(wechatMine, {}))).toMatchObject({ isBound: true, isHere: true });
  await expectWhole(openid, [sku]);
});

test('[R-46] two accounts prove one anonymous shopper’s WeChat: the first has it all, the second is told', async () => {
  const [openid, sku] = [newOpenid(), `sku-${randomUUID()}`];
  await stranger(openid, sku);
  const [ann, bob] = [await verified(), await verified(newPhone(), other)];
  const [toAnn, toBob] = [await goToWeixin(ann, weixin, { openid }), await goToWeixin(bob, weixin, { openid })];
  const led = await inOrder(
    edge.db,
    rowOf(openid),
    () => follow(ann, toAnn),
    () => follow(bob, toBob),
  );
  expect(led.map((one) => one.split('wechat=')[1])).toEqual(['ok', 'elsewhere']);
  expect([await cart(ann), await cart(bob)]).toEqual([[sku], []]);
  await expectWhole(openid, [sku]);
});

test('[R-46] unbinding and binding at once: it is the second’s, or free, and nobody’s cart is lost', async () => {
  for (const isUnbindFirst of [true, false]) {
    const openid = newOpenid();
    const [ann, bob] = [await verified(), await verified(newPhone(), other)];
    expect(await signInByWeixin(ann, weixin, { openid })).toBe('ok');
    const back = await goToWeixin(bob, weixin, { openid });
    const unbind = () => ann.call(wechatUnbind, {});
    const bind = () => follow(bob, back);
    if (isUnbindFirst) expect((await inOrder(edge.db, rowOf(openid), unbind, bind))[1]).toContain('wechat=ok');
    else expect((await inOrder(edge.db, rowOf(openid), bind, unbind))[0]).toContain('wechat=elsewhere');
    expect(accepted(await ann.call(wechatMine, {})).isBound).toBe(false);
    expect(accepted(await bob.call(wechatMine, {})).isBound).toBe(isUnbindFirst);
  }
});

test('[R-46] free contests: a phone is proven, two accounts and a stranger prove the same WeChat, one unbinds', async () => {
  await contests(async () => {
    await edge.db.query('delete from rate_limit');
    const openid = newOpenid();
    const skus = [`sku-${randomUUID()}`, `sku-${randomUUID()}`];
    const anonymous = await stranger(openid, skus[0] ?? '');
    const second = other.browser();
    await second.call(cartMerge, { lines: [{ skuId: skus[1], quantity: 1, changedAt: 1_700_000_000_000 }] });
    accepted(await second.call(shareLink, { key: randomUUID(), path: `/p/${skus[1]}` }));
    const people = [await verified(), await verified(newPhone(), other)];
    const backs = await Promise.all([...people, second].map((browser) => goToWeixin(browser, weixin, { openid })));
    const prove = await proving(anonymous, newPhone());
    const led = await Promise.all([
      prove(),
      ...[...people, second].map((browser, n) => follow(browser, backs[n] ?? '')),
      people[0]?.call(wechatUnbind, {}),
    ]);
    for (const one of led) if (typeof one === 'string') expect(one).toMatch(/^303 \/me\?wechat=(ok|elsewhere|stale)$/);
    await expectWhole(openid, skus);
  });
});

test('[R-46] [INV-51] an account that is merged while its order is credited earns once, on whichever browser it came', async () => {
  const shop = await openShop(edge.db);
  await putOnSale(edge.db, { id: 'credited', priceFen: 10_000, onHand: 1_000 });
  await contests(async () => {
    await edge.db.query('delete from rate_limit');
    const campaignId = `c-${randomUUID().slice(0, 8)}`;
    const link = await putLink(edge.db, { campaignId, sharerId: `sharer-${randomUUID()}`, visitorId: randomUUID() });
    const openid = newOpenid();
    const person = await verified();
    expect(await signInByWeixin(person, weixin, { openid })).toBe('ok');
    const personId = (await idOf(person)) ?? '';
    // He came by the link on two browsers: one is signed in, the other signs in by his WeChat while the worker looks.
    const [desk, phone] = [randomUUID(), randomUUID()];
    await touchLink(edge.db, link.id, desk, personId);
    await touchLink(edge.db, link.id, phone);
    const { orderId } = await shop.order(personId, 'credited');
    await shop.pay(orderId);
    const second = other.browser();
    second.cookies.set('__Host-festa_visitor', phone);
    await Promise.all([
      signInByWeixin(second, weixin, { openid }),
      qualifyPaid(edge.db),
      bindVisitor(other.db, phone, personId),
    ]);
    await qualifyPaid(edge.db);
    const credits = await edge.db.query<{ state: string }>(
      'select state from share_credit where campaign_id = $1 and person_id = $2 order by state',
      [campaignId, personId],
    );
    expect(credits.filter(({ state }) => state === 'qualified')).toHaveLength(1);
  });
});
