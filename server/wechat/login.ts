import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { WechatIntent, WechatOutcome } from '../../lib/contracts/wechat-login.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { ownLanding } from '../../lib/domain/sharing/share-link.ts';
import { cookieOf, setCookie } from '../identity/cookies.ts';
import type { Identity } from '../identity/service.ts';
import { signInPhone } from '../identity/sign-in.ts';
import type { Database } from '../platform/database.ts';
import { localeOf } from '../platform/door.ts';
import type { Log } from '../platform/log.ts';
import type { WechatApp } from '../platform/wechat-app.ts';
import { type Attached, attachOpenid, bindingOf, type MergeShoppers, offerName } from './binding.ts';
import { openState, takeState } from './login-state.ts';
import { offeredName } from './offered-name.ts';
import type { WeixinApi } from './weixin-api.ts';

/*
 * WeChat's web login, by hand. better-auth's generic OAuth does not fit, for three reasons. WeChat's is no OAuth 2.0 as that
 * plug-in speaks it: `appid` and `secret` in the query of a GET, no token type, errors with status 200, an address that
 * ends in `#wechat_redirect`. It signs in whoever comes back, or makes him an account, by an e-mail address; here an openid
 * is no account: it is bound to the shopper who is there already, and a phone decides who he is. And it keeps what WeChat
 * gave (tokens, name, picture) with the account; here nothing but the openid is kept.
 */

export const WECHAT_BACK = '/api/wechat/back';
/** The search parameter by which a page learns what became of it. */
const TOLD_AS = 'wechat';
/** Longer than a state lives, so that who comes back late is told so and led back. */
const BROWSER_SECONDS = 60 * 60;
const PROOF_SECONDS = 30 * 24 * 60 * 60;
const STATE = /^[0-9a-f]{64}$/;
const CODE_CHARS_MAX = 256;

export type LoginDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly app: WechatApp;
  readonly api: WeixinApi;
  readonly secret: string;
  readonly identity: Identity;
  readonly merge: MergeShoppers;
  readonly origins: () => readonly string[];
};

/** Where a browser goes on to, and what it is given to keep. */
export type ComeBack = { readonly to: string; readonly setCookies: readonly string[] };

