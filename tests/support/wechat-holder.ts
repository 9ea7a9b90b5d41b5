import { openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import type { WechatApp } from '../../server/platform/wechat-app.ts';
import { openCredentials } from '../../server/wechat/credentials.ts';
import { weixinApi } from '../../server/wechat/weixin-api.ts';

/* A process that asks for a token, for a test to kill. Arguments: the database's address, the app as JSON. */

const [, , url = '', app = ''] = process.argv;
const wechatApp = JSON.parse(app) as WechatApp;
const db = openDatabase(url, { max: 2 });
await openCredentials({ db, api: weixinApi(wechatApp), appId: wechatApp.appId, log: openLog('silent') }).value('token');
await db.close();
