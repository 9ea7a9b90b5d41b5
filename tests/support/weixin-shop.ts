import { readConfig } from '../../server/platform/config.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { borrowDatabase } from '../../server/start/database.ts';
import { wireFesta } from '../../server/wire.ts';
import { freePort } from './free-port.ts';
import { openWeixin } from './wechat.ts';

/** A second edge of the shop that a journey runs against, on the same database and pages, with an account at WeChat. */
export async function openWeixinShop(home: string, env: Readonly<Record<string, string>> = {}) {
  const weixin = await openWeixin();
  const database = await borrowDatabase({ home, databaseUrl: null }, () => {});
  const db = openDatabase(database.url, { max: 4 });
  // What a WeChat of an earlier journey gave this shop is nothing to this one.
  await db.query('delete from wechat_credential');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({ FESTA_HOME: home, PORT: String(port), PUBLIC_URL: origin, ...weixin.env, ...env }, []);
  const festa = await wireFesta({ config, db, log: openLog('silent') });
  await festa.listen();
  return {
    weixin,
    origin,
    host: new URL(origin).host,
    db,
    async close() {
      await festa.drain();
      await db.close();
      await database.stop();
      await weixin.close();
    },
  };
}
