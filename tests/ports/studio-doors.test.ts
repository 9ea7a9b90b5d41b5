import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import { shareMine } from '../../lib/contracts/share.ts';
import { studioFunnel } from '../../lib/contracts/studio-figures.ts';
import { studioChanged, studioGraph, studioLive, studioWatch } from '../../lib/contracts/studio-graph.ts';
import { studioCampaigns, studioMakeLink, studioStopLink } from '../../lib/contracts/studio-links.ts';
import { studioExport, studioMakeToken, studioRevokeToken, studioTokens } from '../../lib/contracts/studio-tokens.ts';
import { studioRooms } from '../../server/sharing/studio-rooms.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { until } from '../support/live.ts';
import { pageSockets } from '../support/page-socket.ts';
import { hitOn, putLink, testRecorder } from '../support/sharing.ts';
import { staffBrowser } from '../support/staff.ts';
import { openStudio, type Studio } from '../support/studio-edge.ts';

let edge: Studio['edge'];
let marketer: Studio['marketer'];
let operator: Studio['operator'];
let campaign: Studio['campaign'];
let spread: Studio['spread'];
let close: () => Promise<void>;
const sockets = pageSockets();
beforeAll(async () => {
  ({ edge, marketer, operator, campaign, spread, close } = await openStudio());
});
afterAll(() => close());
afterEach(() => sockets.close());

/** A script with a token and nothing else. */
const script = (token: string) => edge.browser({ authorization: `Bearer ${token}` });

test('what is taken away is a table without anybody’s phone, account or formula', async () => {
  const { campaignId, bob, names } = await spread('export');
  await marketer.call(studioMakeLink, { campaignId, landing: '/', note: '=HYPERLINK("https://evil.example")' });
  const taken = async (what: string, format: string) =>
    accepted(await marketer.call(studioExport, { campaignId, what, format })) as ValueOf<typeof studioExport>;
  const links = await taken('links', 'csv');
  expect([links.fileName, links.contentType, links.rows, links.isCut]).toEqual([
    'export-links.csv',
    'text/csv; charset=utf-8',
    5,
    false,
  ]);
  expect(links.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(links.text.split('\r\n')[0]).toMatch(/^\uFEFFcode,url,sharer,parent,depth,.*,orders,revenue_fen$/);
  const rows = JSON.parse((await taken('links', 'json')).text) as {
    code: string;
    orders: number;
    revenue_fen: number;
  }[];
  expect(rows.find(({ code }) => code === bob.code)).toMatchObject({ orders: 1, revenue_fen: 10_000 });
  const orders = JSON.parse((await taken('orders', 'json')).text) as object[];
  expect(orders).toMatchObject([
    { number: 1, state: 'qualified', order_fen: 10_000, refunded_fen: 0, touches: 1, last_link: bob.code },
    { number: 2, state: 'reversed', order_fen: 10_000, refunded_fen: 10_000 },
  ]);
  const all = await Promise.all(
    (['links', 'spreaders', 'channels', 'orders'] as const).map(async (what) => (await taken(what, 'csv')).text),
  );
  expect(all.join('\n')).not.toMatch(new RegExp(`1[3-9]\\d{9}|${Object.values(names).join('|')}|dan-|eve-`));
  await campaign('export-none');
  for (const what of ['links', 'spreaders', 'channels', 'orders']) {
    const none = accepted(await marketer.call(studioExport, { campaignId: 'export-none', what, format: 'csv' }));
    expect([none.rows, none.text.split('\r\n').length]).toEqual([0, 2]);
  }
});

test('a token is shown once, does what it is for and nothing else, and ends when it is revoked', async () => {
  const { campaignId } = await campaign('tokens');
  const made = accepted(await marketer.call(studioMakeToken, { name: 'BI', scopes: ['read'], days: 30 }));
  const [row] = await edge.db.query<{ text: string }>('select t::text as text from share_token t where id = $1', [
    made.id,
  ]);
  expect(row?.text).not.toContain(made.token.slice(12));
  const reader = script(made.token);
  expect(accepted(await reader.call(studioFunnel, { campaignId })).links).toBe(0);
  const wanted = { campaignId, landing: '/' };
  expect([
    outcomeOf(await reader.call(studioMakeLink, wanted)),
    outcomeOf(await reader.call(studioExport, { campaignId, what: 'links', format: 'csv' })),
    outcomeOf(await reader.call(studioTokens, {})),
    outcomeOf(await reader.call(studioMakeToken, { name: 'more', scopes: ['read'], days: 1 })),
    outcomeOf(await reader.call(shareMine, {})),
    outcomeOf(await script(`${made.token}x`).call(studioFunnel, { campaignId })),
    outcomeOf(await edge.browser().call(studioFunnel, { campaignId })),
  ]).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'login_required', 'login_required']);
  const maker = script(
    accepted(await marketer.call(studioMakeToken, { name: 'maker', scopes: ['links', 'export'], days: 1 })).token,
  );
  const { code } = accepted(await maker.call(studioMakeLink, wanted));
  expect([
    outcomeOf(await maker.call(studioStopLink, { code })),
    outcomeOf(await maker.call(studioExport, { campaignId, what: 'links', format: 'json' })),
    outcomeOf(await maker.call(studioFunnel, { campaignId })),
  ]).toEqual(['ok', 'ok', 'forbidden']);

  const listed = accepted(await marketer.call(studioTokens, {})).tokens.find(({ id }) => id === made.id);
  expect(listed).toMatchObject({ name: 'BI', scopes: ['read'], start: made.token.slice(0, 10), revokedAt: null });
  expect(listed?.lastUsedAt).not.toBeNull();
  accepted(await marketer.call(studioRevokeToken, { id: made.id }));
  accepted(await marketer.call(studioRevokeToken, { id: made.id }));
  expect(outcomeOf(await reader.call(studioFunnel, { campaignId }))).toBe('login_required');
  expect(outcomeOf(await marketer.call(studioRevokeToken, { id: 'tok_none' }))).toBe('unknown_token');
  expect(await edge.db.query('select action from audit where target = $1 order by id', [made.id])).toEqual([
    { action: 'studio.makeToken' },
    { action: 'studio.revokeToken' },
  ]);
});

