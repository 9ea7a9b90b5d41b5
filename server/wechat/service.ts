import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { WechatApp } from '../platform/wechat-app.ts';
import { openCredentials } from './credentials.ts';
import { weixinApi } from './weixin-api.ts';

export type WechatDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly app: WechatApp;
  /** Where the shop's pages are, such as `https://shop.example`. */
  readonly publicUrl: string;
};

/** The WeChat room of a shop that has an account there. */
export function openWechat({ db, log, app, publicUrl }: WechatDeps) {
  const api = weixinApi(app);
  const own = [publicUrl, ...app.pageOrigins];
  return {
    app,
    api,
    credentials: openCredentials({ db, api, appId: app.appId, log }),
    /** Origins whose pages are ours. */
    origins: (): readonly string[] => own,
  };
}

export type Wechat = ReturnType<typeof openWechat>;
