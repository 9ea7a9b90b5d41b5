import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cartMerge, cartRead } from '../../lib/contracts/cart.ts';
import { meRead, signOut } from '../../lib/contracts/identity.ts';
import { paymentStart } from '../../lib/contracts/payment.ts';
import { wechatJsConfig } from '../../lib/contracts/wechat.ts';
import { wechatMine, wechatSignIn, wechatUnbind, wechatUseName } from '../../lib/contracts/wechat-login.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, signIn } from '../support/edge.ts';
import { violations } from '../support/invariants.ts';
import { openWeixin, type Weixin } from '../support/wechat.ts';
import { follow, goToWeixin, signInByWeixin } from '../support/weixin-login.ts';

const EXCHANGE = '/sns/oauth2/access_token';

let weixin: Weixin;
let edge: Edge;
let other: Edge;
let made = 0;
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

/** An openid, and a phone, that nobody has used. */
const newOpenid = () => `o${randomUUID().replaceAll('-', '')}`;
const newPhone = () => `138${String(++made).padStart(8, '0')}`;
const mine = async (browser: Browser) => accepted(await browser.call(wechatMine, {}));
const me = async (browser: Browser) => accepted(await browser.call(meRead, {})).person;
const put = (browser: Browser, ...skus: string[]) =>
  browser.call(cartMerge, { lines: skus.map((skuId) => ({ skuId, quantity: 1, changedAt: 1_700_000_000_000 })) });
const cart = async (browser: Browser) =>
  accepted(await browser.call(cartRead, {}))
    .lines.map(({ skuId }) => skuId)
    .toSorted();
const go = (browser: Browser, openid: string) => signInByWeixin(browser, weixin, { openid });

async function verified(phone = newPhone(), at: Edge = edge): Promise<Browser> {
  const browser = at.browser();
  await signIn(browser, phone);
  return browser;
}

describe('a state', () => {
  test('[T-24] brings its own browser back once, to the page it left, and tells nobody the openid', async () => {
    const browser = edge.browser();
    const openid = newOpenid();
    const back = await goToWeixin(browser, weixin, { openid, returnTo: '/order?id=ord_1' });
    expect(await follow(browser, back)).toBe('303 /order?id=ord_1&wechat=ok');
    expect(await mine(browser)).toEqual({ isBound: true, isHere: true, offeredName: null });
    expect(JSON.stringify([...browser.cookies])).not.toContain(openid);
    for (const header of ['HttpOnly', 'Secure', 'SameSite=Lax']) {
      accepted(await browser.call(wechatSignIn, { intent: 'sign_in', returnTo: '/' }));
      expect(browser.lastSetCookies.find((one) => one.startsWith('__Host-festa_wechat_login='))).toContain(header);
    }
    expect(await follow(browser, back)).toBe('303 /me?wechat=stale');
    // Asked of any edge; the rows are in one database.
    const elsewhere = other.browser();
    expect(await signInByWeixin(elsewhere, weixin, { openid: newOpenid() })).toBe('ok');
  });

  test('[T-24] of another browser, a made up one and none lead nowhere, and WeChat is not asked', async () => {
    const victim = edge.browser();
    await victim.call(cartMerge, { lines: [] });
    const attacker = edge.browser();
    const openid = newOpenid();
    const back = await goToWeixin(attacker, weixin, { openid });
    const before = weixin.count(EXCHANGE);
    expect(await follow(victim, back)).toBe('303 /me?wechat=stale');
    // Not even when the victim is under way himself.
    await goToWeixin(victim, weixin, { openid: newOpenid() });
    expect(await follow(victim, back)).toBe('303 /me?wechat=stale');
    for (const state of ['', 'x', 'a'.repeat(64), `${back.searchParams.get('state')}0`]) {
      const forged = new URL(back);
      forged.searchParams.set('state', state);
      expect(await follow(attacker, forged)).toBe('303 /me?wechat=stale');
    }
    const twice = new URL(back);
    twice.searchParams.append('state', twice.searchParams.get('state') ?? '');
    expect(await follow(attacker, twice)).toBe('303 /me?wechat=stale');
    expect(weixin.count(EXCHANGE)).toBe(before);
    expect((await mine(victim)).isBound).toBe(false);
    expect(await follow(attacker, back)).toBe('303 /me?wechat=ok');
  });

  test('[T-24] that is brought by many at once is taken by one, and its code is exchanged once', async () => {
    const browser = edge.browser();
    const back = await goToWeixin(browser, weixin, { openid: newOpenid() });
    const before = weixin.count(EXCHANGE);
    const tabs = Array.from({ length: 10 }, (_, n) => {
      const tab = (n % 2 ? edge : other).browser();
      for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
      return follow(tab, back);
    });
    const ends = await Promise.all(tabs);
    expect(ends.toSorted()).toEqual(['303 /me?wechat=ok', ...Array(9).fill('303 /me?wechat=stale')]);
    expect(weixin.count(EXCHANGE)).toBe(before + 1);
  });

  test('is over after ten minutes, by the clock of the database, and leads back all the same', async () => {
    const browser = edge.browser();
    const back = await goToWeixin(browser, weixin, { openid: newOpenid(), returnTo: '/cart' });
    const [row] = await edge.db.query<{ seconds: number }>(
      'select round(extract(epoch from max(expires_at) - now()))::int as seconds from wechat_state',
    );
    expect(row?.seconds).toBeGreaterThan(590);
    expect(row?.seconds).toBeLessThanOrEqual(600);
    await edge.db.query('update wechat_state set expires_at = now()');
    expect(await follow(browser, back)).toBe('303 /cart?wechat=stale');
  });

  test('[T-25] leads back to pages of ours and nowhere else', async () => {
    const browser = edge.browser();
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:1',
      '/api/x',
      '/ops',
    ]) {
      const answer = await browser.call(wechatSignIn, { intent: 'sign_in', returnTo });
      expect([returnTo, outcomeOf(answer)]).toEqual([returnTo, 'not_our_page']);
    }
  });
});

