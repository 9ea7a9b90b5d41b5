import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { HOUR_MS } from '../../lib/domain/time.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetHomeMessages } from '../../lib/messages/packet-home.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import { packetVisitorMessages } from '../../lib/messages/packet-visitor.ts';
import { refusalSentence } from '../../lib/messages/refusals.ts';
import { riskSheetsMessages } from '../../lib/messages/risk-sheets.ts';
import { teamGatheringMessages } from '../../lib/messages/team-gathering.ts';
import { teamHomeMessages } from '../../lib/messages/team-home.ts';
import { teamOverMessages } from '../../lib/messages/team-over.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamResultMessages } from '../../lib/messages/team-result.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { publishPackets, runOutPacketTime, takePacket } from '../support/packet-doors.ts';
import { signUp } from '../support/screen-scenes.ts';
import {
  blockIn,
  joinTeam,
  openTeam,
  pauseCampaign,
  publishTeams,
  runOutTeamTime,
  stopCampaign,
  takeTeamsBack,
} from '../support/team-doors.ts';

/*
 * Every bad way into a red packet, one row each: what the page says, and the one thing to do next. No row ends on a page
 * that says nothing or leads nowhere.
 */

const HOME = process.env.FESTA_TEST_HOME ?? '';
const PATIENCE_MS = 60_000;
/** In letters: with digits in it, a name would promise an amount. */
const named = (what: string) => `${what} ${randomUUID().replaceAll(/[\d-]/g, '').slice(0, 6)}`;
const teamAt = (code: string) => `/t?c=${code}`;
const packetAt = (code: string) => `/g?c=${code}`;

/** The way on: a link to a path, or a button. */
type Next = { readonly word: string; readonly path: string | null };
type Row = {
  readonly what: string;
  readonly path: string;
  /** What is tapped and refused; left out: it is read at once. */
  readonly tap?: string;
  /** Done when the page stands, before the tap. */
  readonly before?: (page: Page) => Promise<unknown>;
  readonly says: string | RegExp;
  readonly next: Next;
};

type People = { readonly me: BrowserContext; readonly friend: APIRequestContext; readonly other: APIRequestContext };

/** What there is on the other side of the links. */
async function arrange({ me, friend, other }: People) {
  const soon = { endsAt: Date.now() + 40 * HOUR_MS };
  const pair = { ...soon, size: 2, joinsPerDay: 1 };
  const teams = (what: string, more: object = {}) => publishTeams(HOME, named(what), { ...pair, ...more });
  const [daily, twice, ended, taken, barred] = [
    await teams('一天一次'),
    await teams('两个队'),
    await teams('停了'),
    await teams('收回'),
    await teams('拒绝'),
  ];
  const mine = me.request;
  // In one team a day: it is used up.
  await joinTeam(mine, await openTeam(friend, daily));
  const usedUp = await openTeam(other, daily);
  const live = await openTeam(mine, twice);
  const second = await openTeam(friend, twice);
  const full = await openTeam(other, ended);
  await joinTeam(friend, full);
  const failed = await openTeam(other, ended);
  await runOutTeamTime(HOME, failed);
  const gone = await openTeam(friend, taken);
  await takeTeamsBack(HOME, taken);
  const blocked = await openTeam(friend, barred);
  await blockIn(HOME, barred, mine);

  const packets = async (what: string, more: object = {}) => {
    const id = await publishPackets(HOME, named(what), { ...soon, ...more });
    return { id, code: await takePacket(friend, id) };
  };
  const packet = await packets('长大');
  const lastOne = await packets('发完', { budgetFen: 1_000 });
  const [looked, stopped, old, refused] = [
    await packets('核对'),
    await packets('停止'),
    await packets('过期'),
    await packets('不给'),
  ];
  await pauseCampaign(HOME, looked.id);
  await stopCampaign(HOME, stopped.id);
  await runOutPacketTime(HOME, old.code);
  await blockIn(HOME, refused.id, mine);
  return {
    teams: { usedUp, live, second, full, failed, gone, blocked, ended },
    packets: { packet, lastOne, looked, stopped, old, refused },
  };
}
type World = Awaited<ReturnType<typeof arrange>>;

