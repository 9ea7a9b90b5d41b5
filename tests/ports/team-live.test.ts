import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { meRead, saveProfile } from '../../lib/contracts/identity.ts';
import { packetIssue, packetPage, packetVisit } from '../../lib/contracts/packet.ts';
import { shareConsent, shareShowName } from '../../lib/contracts/share.ts';
import {
  type TeamRoom,
  teamChanged,
  teamJoin,
  teamMine,
  teamOpen,
  teamOpenShare,
  teamRoomRead,
  teamsRead,
  teamWatch,
} from '../../lib/contracts/team.ts';
import { accepted, type Browser } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { until } from '../support/live.ts';
import { putPacketCampaign } from '../support/packets.ts';
import { pageSockets } from '../support/page-socket.ts';
import { putTeamCampaign, runOutOfTime } from '../support/teams.ts';

/** Two processes of one shop; only the first has a worker. */
let edge: Edge;
let other: Edge;
let phones = 0;
const { open: socketOf, send, close } = pageSockets();

beforeAll(async () => {
  edge = await openEdge({ jobs: true });
  other = await openEdge({ beside: edge });
});
afterAll(async () => {
  await other.close();
  await edge.close();
});
afterEach(() => close());

const shopper = async (at: Edge = edge) => {
  phones += 1;
  return (await shopperAt(at, `139${String(phones).padStart(8, '0')}`)).browser;
};

/** A page that shows one team: it watches, then reads, then takes every picture that is newer. */
async function pageOf(at: Edge, browser: Browser, code: string) {
  const socket = await socketOf(at, browser);
  const heard: TeamRoom[] = [];
  socket.on(teamChanged.event, (room: TeamRoom) => heard.push(room));
  expect(await send(socket, teamWatch.event, { code })).toEqual({ ok: true, value: { watching: true } });
  const { room } = accepted(await browser.call(teamRoomRead, { code }));
  return {
    socket,
    heard,
    shown: () => heard.reduce((best, next) => (next.version > best.version ? next : best), room),
  };
}

const openTeam = async (browser: Browser, showName?: boolean) => {
  const campaignId = await putTeamCampaign(edge.db);
  return accepted(await browser.call(teamOpen, { key: randomUUID(), campaignId, showName }));
};
const join = async (browser: Browser, code: string) =>
  accepted(await browser.call(teamJoin, { key: randomUUID(), code }));

