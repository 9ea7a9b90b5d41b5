import type { Identity } from '../identity/service.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { WechatApp } from '../platform/wechat-app.ts';
import type { MergeShoppers } from './binding.ts';
import { openCredentials } from './credentials.ts';
import { openLogin } from './login.ts';
import { weixinApi } from './weixin-api.ts';

export type WechatDeps = {
  readonly db: Database;
  readonly log: Log;
  readonly app: WechatApp;
  /** `publicUrl`: where the shop's pages are, such as `https://shop.example`. */
  readonly settings: { readonly publicUrl: string; readonly secret: string };
  readonly identity: Identity;
  readonly merge: MergeShoppers;
};

/** The WeChat room of a shop that has an account there. */
export function openWechat({ db, log, app, settings, identity, merge }: WechatDeps) {
  const api = weixinApi(app);
  const own = [settings.publicUrl, ...app.pageOrigins];
  /** Origins whose pages are ours. */
  const origins = (): readonly string[] => own;
  return {
    db,
    app,
    identity,
    credentials: openCredentials({ db, api, appId: app.appId, log }),
    login: openLogin({ db, log, app, api, secret: settings.secret, identity, merge, origins }),
    origins,
  };
}

export type Wechat = ReturnType<typeof openWechat>;