test('without an answer of WeChat, or with a no, the shopper is back and nothing is bound', async () => {
  const browser = edge.browser();
  for (const mishap of ['hang up', -1, 40_029, 40_163] as const) {
    weixin.answer(EXCHANGE, mishap);
    expect(await go(browser, newOpenid())).toBe('failed');
  }
  const denied = await goToWeixin(browser, weixin, { openid: newOpenid() });
  denied.searchParams.delete('code');
  expect(await follow(browser, denied)).toBe('303 /me?wechat=failed');
  expect((await mine(browser)).isBound).toBe(false);
});

describe('an openid and a shopper', () => {
  test('that is bound to a verified phone signs in on a new phone, and what was in its cart follows', async () => {
    const [openid, phone] = [newOpenid(), newPhone()];
    const first = await verified(phone);
    await put(first, 'tea');
    expect(await go(first, openid)).toBe('ok');
    const second = other.browser();
    await put(second, 'cup');
    expect(await go(second, openid)).toBe('ok');
    expect(await me(second)).toEqual(await me(first));
    expect(await cart(second)).toEqual(['cup', 'tea']);
    expect((await mine(second)).isHere).toBe(true);
  });

  test('a WeChat alone orders nothing: paying asks for a phone', async () => {
    const browser = edge.browser();
    expect(await go(browser, newOpenid())).toBe('ok');
    const answer = await browser.call(paymentStart, { key: randomUUID(), orderId: 'ord_1', channel: 'sandbox' });
    expect(outcomeOf(answer)).toBe('phone_required');
  });

  test('[R-46] goes along when its anonymous shopper proves a phone, a new one or one that has an account', async () => {
    for (const phone of [newPhone(), newPhone()]) {
      if (made % 2 === 0) await verified(phone);
      await edge.db.query('delete from rate_limit');
      const [openid, browser] = [newOpenid(), edge.browser()];
      await put(browser, 'tea');
      expect(await go(browser, openid)).toBe('ok');
      await signIn(browser, phone);
      expect(await mine(browser)).toMatchObject({ isBound: true, isHere: true });
      expect(await cart(browser)).toEqual(['tea']);
      const again = edge.browser();
      expect(await go(again, openid)).toBe('ok');
      expect((await me(again))?.phoneMasked).toContain(phone.slice(-4));
    }
  });

  test('[R-46] of an anonymous shopper makes him one with the phone’s account that proves it; he is gone', async () => {
    const [openid, stranger] = [newOpenid(), edge.browser()];
    await put(stranger, 'tea');
    expect(await go(stranger, openid)).toBe('ok');
    const person = await verified(newPhone(), other);
    await put(person, 'cup');
    expect(await go(person, openid)).toBe('ok');
    expect(await cart(person)).toEqual(['cup', 'tea']);
    edge.identity.people.forgetAll();
    expect(await me(stranger)).toBeNull();
    const left = await edge.db.query(`select 1 from cart_line where shopper_id not in (select id from person)`);
    expect(left).toEqual([]);
  });

  test('that has another phone, or a phone that has another WeChat, stays as it is and is told', async () => {
    const [one, two] = [newOpenid(), newOpenid()];
    const [ann, bob] = [await verified(), await verified()];
    expect([await go(ann, one), await go(bob, two)]).toEqual(['ok', 'ok']);
    expect(await go(bob, one)).toBe('elsewhere');
    expect(await go(ann, newOpenid())).toBe('other');
    expect([(await mine(ann)).isHere, (await mine(bob)).isHere]).toEqual([true, true]);
    // A stranger's browser with a third WeChat that signs in by Bob's phone: Bob keeps his own.
    const stranger = edge.browser();
    const third = newOpenid();
    expect(await go(stranger, third)).toBe('ok');
    const phone = newPhone();
    const cat = await verified(phone);
    expect(await go(cat, newOpenid())).toBe('ok');
    await edge.db.query('delete from rate_limit');
    await signIn(stranger, phone);
    expect(await mine(stranger)).toMatchObject({ isBound: true, isHere: false });
    expect(await go(edge.browser(), third)).toBe('ok');
  });

  test('come apart at a word, and both are free', async () => {
    const [openid, phone] = [newOpenid(), newPhone()];
    const ann = await verified(phone);
    expect(await go(ann, openid)).toBe('ok');
    accepted(await ann.call(wechatUnbind, {}));
    accepted(await ann.call(wechatUnbind, {}));
    expect(await mine(ann)).toEqual({ isBound: false, isHere: false, offeredName: null });
    const bob = await verified();
    expect(await go(bob, openid)).toBe('ok');
    expect(await go(ann, newOpenid())).toBe('ok');
  });

  test('signing out leaves a browser that proves nothing for the next person', async () => {
    const openid = newOpenid();
    const browser = await verified();
    expect(await go(browser, openid)).toBe('ok');
    accepted(await browser.call(signOut, {}));
    await signIn(browser, newPhone());
    expect((await mine(browser)).isHere).toBe(false);
  });
});