test('a token ends with its time, with its maker’s role, and is slowed when it asks too much', async () => {
  const made = accepted(await marketer.call(studioMakeToken, { name: 'late', scopes: ['read'], days: 1 }));
  const reader = script(made.token);
  const answers = await Promise.all(Array.from({ length: 130 }, () => reader.call(studioCampaigns, {})));
  expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['ok', 'try_later']));
  const old = accepted(await marketer.call(studioMakeToken, { name: 'old', scopes: ['read'], days: 1 }));
  await edge.db.query(
    `update share_token set made_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
    [old.id],
  );
  expect(outcomeOf(await script(old.token).call(studioCampaigns, {}))).toBe('login_required');
  const leaver = await staffBrowser(edge as never, 'marketer');
  const theirs = accepted(await leaver.call(studioMakeToken, { name: 'mine', scopes: ['read'], days: 1 }));
  expect(outcomeOf(await script(theirs.token).call(studioCampaigns, {}))).toBe('ok');
  await edge.db.query(`update person set role = 'clerk' where id = (select made_by from share_token where id = $1)`, [
    theirs.id,
  ]);
  expect(outcomeOf(await script(theirs.token).call(studioCampaigns, {}))).toBe('login_required');
});

test('an operator looks at all of it and makes nothing', async () => {
  const { campaignId } = await campaign('operator');
  expect([
    outcomeOf(await operator.call(studioFunnel, { campaignId })),
    outcomeOf(await operator.call(studioGraph, { campaignId })),
    outcomeOf(await operator.call(studioMakeLink, { campaignId, landing: '/' })),
    outcomeOf(await operator.call(studioMakeToken, { name: 'x', scopes: ['read'], days: 1 })),
  ]).toEqual(['ok', 'ok', 'forbidden', 'forbidden']);
});

test('a marketer’s page sees the funnel move without asking; nobody without the room’s key does', async () => {
  const { campaignId } = await campaign('live');
  const link = await putLink(edge.db, { campaignId });
  const socket = await sockets.open(edge, marketer);
  type Picture = { campaignId: string; version: number; opens: number };
  const heard: Picture[] = [];
  socket.on(studioChanged.event, (picture: Picture) => heard.push(picture));
  const { room } = accepted(await marketer.call(studioLive, { campaignId }));
  expect(await sockets.send(socket, studioWatch.event, { room })).toEqual({ ok: true, value: { watching: true } });
  const stranger = await sockets.open(edge, edge.browser());
  const overheard: Picture[] = [];
  stranger.on(studioChanged.event, (picture: Picture) => overheard.push(picture));
  for (const key of [
    room.replace('live', 'everyday'),
    `${room}x`,
    campaignId,
    '',
    room.split('~').slice(0, 2).join('~'),
  ]) {
    expect(await sockets.send(stranger, studioWatch.event, { room: key })).toEqual({
      ok: true,
      value: { watching: false },
    });
  }
  const recorder = testRecorder(edge.db);
  for (let n = 0; n < 7; n += 1) recorder.offer(hitOn(link));
  await recorder.drain();
  await until(() => heard.some(({ opens }) => opens === 7), 20_000);
  expect(heard.at(-1)).toMatchObject({ campaignId, opens: 7, visitors: 7 });
  expect(heard.map(({ version }) => version)).toEqual(heard.map(({ version }) => version).toSorted((a, b) => a - b));
  expect(overheard).toEqual([]);
  expect(outcomeOf(await marketer.call(studioLive, { campaignId: 'none' }))).toBe('unknown_campaign');
  const rooms = studioRooms('a secret of somebody else, thirty-two bytes');
  expect(
    await sockets.send(stranger, studioWatch.event, { room: rooms.keyOf(campaignId, Date.now()).room }),
  ).toMatchObject({
    value: { watching: false },
  });
  expect(rooms.campaignOf(rooms.keyOf(campaignId, 0).room, 3_600_001)).toBeNull();
});
