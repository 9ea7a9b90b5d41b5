import type { APIRequestContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { teamGatheringMessages } from '../../lib/messages/team-gathering.ts';
import { teamPartsMessages } from '../../lib/messages/team-parts.ts';
import { teamResultMessages } from '../../lib/messages/team-result.ts';
import { teamRoomMessages } from '../../lib/messages/team-room.ts';
import { publishPackets, takePacket } from './packet-doors.ts';
import type { Room, Scene } from './screen-scenes.ts';
import { joinTeam, openShare, openTeam, publishTeams, runOutTeamTime, takeTeamsBack } from './team-doors.ts';

/* The team red packet as npm run screens sees it: one team of the demo's campaign from its opening to the end, and others. */

const PATIENCE_MS = 60_000;

async function campaignOf(phone: APIRequestContext): Promise<string> {
  const answer = await (await phone.get('/api/public/teams')).json();
  return (answer as { value: ValueNamed<'public.teams'> }).value.campaigns[0]?.campaign.id ?? '';
}

const roomPath = (code: string) => `/t?c=${code}`;

/** The shopper's own team that gathers, opened when there is none. */
async function ownTeam({ shopper }: Room): Promise<string> {
  const answer = await (await shopper.request.get('/api/team.mine')).json();
  const { teams } = (answer as { value: ValueNamed<'team.mine'> }).value;
  const live = teams.find(({ state }) => state === 'gathering');
  return live?.code ?? openTeam(shopper.request, await campaignOf(shopper.request));
}

async function fill(room: Room, code: string, friends: number): Promise<APIRequestContext[]> {
  const joined: APIRequestContext[] = [];
  for (let count = 0; count < friends; count += 1) {
    const friend = await room.other();
    await joinTeam(friend, code);
    joined.push(friend);
  }
  return joined;
}

/** The one that has been shared out. */
let splitCode = '';

async function openSheet(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible({ timeout: PATIENCE_MS });
}

/** The page once more, in an app that forbids invitations. */
export async function inWeChat(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { get: () => 'MicroMessenger/8.0' }));
  await page.reload();
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible({ timeout: PATIENCE_MS });
}

/** Opens the sheet of this button. */
export const sheetOf =
  (words: (locale: Locale) => string): NonNullable<Scene['act']> =>
  (page, locale) =>
    openSheet(page, words(locale));

export const teamScenes: readonly Scene[] = [
  { name: 'team-home', who: 'newcomer', arrange: () => '/team' },
  { name: 'team-leader', who: 'shopper', arrange: async (room) => roomPath(await ownTeam(room)) },
  {
    name: 'team-invite',
    who: 'shopper',
    arrange: async (room) => roomPath(await ownTeam(room)),
    act: sheetOf((locale) => teamGatheringMessages[locale].invite),
  },
  {
    name: 'team-rules',
    who: 'shopper',
    arrange: async (room) => roomPath(await ownTeam(room)),
    act: sheetOf((locale) => teamRoomMessages[locale].rules),
  },
  {
    name: 'team-stranger',
    who: 'stranger',
    async arrange(room) {
      const code = await ownTeam(room);
      await fill(room, code, 1);
      return roomPath(code);
    },
  },
  {
    name: 'team-wechat',
    who: 'stranger',
    arrange: async (room) => roomPath(await ownTeam(room)),
    act: inWeChat,
  },
  {
    name: 'team-split',
    who: 'shopper',
    async arrange(room) {
      splitCode = await ownTeam(room);
      const [friend] = await fill(room, splitCode, 2);
      if (friend) await openShare(friend, splitCode);
      return roomPath(splitCode);
    },
  },
  {
    name: 'team-opened',
    who: 'shopper',
    async arrange({ shopper }) {
      await openShare(shopper.request, splitCode);
      return roomPath(splitCode);
    },
  },
  {
    name: 'team-draw',
    who: 'shopper',
    arrange: () => roomPath(splitCode),
    act: sheetOf((locale) => teamResultMessages[locale].check),
  },
  { name: 'team-full', who: 'stranger', arrange: () => roomPath(splitCode) },
  {
    name: 'team-failed',
    who: 'shopper',
    async arrange(room) {
      const code = await ownTeam(room);
      await fill(room, code, 1);
      await runOutTeamTime(room.home, code);
      const isOver = async () =>
        (await (await room.shopper.request.get('/api/team.mine')).text()).includes('"consolationFen":1');
      await expect.poll(isOver, { timeout: PATIENCE_MS }).toBe(true);
      return roomPath(code);
    },
  },
  {
    name: 'team-withdrawn',
    who: 'stranger',
    async arrange(room) {
      const campaignId = await publishTeams(room.home, '午夜组队红包');
      const code = await openTeam(await room.other(), campaignId);
      await takeTeamsBack(room.home, campaignId);
      return roomPath(code);
    },
  },
  {
    name: 'team-second',
    who: 'shopper',
    async arrange(room) {
      await ownTeam(room);
      const friend = await room.other();
      return roomPath(await openTeam(friend, await campaignOf(friend)));
    },
    async act(page, locale) {
      await page.getByRole('button', { name: teamGatheringMessages[locale].join('').trim() }).click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText(teamPartsMessages[locale].seeOwnTeam, {
        timeout: PATIENCE_MS,
      });
    },
  },
  {
    name: 'team-of-packet',
    who: 'stranger',
    arrange: async (room) =>
      roomPath(await takePacket(await room.other(), await publishPackets(room.home, '好友长大红包'))),
  },
  { name: 'team-unknown', who: 'stranger', arrange: () => roomPath('AAAAAAAAAAAA') },
  {
    name: 'team-mine',
    who: 'shopper',
    async arrange(room) {
      await ownTeam(room);
      return '/team';
    },
  },
];