function teamRows({ teams, packets }: World, locale: Locale): Row[] {
  const { usedUp, live, second, full, failed, gone } = teams;
  const gathering = teamGatheringMessages[locale];
  const parts = teamPartsMessages[locale];
  const room = teamRoomMessages[locale];
  const join = gathering.join('20');
  const again = { word: parts.again, path: '/team' };
  const unknown = { says: room.unknown, next: again };
  const said = (refusal: Parameters<typeof refusalSentence>[1]) => refusalSentence(locale, refusal);
  return [
    { what: 'no code', path: '/t', ...unknown },
    { what: 'a forged code', path: teamAt('AAAAAAAAAAAA'), ...unknown },
    { what: 'a code that was cut off', path: teamAt(second.slice(0, 11)), ...unknown },
    { what: 'a code with its letters turned', path: teamAt([...second].reverse().join('')), ...unknown },
    { what: 'something else for a code', path: teamAt('%3Cscript%3E'), ...unknown },
    {
      what: 'the code of a campaign of another kind',
      path: teamAt(packets.packet.code),
      says: room.ofPacket,
      next: { word: room.toPacket, path: packetAt(packets.packet.code) },
    },
    {
      what: 'a link with parameters that nobody gave it',
      path: `${teamAt(second)}&campaign=other&size=99&pot=1`,
      says: gathering.missing(1, '20'),
      next: { word: join, path: null },
    },
    {
      what: 'joins of the day used up',
      path: teamAt(usedUp),
      tap: join,
      says: said({ code: 'joins_used_up', limit: 1, againAt: 0 }).slice(0, 10),
      next: again,
    },
    {
      what: 'a second team',
      path: teamAt(second),
      tap: join,
      says: said({ code: 'other_live_team', teamCode: live }),
      next: { word: parts.seeOwnTeam, path: teamAt(live) },
    },
    { what: 'a full team', path: teamAt(full), says: teamResultMessages[locale].full, next: again },
    { what: 'a team out of time', path: teamAt(failed), says: teamOverMessages[locale].expired, next: again },
    {
      what: 'a campaign taken back',
      path: teamAt(gone),
      says: teamOverMessages[locale].withdrawn,
      next: { word: parts.toCentre, path: '/coupons' },
    },
  ];
}

function packetRows({ teams, packets }: World, locale: Locale): Row[] {
  const { packet, lastOne, looked, stopped, old } = packets;
  const words = packetVisitorMessages[locale];
  const room = packetRoomMessages[locale];
  const all = { word: room.toAll, path: '/packet' };
  const unknown = { says: room.unknown, next: all };
  return [
    { what: 'no packet’s code', path: '/g', ...unknown },
    { what: 'a forged packet’s code', path: packetAt('AAAAAAAAAAAA'), ...unknown },
    { what: 'a packet’s code that was cut off', path: packetAt(packet.code.slice(0, 11)), ...unknown },
    {
      what: 'the code of a team',
      path: packetAt(teams.second),
      says: room.ofTeam,
      next: { word: room.toTeam, path: teamAt(teams.second) },
    },
    {
      what: 'a packet’s link with parameters that nobody gave it',
      path: `${packetAt(packet.code)}&baseFen=9999&generation=1`,
      says: words.gift,
      next: { word: words.accept('2.50'), path: null },
    },
    { what: 'a paused campaign', path: packetAt(looked.code), says: words.paused, next: all },
    { what: 'a stopped campaign', path: packetAt(stopped.code), says: words.stopped, next: all },
    {
      what: 'a budget that is gone',
      path: packetAt(lastOne.code),
      says: words.gone,
      next: { word: words.toCentre, path: '/coupons' },
    },
    {
      what: 'a packet out of time',
      path: packetAt(old.code),
      says: words.over_expired(packetGrowthMessages[locale].giver),
      next: { word: words.ownOne, path: '/packet' },
    },
  ];
}

async function walk(page: Page, tree: string, { what, path, tap, before, says, next }: Row): Promise<void> {
  await test.step(what, async () => {
    await page.goto(tree + path);
    const main = page.getByRole('main');
    if (tap !== undefined) {
      const button = main.getByRole('button', { name: tap });
      await expect(button).toBeVisible({ timeout: PATIENCE_MS });
      await before?.(page);
      await button.click();
    }
    await expect(main.getByText(says).first()).toBeVisible({ timeout: PATIENCE_MS });
    const way = main.getByRole(next.path === null ? 'button' : 'link', { name: next.word }).first();
    await expect(way).toBeVisible({ timeout: PATIENCE_MS });
    if (next.path !== null) await expect(way).toHaveAttribute('href', tree + next.path);
  });
}