describe('a name', () => {
  test('is asked for on its own word, shown to its owner alone, and taken when he agrees', async () => {
    const browser = await verified();
    const openid = newOpenid();
    expect(await signInByWeixin(browser, weixin, { openid, name: '小红' })).toBe('ok');
    expect([weixin.count('/sns/userinfo'), (await mine(browser)).offeredName]).toEqual([0, null]);
    expect(await signInByWeixin(browser, weixin, { openid, intent: 'name', name: '  小\u202E红\n\u200B🌶️  ' })).toBe(
      'ok',
    );
    expect((await mine(browser)).offeredName).toBe('小 红 🌶️');
    expect((await me(browser))?.displayName).toBe('');
    expect(accepted(await browser.call(wechatUseName, { agrees: true })).person.displayName).toBe('小 红 🌶️');
    expect((await mine(browser)).offeredName).toBeNull();
  });

  test('is forgotten when he does not', async () => {
    const browser = await verified();
    const openid = newOpenid();
    expect(await signInByWeixin(browser, weixin, { openid, intent: 'name', name: 'Ann' })).toBe('ok');
    expect(accepted(await browser.call(wechatUseName, { agrees: false })).person.displayName).toBe('');
    expect(await edge.db.query('select 1 from wechat_openid where offered_name is not null')).toEqual([]);
  });
});

test('a shop without an account refuses each of these with its code', async () => {
  const shop = await openEdge({ beside: edge });
  const browser = shop.browser();
  const wants = { intent: 'sign_in', returnTo: '/' };
  expect(outcomeOf(await browser.call(wechatSignIn, wants))).toBe('wechat_off');
  expect(outcomeOf(await browser.call(wechatMine, {}))).toBe('wechat_off');
  expect(outcomeOf(await browser.call(wechatUnbind, {}))).toBe('wechat_off');
  expect(outcomeOf(await browser.call(wechatUseName, { agrees: true }))).toBe('wechat_off');
  expect(outcomeOf(await browser.call(wechatJsConfig, { url: `${shop.origin}/` }))).toBe('wechat_off');
  expect((await shop.app.inject('/api/wechat/back?code=1&state=2')).statusCode).toBe(404);
  await shop.close();
});
