import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareLink } from '../../lib/contracts/share.ts';
import {
  opsAddShareDomain,
  opsRetireShareDomain,
  opsSwitchShareDomain,
  studioDomains,
} from '../../lib/contracts/share-domains.ts';
import { listDomains, probeDomains } from '../../server/sharing/domain-commands.ts';
import { openProbe } from '../../server/sharing/domain-probe.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { openShared, PHONE_AGENT, putLink } from '../support/sharing.ts';
import { staffBrowser } from '../support/staff.ts';

/* Domains that lead here for share links only: whose they are, what they answer, and when one may be blocked. */

const SECRET = 'a secret of the tests, thirty-two bytes';
const PUBLIC = 'https://shop.example';
let edge: Edge;
let operator: Browser;
let marketer: Browser;

beforeAll(async () => {
  edge = await openEdge({ env: { PUBLIC_URL: PUBLIC } });
  await putOnSale(edge.db, { id: 'tea', priceFen: 12_900 });
  operator = await staffBrowser(edge as never, 'operator');
  marketer = await staffBrowser(edge as never, 'marketer');
});
afterAll(() => edge.close());

const add = (host: string) => operator.call(opsAddShareDomain, { host });
const turn = (host: string | null, more: object = {}) =>
  operator.call(opsSwitchShareDomain, { host, reason: '微信里打不开', ...more });
const domains = async () => accepted(await marketer.call(studioDomains, {}));
const domain = async (host: string) => (await domains()).domains.find((one) => one.host === host);
const shared = async () =>
  accepted(await edge.browser({ host: 'shop.example' }).call(shareLink, { key: randomUUID(), path: '/p/p-tea' })).url;
/** What is counted waits in the edge for some seconds. */
const written = () => add('s1.example.com');

test('a domain is a name and a port at the most, in any spelling the same one', async () => {
  expect(accepted(await add(' S1.Example.COM. '))).toEqual({ host: 's1.example.com' });
  for (const host of [
    '',
    'localhost',
    'shop',
    '10.0.0.1',
    '[::1]',
    'https://s.example',
    's.example/x',
    'a@s.example',
    's.example:99999',
    'shop.example',
    '-a.example',
    'a..b',
  ]) {
    expect([host, outcomeOf(await add(host))]).toEqual([host, host === '' ? 'invalid_input' : 'domain_wrong']);
  }
  expect((await domains()).domains.map(({ host, state, isCurrent }) => [host, state, isCurrent])).toEqual([
    ['shop.example', 'own', true],
    ['s1.example.com', 'ready', false],
  ]);
});