/** Whom an operator has refused with his group: a sheet says so, with the way to appeal; then the page does. */
async function walkBlocked(page: Page, tree: string, locale: Locale, path: string, tap: string): Promise<void> {
  await test.step('a blocked person', async () => {
    const sheets = riskSheetsMessages[locale];
    await page.goto(tree + path);
    await page.getByRole('main').getByRole('button', { name: tap }).click();
    const sheet = page.getByRole('dialog', { name: sheets.blockedTitle });
    await expect(sheet.getByRole('button', { name: sheets.appeal })).toBeVisible({ timeout: PATIENCE_MS });
    await sheet.getByRole('button', { name: sheets.close }).click();
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert.getByRole('link')).toHaveAttribute('href', `${tree}/decisions`);
  });
}

/** A page without a socket: every tap goes by HTTP and is answered at once. */
async function pageIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  return page;
}

async function phoneOf(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL });
  await signUp(context.request);
  return context;
}

for (const [locale, tree] of [
  ['zh-CN', ''],
  ['en-US', '/en'],
] as const) {
  test(`Every bad way into a red packet says what is so and what to do next (${locale})`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const phones = [1, 2, 3].map(() => phoneOf(browser, baseURL ?? ''));
    const [me, leader, third] = (await Promise.all(phones)) as [BrowserContext, BrowserContext, BrowserContext];
    const world = await arrange({ me, friend: leader.request, other: third.request });
    const page = await pageIn(me);
    for (const row of [...teamRows(world, locale), ...packetRows(world, locale)]) await walk(page, tree, row);
    const gathering = teamGatheringMessages[locale];
    const join = gathering.join('20');
    await walkBlocked(page, tree, locale, teamAt(world.teams.blocked), join);
    const accept = packetVisitorMessages[locale].accept('2.50');
    await walkBlocked(page, tree, locale, packetAt(world.packets.refused.code), accept);
    await page.close();

    // On a phone that two people use, the leader has signed in beside the page of his own team.
    await walk(await pageIn(third), tree, {
      what: 'one’s own team',
      path: teamAt(world.teams.second),
      tap: join,
      before: async () => third.addCookies(await leader.cookies()),
      says: refusalSentence(locale, { code: 'own_team' }),
      next: { word: gathering.invite, path: null },
    });
    for (const each of [me, leader, third]) await each.close();
  });
}

test('The pages of campaigns tell which are looked at or have not begun, and one that closes while it is read', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const soon = { endsAt: Date.now() + 30 * HOUR_MS, size: 2 };
  const names = { looked: named('核对'), ahead: named('未到'), shut: named('停了') };
  await pauseCampaign(HOME, await publishTeams(HOME, names.looked, soon));
  await publishTeams(HOME, names.ahead, { ...soon, startsAt: Date.now() + HOUR_MS });
  const shut = await publishTeams(HOME, names.shut, soon);
  const packet = { looked: named('核对'), ahead: named('未到') };
  await pauseCampaign(HOME, await publishPackets(HOME, packet.looked, { endsAt: soon.endsAt }));
  await publishPackets(HOME, packet.ahead, { startsAt: Date.now() + HOUR_MS, endsAt: soon.endsAt });

  const me = await phoneOf(browser, baseURL ?? '');
  const page = await pageIn(me);
  const card = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
  await page.goto('/team');
  const open = card(names.shut).getByRole('button', { name: teamHomeMessages['zh-CN'].open });
  await expect(open).toBeVisible({ timeout: PATIENCE_MS });
  await expect(card(names.looked).getByRole('button', { name: teamHomeMessages['zh-CN'].paused })).toBeDisabled();
  await expect(card(names.ahead).getByRole('button', { name: /开始$/ })).toBeDisabled();
  await stopCampaign(HOME, shut);
  await open.click();
  const alert = card(names.shut).getByRole('alert');
  await expect(alert).toContainText(refusalSentence('zh-CN', { code: 'team_campaign_stopped' }));
  await expect(alert.getByRole('link')).toHaveAttribute('href', '/coupons');

  await page.goto('/packet');
  await expect(card(packet.looked).getByRole('button', { name: packetHomeMessages['zh-CN'].paused })).toBeDisabled({
    timeout: PATIENCE_MS,
  });
  await expect(card(packet.ahead).getByRole('button', { name: /开始$/ })).toBeDisabled();
  await me.close();
});
