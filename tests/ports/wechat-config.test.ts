import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wechatJsConfig } from '../../lib/contracts/wechat.ts';
import { ConfigError, readConfig } from '../../server/platform/config.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import { type Credentials, openCredentials } from '../../server/wechat/credentials.ts';
import { weixinApi } from '../../server/wechat/weixin-api.ts';
import { accepted } from '../support/browser.ts';
import { openEdge } from '../support/edge.ts';
import { testDatabase } from '../support/postgres.ts';
import { openWeixin, WECHAT_APP_ID, type Weixin } from '../support/wechat.ts';

const TOKEN = '/cgi-bin/token';
const TICKET = '/cgi-bin/ticket/getticket';

let weixin: Weixin;
let database: Awaited<ReturnType<typeof testDatabase>>;
const opened: Database[] = [];

beforeEach(async () => {
  weixin = await openWeixin();
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
  await database.drop();
  await weixin.close();
});

/** An edge's part in this, with connections and a memory of its own. */
function edge(): Credentials {
  const db = openDatabase(database.url, { max: 4 });
  opened.push(db);
  return openCredentials({ db, api: weixinApi(weixin.app), appId: WECHAT_APP_ID, log: openLog('silent') });
}
const many = <T>(n: number, work: () => Promise<T>) => Promise.all(Array.from({ length: n }, work));
const move = (kind: string, sets: string) =>
  database.db.query(`update wechat_credential set ${sets} where kind = $1`, [kind]);

describe('token and ticket', () => {
  test('[WX1] are asked for once, however many edges and askers want them in the first moment', async () => {
    weixin.answer(TICKET, { afterMs: 150 });
    const edges = Array.from({ length: 4 }, edge);
    const got = await Promise.all(edges.map((one) => many(100, () => one.value('ticket'))));
    expect(new Set(got.flat().map((answer) => accepted(answer)))).toEqual(new Set([weixin.ticket()]));
    expect([weixin.count(TOKEN), weixin.count(TICKET)]).toEqual([1, 1]);
  });

  test('[WX1] are replaced once when they are due, and nobody waits for the next', async () => {
    const edges = Array.from({ length: 4 }, edge);
    await edges[0]?.value('ticket');
    const old = weixin.ticket();
    await move('ticket', 'refresh_at = now()');
    weixin.answer(TICKET, { afterMs: 300 });
    const fresh = Array.from({ length: 4 }, edge);
    const got = await Promise.all(fresh.map((one) => many(50, () => one.value('ticket'))));
    expect(new Set(got.flat().map((answer) => accepted(answer)))).toEqual(new Set([old]));
    await expect.poll(() => weixin.ticket()).not.toBe(old);
    await expect
      .poll(
        async () =>
          (await database.db.query("select 1 from wechat_credential where kind = 'ticket' and refreshes = 2")).length,
      )
      .toBe(1);
    expect([weixin.count(TOKEN), weixin.count(TICKET)]).toEqual([1, 2]);
    expect(accepted(await edge().value('ticket'))).toBe(weixin.ticket());
  });

  test('are due after 7,000 of their 7,200 seconds', async () => {
    await edge().value('ticket');
    const rows = await database.db.query<{ due: number; good: number }>(
      `select round(extract(epoch from refresh_at - now())) as due, round(extract(epoch from good_until - now())) as good
       from wechat_credential`,
    );
    expect(rows).toHaveLength(2);
    for (const { due, good } of rows) {
      expect([Math.abs(Number(due) - 7_000) <= 5, Math.abs(Number(good) - 7_200) <= 5]).toEqual([true, true]);
    }
  });

  test('are kept by the worker before anybody asks, and left alone while they are young', async () => {
    const worker = edge();
    await worker.keepFresh();
    await many(3, () => worker.keepFresh());
    expect([weixin.count(TOKEN), weixin.count(TICKET)]).toEqual([1, 1]);
    await move('token', 'refresh_at = now()');
    await Promise.all([edge(), edge(), edge()].map((one) => one.keepFresh()));
    expect([weixin.count(TOKEN), weixin.count(TICKET)]).toEqual([2, 1]);
  });

  test.each([40_001, 42_001, 40_014])('a token that WeChat takes no longer (%i) is replaced once', async (errcode) => {
    await edge().value('ticket');
    await move('ticket', 'good_until = now(), refresh_at = now()');
    if (errcode === 40_001) weixin.replaceToken();
    else weixin.answer(TICKET, errcode);
    const got = await Promise.all([edge(), edge(), edge()].map((one) => many(20, () => one.value('ticket'))));
    expect(new Set(got.flat().map((answer) => accepted(answer)))).toEqual(new Set([weixin.ticket()]));
    expect([weixin.count(TOKEN), weixin.count(TICKET)]).toEqual([2, 3]);
  });

  test.each([
    ['busy (-1)', -1, 1_000],
    ['a spent quota (45009)', 45_009, 600_000],
    ['a wrong secret (40125)', 40_125, 1_000],
    ['silence', 'hang up', 1_000],
  ] as const)('[WX1] %s is not asked again at once by anybody', async (_what, mishap, waitMs) => {
    weixin.answer(TOKEN, mishap);
    const edges = [edge(), edge()];
    const got = (await Promise.all(edges.map((one) => many(50, () => one.value('token'))))).flat();
    for (const answer of got) expect(answer).toMatchObject({ ok: false, refusal: { code: 'wechat_silent' } });
    const waits = got.map((answer) => (answer.ok ? 0 : answer.refusal.retryAfterMs));
    expect(Math.max(...waits)).toBeLessThanOrEqual(waitMs);
    expect(Math.max(...waits)).toBeGreaterThan(waitMs / 2);
    expect(weixin.count(TOKEN)).toBe(1);
    await move('token', 'next_try_at = now()');
    expect((await edge().value('token')).ok).toBe(true);
  });

  test('each refusal in a row doubles the wait, up to five minutes', async () => {
    const waits: number[] = [];
    const one = edge();
    for (const fails of [1, 2, 3, 13]) {
      weixin.answer(TOKEN, -1);
      await one.value('token');
      const [row] = await database.db.query<{ ms: number }>(
        `select round(extract(epoch from next_try_at - now()))::int as ms from wechat_credential where kind = 'token'`,
      );
      waits.push(row?.ms ?? 0);
      await move('token', `next_try_at = now(), fails = ${fails}`);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    weixin.answer(TOKEN, -1);
    expect(await one.value('token')).toMatchObject({ refusal: { code: 'wechat_silent' } });
    const [row] = await database.db.query<{ seconds: number }>(
      `select round(extract(epoch from next_try_at - now()))::int as seconds from wechat_credential where kind = 'token'`,
    );
    expect(row?.seconds).toBe(300);
    await move('token', 'next_try_at = now()');
    expect((await one.value('token')).ok).toBe(true);
    expect(await database.db.query("select fails from wechat_credential where kind = 'token'")).toEqual([{ fails: 0 }]);
  });

  test('a ticket that is still good serves on while WeChat is silent', async () => {
    await edge().value('ticket');
    const old = weixin.ticket();
    await move('ticket', 'refresh_at = now()');
    weixin.answer(TICKET, 'hang up');
    expect(accepted(await edge().value('ticket'))).toBe(old);
    await expect
      .poll(
        async () =>
          (await database.db.query("select 1 from wechat_credential where kind = 'ticket' and fails = 1")).length,
      )
      .toBe(1);
    expect(accepted(await edge().value('ticket'))).toBe(old);
    expect(weixin.count(TICKET)).toBe(2);
  });

  test('a holder of the lease that died is followed when its lease has run out, and what it says later is not kept', async () => {
    const child = fork('tests/support/wechat-holder.ts', [database.url, JSON.stringify(weixin.app)], {
      stdio: 'inherit',
    });
    // The child's question is never answered: it holds the lease when it is killed.
    weixin.answer(TOKEN, { afterMs: 60_000 });
    await expect.poll(() => weixin.count(TOKEN)).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await edge().value('token')).ok).toBe(false);
    expect(weixin.count(TOKEN)).toBe(1);
    await move('token', 'leased_until = now()');
    expect((await edge().value('token')).ok).toBe(true);
    expect(weixin.count(TOKEN)).toBe(2);
  });
});