test('every page of a team shows each join, the split and each opened share, on whichever process it happens', async () => {
  const leader = await shopper();
  const friends = await Promise.all([shopper(other), shopper(), shopper(other)]);
  const { room, own } = await openTeam(leader);
  const { code } = room;
  const stranger = other.browser();
  const pages = [await pageOf(edge, leader, code), await pageOf(other, stranger, code)];
  const everybodySees = async (isSo: (seen: TeamRoom) => boolean) => {
    await until(() => pages.every((page) => isSo(page.shown())), 10_000);
    expect(pages.map((page) => isSo(page.shown()))).toEqual([true, true]);
  };
  for (const [at, friend] of friends.entries()) {
    await join(friend, code);
    await everybodySees(({ placesLeft }) => placesLeft === 2 - at);
  }
  await everybodySees(({ state, seed }) => state === 'split' && seed !== null);
  accepted(await leader.call(teamOpenShare, { key: randomUUID(), teamId: own.teamId }));
  await everybodySees(({ places }) => places[0]?.share?.state === 'opened');
  // The picture is the same for everybody, and for who has no socket.
  const { room: polled, own: none } = accepted(await stranger.call(teamRoomRead, { code }));
  expect(pages.map((page) => page.shown())).toEqual([polled, polled]);
  expect(none).toBeNull();
  expect(stranger.cookies.size).toBe(0);
  for (const { heard } of pages) {
    const versions = heard.map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
});

test('commands over the socket are answered as over HTTP, once per key', async () => {
  const leader = await shopper();
  const friend = await shopper();
  const campaignId = await putTeamCampaign(edge.db);
  const opening = { key: randomUUID(), campaignId };
  const socket = await socketOf(edge, leader);
  const opened = await send(socket, 'team.open', opening);
  expect(opened).toMatchObject({ ok: true, value: { isReplay: false, own: { isLeader: true, place: 1 } } });
  const again = accepted(await leader.call(teamOpen, opening));
  expect(again).toEqual({ ...opened.value, now: again.now, isReplay: true });
  const theirs = await socketOf(edge, friend);
  const { code } = opened.value.room;
  expect(await send(theirs, 'team.join', { key: randomUUID(), code })).toMatchObject({
    ok: true,
    value: { own: { place: 2 } },
  });
  expect(await send(socket, 'team.join', { key: randomUUID(), code })).toMatchObject({
    ok: false,
    refusal: { code: 'own_team', message: expect.stringContaining('分享') },
  });
  expect(await send(socket, 'team.openShare', { key: randomUUID(), teamId: opened.value.own.teamId })).toMatchObject({
    ok: false,
    refusal: { code: 'team_not_split', placesLeft: 2, message: '还差 2 人即可瓜分，再邀请好友吧' },
  });
});

test('a stranger may look; who joins without a verified phone is asked for it, and nothing has happened', async () => {
  const { room } = await openTeam(await shopper());
  const stranger = edge.browser();
  expect(await stranger.call(teamJoin, { key: randomUUID(), code: room.code })).toMatchObject({
    refusal: { code: 'login_required' },
  });
  const anonymous = edge.browser();
  await anonymous.call(saveProfile, {});
  expect(await anonymous.call(teamJoin, { key: randomUUID(), code: room.code })).toMatchObject({
    refusal: { code: 'phone_required' },
  });
  expect(accepted(await stranger.call(teamRoomRead, { code: room.code })).room.placesLeft).toBe(3);
  expect(await stranger.call(teamRoomRead, { code: 'AAAAAAAAAAAA' })).toMatchObject({
    refusal: { code: 'unknown_team' },
  });
  expect(await stranger.call(teamRoomRead, { code: '../x' })).toMatchObject({ refusal: { code: 'unknown_team' } });
});

test('others see a whole name only of who agreed', async () => {
  const [leader, friend] = [await shopper(), await shopper()];
  await leader.call(saveProfile, { displayName: '欧阳小明' });
  await friend.call(saveProfile, { displayName: '王小红' });
  const { room } = await openTeam(leader, true);
  const joined = await join(friend, room.code);
  expect(joined.room.places.map(({ name }) => name)).toEqual(['欧阳小明', '王**']);
});

test('who shows his name no longer has it shortened in rooms that he is in, on every page that looks on', async () => {
  const leader = await shopper();
  await leader.call(saveProfile, { displayName: '欧阳小明' });
  const { room } = await openTeam(leader, true);
  const campaignId = await putPacketCampaign(edge.db);
  const issued = accepted(await leader.call(packetIssue, { key: randomUUID(), campaignId, showName: true }));
  const { code } = issued.packet;
  const page = await pageOf(other, other.browser(), room.code);
  const namesOf = (seen: TeamRoom) => seen.places.map(({ name }) => name);
  expect(namesOf(page.shown())).toEqual(['欧阳小明']);
  expect(accepted(await other.browser().call(packetPage, { code })).packet.ownerName).toBe('欧阳小明');
  accepted(await leader.call(shareShowName, { shows: false }));
  await until(() => namesOf(page.shown())[0] === '欧**', 10_000);
  expect(namesOf(page.shown())).toEqual(['欧**']);
  await vi.waitFor(
    async () => expect(accepted(await other.browser().call(packetPage, { code })).packet.ownerName).toBe('欧**'),
    { timeout: 10_000 },
  );
});

test.each([
  [
    'takes his consent to being followed back',
    async (who: Browser) => accepted(await who.call(shareConsent, { agrees: false })),
  ],
  [
    'is deleted',
    async (who: Browser) => {
      const { person } = accepted(await who.call(meRead, {}));
      await edge.db.query('delete from person where id = $1', [person?.id]);
    },
  ],
] as const)(
  'who %s has his name shortened in every room of teams and packets, as a visitor, too',
  async (_what, goes) => {
    const [leader, owner] = [await shopper(), await shopper()];
    await leader.call(saveProfile, { displayName: '欧阳小明' });
    const { room } = await openTeam(leader, true);
    const campaignId = await putPacketCampaign(edge.db);
    const own = accepted(await leader.call(packetIssue, { key: randomUUID(), campaignId, showName: true })).packet.code;
    const other = accepted(await owner.call(packetIssue, { key: randomUUID(), campaignId })).packet.code;
    accepted(
      await leader.call(packetVisit, {
        key: randomUUID(),
        code: other,
        stayedMs: 6_000,
        touched: true,
        showName: true,
      }),
    );
    const seen = async () => {
      const anybody = edge.browser();
      const { room: shown } = accepted(await anybody.call(teamRoomRead, { code: room.code }));
      const [mine, theirs] = [
        accepted(await anybody.call(packetPage, { code: own })).packet,
        accepted(await anybody.call(packetPage, { code: other })).packet,
      ];
      const versions = [shown.version, mine.version, theirs.version];
      return { names: [shown.places[0]?.name, mine.ownerName, theirs.steps[0]?.name], versions };
    };
    const before = await seen();
    expect(before.names).toEqual(['欧阳小明', '欧阳小明', '欧阳小明']);
    await goes(leader);
    const after = await seen();
    expect(after.names).toEqual(['欧**', '欧**', '欧**']);
    expect(after.versions).toEqual(before.versions.map((version) => version + 1));
  },
);

test('a page hears of the team that it watches, and of no other', async () => {
  const [leader, second, friend] = [await shopper(), await shopper(), await shopper()];
  const [one, two] = [await openTeam(leader), await openTeam(second)];
  const page = await pageOf(edge, edge.browser(), one.room.code);
  await send(page.socket, teamWatch.event, { code: two.room.code });
  await join(friend, two.room.code);
  await until(() => page.heard.some(({ code, placesLeft }) => code === two.room.code && placesLeft === 2), 10_000);
  await send(page.socket, teamWatch.event, { code: null });
  const before = page.heard.length;
  const listener = await pageOf(edge, edge.browser(), one.room.code);
  await join(await shopper(), one.room.code);
  await until(() => listener.shown().placesLeft === 2, 10_000);
  expect(listener.shown().placesLeft).toBe(2);
  expect(page.heard.slice(before)).toEqual([]);
  expect(page.heard.every(({ code, version }) => code === two.room.code || version === 1)).toBe(true);
});

test('the end of a team is seen by whoever looks at it, and what no notice told is found', async () => {
  const leader = await shopper();
  const { room, own } = await openTeam(leader);
  const page = await pageOf(other, other.browser(), room.code);
  await runOutOfTime(edge.db, own.teamId);
  await until(() => page.shown().state === 'failed', 15_000);
  expect(page.shown()).toMatchObject({ state: 'failed', isWithdrawn: false });
  // Nobody says so: the net of the process looks for itself.
  await edge.db.query('update team set version = version + 1 where id = $1', [own.teamId]);
  const { version } = page.shown();
  await until(() => page.shown().version > version, 15_000);
  expect(page.shown().version).toBe(version + 1);
  const { teams, campaigns } = accepted(await leader.call(teamMine, {}));
  expect(teams[0]).toMatchObject({ state: 'failed', consolationFen: 100, own: { coupon: { state: 'usable' } } });
  expect(campaigns.find(({ campaignId }) => campaignId === teams[0]?.campaignId)).toMatchObject({ liveCode: null });
  expect(accepted(await edge.browser().call(teamsRead, {})).campaigns.length).toBeGreaterThan(0);
});