export function openLogin(deps: LoginDeps) {
  const { db, log, app, api, secret, identity, merge, origins } = deps;
  const { isSecure } = identity.auth.names;
  const prefix = isSecure ? '__Host-' : '';
  const cookies = { browser: `${prefix}festa_wechat_login`, proof: `${prefix}festa_wechat` };
  const key = createHmac('sha256', secret).update('wechat openid').digest();

  /** What a browser keeps that has proven an openid: nobody can make it, and it does not say which. */
  const proofOf = (openid: string): Buffer => createHmac('sha256', key).update(`${app.appId}:${openid}`).digest();

  function hasProven(headers: IncomingHttpHeaders, openid: string): boolean {
    const given = Buffer.from(cookieOf(headers, cookies.proof) ?? '', 'base64url');
    const right = proofOf(openid);
    return given.length === right.length && timingSafeEqual(given, right);
  }

  /** Our origin that this browser shows: its cookies are there and nowhere else. */
  function originOf(headers: IncomingHttpHeaders): string {
    const own = origins();
    return own.find((origin) => new URL(origin).host === headers.host) ?? own[0] ?? '';
  }

  /** Sends a browser to WeChat. @returns the address, and the cookie that binds the way back to this browser */
  async function begin(
    wanted: { intent: WechatIntent; returnTo: string },
    headers: IncomingHttpHeaders,
  ): Promise<Result<{ url: string; setCookie: string }, { code: 'not_our_page' }>> {
    const returnTo = ownLanding(wanted.returnTo);
    if (returnTo === null) return refuse({ code: 'not_our_page' });
    const browserId = cookieOf(headers, cookies.browser) || randomBytes(24).toString('base64url');
    const state = await openState(db, browserId, { intent: wanted.intent, returnTo });
    // WeChat wants these in this order.
    const query = new URLSearchParams({
      appid: app.appId,
      redirect_uri: originOf(headers) + WECHAT_BACK,
      response_type: 'code',
      scope: wanted.intent === 'name' ? 'snsapi_userinfo' : 'snsapi_base',
      state,
    });
    return accept({
      url: `${app.openOrigin}/connect/oauth2/authorize?${query}#wechat_redirect`,
      setCookie: setCookie(cookies.browser, browserId, BROWSER_SECONDS, isSecure),
    });
  }

  /** What WeChat says of a code that has not been used; null: it does not say. */
  async function whoIs(code: string, intent: WechatIntent): Promise<{ openid: string; name: string | null } | null> {
    try {
      const { openid, accessToken } = await api.openidOf(code);
      const name = intent === 'name' ? offeredName(await api.nameOf(accessToken, openid)) : null;
      return { openid, name };
    } catch (error) {
      log.warn({ err: error }, 'WeChat did not say who signs in');
      return null;
    }
  }

  async function settle(
    who: { openid: string; name: string | null },
    personId: string,
    headers: IncomingHttpHeaders,
  ): Promise<{ outcome: WechatOutcome; setCookies: string[] }> {
    const { openid, name } = who;
    const attached = await attachOpenid(db, { appId: app.appId, openid, personId }, merge);
    if (!attached) return { outcome: 'stale', setCookies: [] };
    const outcome = OUTCOMES[attached.kind];
    const proof = setCookie(cookies.proof, proofOf(openid).toString('base64url'), PROOF_SECONDS, isSecure);
    const kept = outcome === 'ok' ? [proof] : [];
    if (attached.kind === 'signs_in') {
      const signedIn = await signInPhone(identity, {
        phone: attached.phone,
        headers,
        locale: localeOf(headers),
        isDemo: false,
      });
      kept.push(...signedIn.setCookies);
      await identity.tellSignIn(signedIn.person.id, headers);
    }
    if (outcome === 'ok' && name !== null) await offerName(db, app.appId, openid, name);
    return { outcome, setCookies: kept };
  }

  return {
    begin,

    /** A browser comes back from WeChat. Never throws for what somebody made up: it ends on a page of ours. */
    async comeBack(given: { code?: unknown; state?: unknown }, headers: IncomingHttpHeaders): Promise<ComeBack> {
      const browserId = cookieOf(headers, cookies.browser) ?? '';
      const { code, state } = given;
      const isState = typeof state === 'string' && STATE.test(state) && browserId !== '';
      const taken = isState ? await takeState(db, browserId, state) : null;
      const end = (outcome: WechatOutcome, setCookies: readonly string[] = []): ComeBack => ({
        to: toldPath(taken?.returnTo ?? '/me', outcome),
        setCookies,
      });
      if (!taken || taken.isLate) return end('stale');
      // Whoever says no to WeChat comes back without a code.
      if (typeof code !== 'string' || code === '' || code.length > CODE_CHARS_MAX) return end('failed');
      const person = await identity.people.personOf(headers);
      if (!person) return end('stale');
      if (person.role !== 'shopper') return end('failed');
      const who = await whoIs(code, taken.intent);
      if (!who) return end('failed');
      const { outcome, setCookies } = await settle(who, person.id, headers);
      return end(outcome, setCookies);
    },

    /** The openid of this shopper, if this browser has proven it; whoever pays in WeChat is named by it. */
    async provenOpenid(personId: string, headers: IncomingHttpHeaders): Promise<string | null> {
      const binding = await bindingOf(db, app.appId, personId);
      return binding && hasProven(headers, binding.openid) ? binding.openid : null;
    },

    async mine(personId: string, headers: IncomingHttpHeaders) {
      const binding = await bindingOf(db, app.appId, personId);
      return {
        isBound: binding !== null,
        isHere: binding !== null && hasProven(headers, binding.openid),
        offeredName: binding?.offeredName ?? null,
      };
    },

    forgetProof: (): string => setCookie(cookies.proof, '', 0, isSecure),
  };
}

const OUTCOMES: Readonly<Record<Attached['kind'], WechatOutcome>> = {
  bound: 'ok',
  merged: 'ok',
  signs_in: 'ok',
  other: 'other',
  elsewhere: 'elsewhere',
};

function toldPath(path: string, outcome: WechatOutcome): string {
  const url = new URL(path, 'https://own.invalid');
  url.searchParams.set(TOLD_AS, outcome);
  return `${url.pathname}${url.search}`;
}
