import { AccountError, allOrNone, type Env } from './payment-accounts.ts';

/** The shop's official account at WeChat. */
export type WechatApp = {
  readonly appId: string;
  readonly appSecret: string;
  /** Where the account's API is, and where people sign in. */
  readonly apiOrigin: string;
  readonly openOrigin: string;
  /** Origins of pages, besides the shop's own address, that are signed too: share domains. */
  readonly pageOrigins: readonly string[];
};

function originOf(name: string, text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new AccountError(`${name}: "${text}" is no address such as https://share.example`);
  }
  return url.origin;
}

/** @throws AccountError when one of the two settings is missing, or an address is none. */
export function wechatApp(env: Env): WechatApp | null {
  const set = allOrNone(env, ['WECHAT_APP_ID', 'WECHAT_APP_SECRET']);
  if (!set) return null;
  const more = (env.WECHAT_PAGE_ORIGINS ?? '').split(',').map((one) => one.trim());
  return {
    appId: set.WECHAT_APP_ID,
    appSecret: set.WECHAT_APP_SECRET,
    apiOrigin: originOf('WECHAT_API_ORIGIN', env.WECHAT_API_ORIGIN ?? 'https://api.weixin.qq.com'),
    openOrigin: originOf('WECHAT_OPEN_ORIGIN', env.WECHAT_OPEN_ORIGIN ?? 'https://open.weixin.qq.com'),
    pageOrigins: more.filter((one) => one !== '').map((one) => originOf('WECHAT_PAGE_ORIGINS', one)),
  };
}
