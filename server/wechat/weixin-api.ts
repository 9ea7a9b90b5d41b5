import * as z from 'zod/mini';
import { LIMITS } from '../platform/limits.ts';
import type { WechatApp } from '../platform/wechat-app.ts';

/** WeChat answered and said no. */
export class WeixinRefusal extends Error {
  readonly errcode: number;

  constructor(what: string, errcode: number, errmsg: string) {
    super(`WeChat refuses ${what}: ${errcode} ${errmsg.slice(0, 200)}`);
    this.errcode = errcode;
  }
}

/** The token is not, or no longer, the one that WeChat takes. */
export const TOKEN_IS_BAD: ReadonlySet<number> = new Set([40_001, 40_014, 42_001]);
/** So many calls were made today that there are no more. */
export const QUOTA_IS_SPENT = 45_009;

const refusalShape = z.object({ errcode: z.int(), errmsg: z.optional(z.string()) });
const tokenShape = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.int() });
const openidShape = z.object({ access_token: z.string(), openid: z.string().check(z.minLength(1), z.maxLength(128)) });
const nameShape = z.object({ openid: z.string(), nickname: z.string() });
const ticketShape = z.object({ ticket: z.string().check(z.minLength(1)), expires_in: z.int() });

export type Given = { readonly value: string; readonly goodForMs: number };

/**
 * The few calls of WeChat's API for web pages. Every one throws: `WeixinRefusal` when WeChat says no, anything else when
 * no answer came. Addresses hold the secret, so they are in no error and no log.
 */
export function weixinApi(app: WechatApp) {
  async function ask<S extends z.ZodMiniType>(what: string, path: string, facts: object, shape: S) {
    const query = new URLSearchParams(facts as Record<string, string>);
    let body: unknown;
    try {
      const response = await fetch(`${app.apiOrigin}${path}?${query}`, {
        signal: AbortSignal.timeout(LIMITS.wechat.timeoutMs),
        redirect: 'error',
      });
      body = await response.json();
    } catch (error) {
      throw new Error(`WeChat gives no answer to ${what} (${(error as Error).name})`);
    }
    const refused = refusalShape.safeParse(body);
    if (refused.success && refused.data.errcode !== 0) {
      throw new WeixinRefusal(what, refused.data.errcode, refused.data.errmsg ?? '');
    }
    const parsed = shape.safeParse(body);
    if (!parsed.success) throw new Error(`WeChat's answer to ${what} is not as documented`);
    return parsed.data as z.output<S>;
  }

  return {
    /** A new token; the one before is no longer taken. */
    async token(): Promise<Given> {
      const facts = { grant_type: 'client_credential', appid: app.appId, secret: app.appSecret };
      const told = await ask('a token', '/cgi-bin/token', facts, tokenShape);
      return { value: told.access_token, goodForMs: told.expires_in * 1_000 };
    },

    async ticket(token: string): Promise<Given> {
      const facts = { access_token: token, type: 'jsapi' };
      const told = await ask('a ticket', '/cgi-bin/ticket/getticket', facts, ticketShape);
      return { value: told.ticket, goodForMs: told.expires_in * 1_000 };
    },

    /** Exchanges the code of somebody who comes back from WeChat; a code is good once. */
    async openidOf(code: string): Promise<{ openid: string; accessToken: string }> {
      const facts = { appid: app.appId, secret: app.appSecret, code, grant_type: 'authorization_code' };
      const told = await ask('who signs in', '/sns/oauth2/access_token', facts, openidShape);
      return { openid: told.openid, accessToken: told.access_token };
    },

    /** What WeChat calls somebody who has agreed to be named. Nothing else of him is looked at. */
    async nameOf(accessToken: string, openid: string): Promise<string> {
      const facts = { access_token: accessToken, openid, lang: 'zh_CN' };
      const told = await ask('a name', '/sns/userinfo', facts, nameShape);
      if (told.openid !== openid) throw new Error('WeChat named somebody else');
      return told.nickname;
    },
  };
}

export type WeixinApi = ReturnType<typeof weixinApi>;
