import { randomInt } from 'node:crypto';
import { wechatSignIn } from '../../lib/contracts/wechat-login.ts';
import { accepted, type Browser } from './browser.ts';
import type { Weixin } from './wechat.ts';

const addresses = new WeakMap<Browser, string>();

/** Each browser is somewhere else: the door counts who comes back from WeChat by address. */
function addressOf(browser: Browser): string {
  const known = addresses.get(browser) ?? `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  addresses.set(browser, known);
  return known;
}

/** Follows an address of our own with the browser's cookies, as one that was sent there; answers where to it leads. */
export async function follow(browser: Browser, address: string | URL): Promise<string> {
  const { pathname, search, host } = new URL(address);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await browser.app.inject({
    url: pathname + search,
    remoteAddress: addressOf(browser),
    headers: { host, ...browser.headers, cookie },
  });
  for (const header of [answer.headers['set-cookie'] ?? []].flat()) {
    const [pair = '', ...attributes] = header.split('; ');
    const at = pair.indexOf('=');
    if (attributes.includes('Max-Age=0')) browser.cookies.delete(pair.slice(0, at));
    else browser.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return `${answer.statusCode} ${answer.headers.location ?? ''}`;
}

type Going = { openid: string; intent?: 'sign_in' | 'pay' | 'name'; returnTo?: string; name?: string };

/** Goes to WeChat as the owner of an openid; answers the address of ours that WeChat sends the browser back to. */
export async function goToWeixin(browser: Browser, weixin: Weixin, going: Going): Promise<URL> {
  const { openid, intent = 'sign_in', returnTo = '/me', name } = going;
  const { url } = accepted(await browser.call(wechatSignIn, { intent, returnTo }));
  return weixin.signIn(url, openid, ['shop.example'], name);
}

/** There and back; answers what became of it. */
export async function signInByWeixin(browser: Browser, weixin: Weixin, going: Going): Promise<string> {
  const led = await follow(browser, await goToWeixin(browser, weixin, going));
  return new URL(led.replace(/^303 /, ''), 'https://shop.example').searchParams.get('wechat') ?? led;
}