describe('GET /api/wechat/js-config', () => {
  test('signs a page of ours so that WeChat takes it, and only for the page it was asked for', async () => {
    const shop = await openEdge({ beside: database, env: { ...weixin.env, PUBLIC_URL: 'https://shop.example' } });
    const url = 'https://shop.example/p/tea?by=a1B2c3D4e5F6g7H8i';
    const config = accepted(await shop.browser().call(wechatJsConfig, { url: `${url}#buy` }));
    const claim = { ...config, timestamp: String(config.timestamp) };
    expect(weixin.verify(claim, `${url}#elsewhere`)).toBe('ok');
    expect(weixin.verify(claim, 'https://shop.example/p/tea')).toBe('invalid signature');
    const raw = await shop.app.inject(`/api/wechat/js-config?url=${encodeURIComponent(url)}`);
    expect([raw.statusCode, raw.headers['cache-control']]).toEqual([200, 'private, no-store']);
    await shop.close();
  });

  test('[T-25] refuses every address that is no page of ours, asking WeChat nothing', async () => {
    const env = { ...weixin.env, PUBLIC_URL: 'https://shop.example', WECHAT_PAGE_ORIGINS: 'https://share.example' };
    const shop = await openEdge({ beside: database, env });
    for (const url of [
      'https://evil.example/',
      'https://shop.example/ops',
      'https://shop.example@evil.example/',
      '/',
    ]) {
      expect(await shop.browser().call(wechatJsConfig, { url })).toMatchObject({
        ok: false,
        refusal: { code: 'not_our_page' },
      });
    }
    expect(await shop.browser().call(wechatJsConfig, {})).toMatchObject({ refusal: { code: 'invalid_input' } });
    expect(weixin.count(TOKEN)).toBe(0);
    expect((await shop.browser().call(wechatJsConfig, { url: 'https://share.example/p/tea' })).ok).toBe(true);
    await shop.close();
  });

  test('of a shop without an account says so, with a code of its own', async () => {
    const shop = await openEdge({ beside: database });
    const answer = await shop.browser().call(wechatJsConfig, { url: `${shop.origin}/` });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'wechat_off' } });
    await shop.close();
  });
});

test('half of an account, or an address that is none, stops the start with a sentence', () => {
  const set = { FESTA_SECRET: 'a secret of the tests, thirty-two bytes', WECHAT_APP_ID: 'wx1' };
  expect(() => readConfig(set, [])).toThrow(ConfigError);
  expect(() => readConfig(set, [])).toThrow('WECHAT_APP_SECRET');
  const whole = { ...set, WECHAT_APP_SECRET: 's' };
  expect(readConfig(whole, []).wechat).toMatchObject({ appId: 'wx1', apiOrigin: 'https://api.weixin.qq.com' });
  expect(() => readConfig({ ...whole, WECHAT_PAGE_ORIGINS: 'https://a.example/page' }, [])).toThrow(
    'https://a.example/page',
  );
  expect(readConfig({ FESTA_SECRET: set.FESTA_SECRET }, []).wechat).toBeNull();
});
