import { createHash, randomBytes } from 'node:crypto';

export type Signing = {
  readonly ticket: string;
  readonly nonceStr: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** The page's whole address without its hash. */
  readonly url: string;
};

/** WeChat's signature of one page: SHA-1 over these four in the order of their names. */
export function pageSignature({ ticket, nonceStr, timestamp, url }: Signing): string {
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`;
  return createHash('sha1').update(text).digest('hex');
}

/** What `wx.config` takes for one page; `nowMs` is any clock: WeChat compares it with nothing. */
export function jsConfig(app: { appId: string }, ticket: string, url: string, nowMs: number) {
  const nonceStr = randomBytes(8).toString('hex');
  const timestamp = Math.floor(nowMs / 1_000);
  return { appId: app.appId, timestamp, nonceStr, signature: pageSignature({ ticket, nonceStr, timestamp, url }) };
}
