import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WechatApp } from '../../server/platform/wechat-app.ts';
import { pageSignature } from '../../server/wechat/js-config.ts';

export const WECHAT_APP_ID = 'wx0000000000000001';
const SECRET = 'a secret of the app, for tests only';

/** What a page told WeChat's browser; all as text, as the browser has it. */
export type PageClaim = { appId: string; timestamp: string; nonceStr: string; signature: string };

/** Answers instead of the right one: an error code, no answer at all, or an answer that comes later. */
export type Mishap = number | 'hang up' | { afterMs: number };

/**
 * A WeChat of our own on loopback: the account's API. It checks what the real one checks, gives a new token at each
 * asking and takes the one before no longer, and counts.
 */
export async function openWeixin() {
  const asked: { path: string; at: number }[] = [];
  const mishaps: { path: string; what: Mishap }[] = [];
  let token = '';
  let ticket = '';

  /** Codes that were given out and not yet exchanged; a used one is remembered, and named as such. */
  const codes = new Map<string, { openid: string; scope: string; isUsed: boolean }>();
  const named = new Map<string, string>();
  const names = new Map<string, string>();

  function exchange(query: URLSearchParams): object {
    if (query.get('appid') !== WECHAT_APP_ID) return { errcode: 40_013, errmsg: 'invalid appid' };
    if (query.get('secret') !== SECRET) return { errcode: 40_125, errmsg: 'invalid appsecret' };
    if (query.get('grant_type') !== 'authorization_code') return { errcode: 40_002, errmsg: 'invalid grant_type' };
    const code = codes.get(query.get('code') ?? '');
    if (!code) return { errcode: 40_029, errmsg: 'invalid code' };
    if (code.isUsed) return { errcode: 40_163, errmsg: 'code been used' };
    code.isUsed = true;
    const accessToken = `user_${randomBytes(40).toString('base64url')}`;
    if (code.scope === 'snsapi_userinfo') named.set(accessToken, code.openid);
    const { openid, scope } = code;
    return { access_token: accessToken, expires_in: 7_200, refresh_token: 'unused', openid, scope };
  }

  function userInfo(query: URLSearchParams): object {
    const openid = named.get(query.get('access_token') ?? '');
    if (openid === undefined) return { errcode: 48_001, errmsg: 'api unauthorized' };
    if (openid !== query.get('openid')) return { errcode: 40_003, errmsg: 'invalid openid' };
    const picture = 'https://thirdwx.qlogo.cn/mmopen/somebody/132';
    return {
      openid,
      nickname: names.get(openid) ?? '微信用户',
      sex: 0,
      province: '',
      headimgurl: picture,
      privilege: [],
    };
  }

  function api(path: string, query: URLSearchParams): object {
    if (path === '/cgi-bin/token') {
      if (query.get('grant_type') !== 'client_credential') return { errcode: 40_002, errmsg: 'invalid grant_type' };
      if (query.get('appid') !== WECHAT_APP_ID) return { errcode: 40_013, errmsg: 'invalid appid' };
      if (query.get('secret') !== SECRET) return { errcode: 40_125, errmsg: 'invalid appsecret' };
      token = `token_${randomBytes(60).toString('base64url')}`;
      return { access_token: token, expires_in: 7_200 };
    }
    if (path === '/cgi-bin/ticket/getticket') {
      if (query.get('access_token') !== token || token === '') {
        return { errcode: 40_001, errmsg: 'invalid credential, access_token is invalid or not latest' };
      }
      if (query.get('type') !== 'jsapi') return { errcode: 40_097, errmsg: 'invalid args' };
      ticket = `ticket_${randomBytes(60).toString('base64url')}`;
      return { errcode: 0, errmsg: 'ok', ticket, expires_in: 7_200 };
    }
    if (path === '/sns/oauth2/access_token') return exchange(query);
    if (path === '/sns/userinfo') return userInfo(query);
    return { errcode: 40_066, errmsg: 'invalid url' };
  }

  /** Who holds the phone whose browser is sent here, and where WeChat may send it back to. */
  let holder: { openid: string; host: string; name?: string } | null = null;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://weixin.invalid');
    asked.push({ path: url.pathname, at: Date.now() });
    if (url.pathname === '/connect/oauth2/authorize' && holder) {
      // What stands behind the hash stays in the browser.
      const back = signIn(`${origin}${request.url}#wechat_redirect`, holder.openid, [holder.host], holder.name);
      return void response.writeHead(302, { location: back.href }).end();
    }
    const at = mishaps.findIndex(({ path }) => path === url.pathname);
    const [mishap] = at < 0 ? [] : mishaps.splice(at, 1);
    if (mishap?.what === 'hang up') return void request.socket.destroy();
    if (typeof mishap?.what === 'object') {
      const { afterMs } = mishap.what;
      await new Promise((done) => setTimeout(done, afterMs));
    }
    const body =
      typeof mishap?.what === 'number'
        ? { errcode: mishap.what, errmsg: 'mishap' }
        : api(url.pathname, url.searchParams);
    // WeChat says that its JSON is text.
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(JSON.stringify(body));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /**
   * Somebody is sent to WeChat to sign in: where his browser is sent back to, with a code. What the real one refuses to
   * show a page for throws.
   */
  function signIn(address: string, openid: string, backHosts: readonly string[], name?: string): URL {
    const url = new URL(address);
    const given = [...url.searchParams.keys()].join();
    if (url.origin !== origin || url.pathname !== '/connect/oauth2/authorize') throw new Error('not WeChat');
    if (given !== 'appid,redirect_uri,response_type,scope,state') throw new Error(`order: ${given}`);
    if (url.hash !== '#wechat_redirect') throw new Error('#wechat_redirect');
    const fact = (key: string) => url.searchParams.get(key) ?? '';
    if (fact('appid') !== WECHAT_APP_ID || fact('response_type') !== 'code') throw new Error('10003 appid');
    const scope = fact('scope');
    if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo') throw new Error('10005 scope');
    if (!/^[a-zA-Z0-9]{1,128}$/.test(fact('state'))) throw new Error('state');
    const back = new URL(fact('redirect_uri'));
    if (!backHosts.includes(back.host)) throw new Error('10003 redirect_uri');
    const code = randomBytes(16).toString('hex');
    codes.set(code, { openid, scope, isUsed: false });
    if (name !== undefined) names.set(openid, name);
    back.searchParams.set('code', code);
    back.searchParams.set('state', fact('state'));
    return back;
  }

  return {
    origin,
    /** The settings of an edge whose WeChat this is. */
    env: { WECHAT_APP_ID, WECHAT_APP_SECRET: SECRET, WECHAT_API_ORIGIN: origin, WECHAT_OPEN_ORIGIN: origin },
    app: {
      appId: WECHAT_APP_ID,
      appSecret: SECRET,
      apiOrigin: origin,
      openOrigin: origin,
      pageOrigins: [],
    } satisfies WechatApp,
    /** How often an address was asked. */
    count: (path: string) => asked.filter((one) => one.path === path).length,
    /** Something else than the right answer, once per mention, in this order. */
    answer: (path: string, ...what: Mishap[]) => void mishaps.push(...what.map((one) => ({ path, what: one }))),
    /** Somebody else asks for a token of the same app: ours is no longer taken. */
    replaceToken(): void {
      token = `token_${randomBytes(60).toString('base64url')}`;
    },
    ticket: () => ticket,
    signIn,
    /** From now on browsers that are sent here are this person's. */
    hand(to: { openid: string; host: string; name?: string }): void {
      holder = to;
    },
    /** What WeChat's browser says to a page: its own ticket, and the address that it really shows. */
    verify(claim: PageClaim, shownUrl: string): 'ok' | 'invalid signature' | 'invalid appid' {
      if (claim.appId !== WECHAT_APP_ID) return 'invalid appid';
      const url = shownUrl.split('#', 1)[0] ?? '';
      const { nonceStr, timestamp } = claim;
      const right = pageSignature({ ticket, nonceStr, timestamp: Number(timestamp), url });
      return ticket !== '' && claim.signature === right ? 'ok' : 'invalid signature';
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

export type Weixin = Awaited<ReturnType<typeof openWeixin>>;