test('[T-40] an operator switches to a spare domain with a reason: new links have it, and old ones go on leading here', async () => {
  const { code } = await putLink(edge.db, { landing: '/p/p-tea' });
  accepted(await add('s1.example.com'));
  expect(await shared()).toMatch(/^https:\/\/shop\.example\/s\//);
  // Nothing answers there; whoever is sure says so.
  expect(outcomeOf(await turn('s1.example.com'))).toBe('domain_silent');
  accepted(await turn('s1.example.com', { anyway: true }));
  expect(await shared()).toMatch(/^https:\/\/s1\.example\.com\/s\//);
  accepted(await add('s2.example.com'));
  accepted(await turn('s2.example.com', { anyway: true, reason: '换第二个' }));
  expect(await shared()).toMatch(/^https:\/\/s2\.example\.com\/s\//);
  expect(outcomeOf(await operator.call(opsRetireShareDomain, { host: 's2.example.com', reason: '停用' }))).toBe(
    'domain_is_current',
  );
  accepted(await operator.call(opsRetireShareDomain, { host: 's1.example.com', reason: '被封' }));
  expect(outcomeOf(await turn('s1.example.com', { anyway: true }))).toBe('unknown_domain');
  expect(outcomeOf(await turn('none.example.com', { anyway: true }))).toBe('unknown_domain');
  // What was handed out with any of them still opens.
  for (const host of ['shop.example', 's1.example.com', 's2.example.com']) {
    const { response } = await openShared(edge.browser(), code, { host, 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    expect([host, response.statusCode, response.body.includes('og:title')]).toEqual([host, 200, true]);
  }
  accepted(await turn(null, { reason: '换回' }));
  expect(await shared()).toMatch(/^https:\/\/shop\.example\/s\//);
  const { switches } = await domains();
  expect(switches.map(({ from, to, reason }) => [from, to, reason])).toEqual([
    ['s2.example.com', null, '换回'],
    ['s1.example.com', 's2.example.com', '换第二个'],
    [null, 's1.example.com', '微信里打不开'],
  ]);
  const audited = await edge.db.query<{ action: string }>(
    `select action from audit where action like 'share.%' order by id`,
  );
  expect(audited.map(({ action }) => action)).toEqual([
    'share.addDomain',
    'share.switchDomain',
    'share.addDomain',
    'share.switchDomain',
    'share.retireDomain',
    'share.switchDomain',
  ]);
  expect(outcomeOf(await marketer.call(opsSwitchShareDomain, { host: null, reason: 'x' }))).toBe('forbidden');
});

test('two operators who switch at the same moment leave one domain current, and one line for each change', async () => {
  accepted(await add('r1.example.com'));
  accepted(await add('r2.example.com'));
  const before = (await domains()).switches.length;
  const all = await Promise.all(
    ['r1.example.com', 'r2.example.com', 'r1.example.com', 'r2.example.com'].map((host) =>
      turn(host, { anyway: true }),
    ),
  );
  expect(all.map(outcomeOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const { domains: listed, switches } = await domains();
  expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  const made = switches.slice(0, switches.length - before).reverse();
  for (const [at, one] of made.entries()) expect(one.from).toBe(at === 0 ? null : made[at - 1]?.to);
  accepted(await turn(null));
});

test('a share domain answers links and nothing else; people go on to the shop and are counted there, once', async () => {
  accepted(await add('s1.example.com'));
  const { id, code } = await putLink(edge.db, { landing: '/p/p-tea' });
  const phone = edge.browser({ 'user-agent': `${PHONE_AGENT} MicroMessenger/8.0.50` });
  const first = await openShared(phone, `${code}?utm_source=koling`, { host: 's1.example.com' });
  expect([first.response.statusCode, first.response.headers.location, first.visitorId]).toEqual([
    302,
    `${PUBLIC}/s/${code}?utm_source=koling&via=s`,
    null,
  ]);
  const second = await openShared(phone, `${code}?utm_source=koling&via=s`, { host: 'shop.example' });
  expect([second.response.statusCode, second.target]).toEqual([200, `/p/p-tea?by=${code}`]);
  for (const url of ['/', '/p/p-tea?by=x', '/ops', '/api/identity.me']) {
    const { statusCode, headers } = await edge.app.inject({ url, headers: { host: 's1.example.com' } });
    expect([statusCode, headers.location, headers['set-cookie']]).toEqual([302, `${PUBLIC}${url}`, undefined]);
  }
  const posted = await edge.app.inject({
    method: 'POST',
    url: '/api/share.link',
    headers: { host: 's1.example.com' },
    payload: {},
  });
  expect(posted.statusCode).toBe(421);
  await written();
  const shop = await domain('shop.example');
  expect(await domain('s1.example.com')).toMatchObject({ opens: 1, wechatOpens: 1 });
  expect(shop?.opens).toBe(0);
  accepted(await phone.call(shareLink, { key: randomUUID(), path: '/' }));
  expect(await edge.db.query('select link_id from share_visit where link_id = $1', [id])).toHaveLength(1);
});

test('a name that nobody told us of answers no link, and never says its own name in one', async () => {
  const { code } = await putLink(edge.db, { landing: '/p/p-tea' });
  const { response } = await openShared(edge.browser(), code, { host: 'evil.example' });
  expect([response.statusCode, response.body]).toEqual([421, '{"ok":false}']);
  const url = accepted(
    await edge.browser({ host: 'evil.example' }).call(shareLink, { key: randomUUID(), path: '/p/p-tea' }),
  ).url;
  expect(new URL(url).host).toBe('shop.example');
  const own = await openShared(edge.browser(), code, { host: 'shop.example', 'x-forwarded-host': 'evil.example' });
  expect(own.response.body).not.toContain('evil.example');
});

/** Names lead to a port of this machine, as DNS would have it. */
const here: LookupFunction = (_name, options, answer) =>
  options.all ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4);

test('a domain proves that it leads here; another site, nobody at all and a name that there is not do not', async () => {
  const port = new URL(edge.origin).port;
  const ask = openProbe({ secret: SECRET, isHttps: false, lookup: here });
  expect(await ask(`s1.example.com:${port}`)).toBeNull();
  expect(await openProbe({ secret: `${SECRET}!`, isHttps: false, lookup: here })(`s1.example.com:${port}`)).toBe(
    'other_site',
  );
  const parked = createServer((_request, response) => response.end('This domain is for sale'.repeat(100)));
  await new Promise<void>((resolve) => parked.listen(0, '127.0.0.1', resolve));
  const address = parked.address() as { port: number };
  expect(await ask(`s1.example.com:${address.port}`)).toBe('other_site');
  expect(await openProbe({ secret: SECRET, isHttps: true, lookup: here })(`s1.example.com:${address.port}`)).toBe(
    'tls',
  );
  await new Promise((resolve) => parked.close(resolve));
  expect(await ask(`s1.example.com:${address.port}`)).toBe('refused');
  expect(await openProbe({ secret: SECRET, isHttps: false })('nowhere.invalid')).toBe('dns');

  accepted(await add(`p.example.com:${port}`));
  accepted(await add('q.example.com:1'));
  expect(await probeDomains(edge.db, ask)).toContain('q.example.com:1');
  expect(await domain(`p.example.com:${port}`)).toMatchObject({ probe: { isOk: true, why: null } });
  expect(await domain('q.example.com:1')).toMatchObject({ probe: { isOk: false, why: 'refused' } });
});

test('[T-40] a domain whose openings drop against what is handed out is suspected, in WeChat alone or altogether', async () => {
  const hourNow = Math.floor(Date.now() / 3_600_000);
  const put = (host: string, hour: number, counts: readonly [number, number, number]) =>
    edge.db.query(
      `insert into share_domain_hour (host, hour, shares, opens, wechat_opens) values ($1, $2, $3, $4, $5)`,
      [host, hour, ...counts],
    );
  for (const [host, recent] of [
    ['fine.example.com', [20, 90, 60]],
    ['wechat.example.com', [20, 35, 2]],
    ['gone.example.com', [20, 1, 0]],
    ['quiet.example.com', [1, 0, 0]],
  ] as const) {
    accepted(await add(host));
    await put(host, hourNow - 30, [100, 500, 400]);
    await put(host, hourNow - 1, recent);
  }
  const listed = (await listDomains(edge.db, 'shop.example')).domains;
  const of = (host: string) => listed.find((one) => one.host === host)?.suspicion ?? null;
  expect(of('fine.example.com')).toBeNull();
  expect(of('quiet.example.com')).toBeNull();
  expect(of('wechat.example.com')).toEqual({ of: 'wechat', seen: 2, expected: 80, hours: 3 });
  expect(of('gone.example.com')).toEqual({ of: 'all', seen: 1, expected: 100, hours: 3 });
});
