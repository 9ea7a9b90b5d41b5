import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type PacketPicture,
  packetAccept,
  packetChanged,
  packetIssue,
  packetMine,
  packetPage,
  packetsRead,
  packetVisit,
  packetWatch,
} from '../../lib/contracts/packet.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt, signIn } from '../support/edge.ts';
import { until } from '../support/live.ts';
import { passTime, putPacketCampaign } from '../support/packets.ts';
import { pageSockets } from '../support/page-socket.ts';

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

const phone = () => {
  phones += 1;
  return `137${String(phones).padStart(8, '0')}`;
};
const shopper = async (at: Edge = edge) => (await shopperAt(at, phone())).browser;

/** A page that shows one packet: it watches, then reads, then takes every picture that is newer. */
async function pageOf(at: Edge, browser: Browser, code: string) {
  const socket = await socketOf(at, browser);
  const heard: PacketPicture[] = [];
  socket.on(packetChanged.event, (packet: PacketPicture) => heard.push(packet));
  expect(await send(socket, packetWatch.event, { code })).toEqual({ ok: true, value: { watching: true } });
  const { packet } = accepted(await browser.call(packetPage, { code }));
  return {
    socket,
    heard,
    shown: () => heard.reduce((best, next) => (next.version > best.version ? next : best), packet),
  };
}

const issue = async (browser: Browser, campaignId: string, showName?: boolean) =>
  accepted(await browser.call(packetIssue, { key: randomUUID(), campaignId, showName }));
const look = (code: string) => ({ key: randomUUID(), code, stayedMs: 6_000, touched: true });

test('[GROW2] a stranger looks, is shown as pending, verifies his phone on the way, and the packet grows on every page', async () => {
  const campaign = await putPacketCampaign(edge.db);
  const owner = await shopper();
  const { packet } = await issue(owner, campaign);
  const friend = other.browser();
  const pages = [await pageOf(edge, owner, packet.code), await pageOf(other, other.browser(), packet.code)];
  const everybodySees = async (isSo: (seen: PacketPicture) => boolean) => {
    await until(() => pages.every((page) => isSo(page.shown())), 15_000);
    expect(pages.map((page) => isSo(page.shown()))).toEqual([true, true]);
  };
  // A first command makes him an anonymous shopper.
  const visited = accepted(await friend.call(packetVisit, look(packet.code)));
  expect(visited.own).toMatchObject({ isOwner: false, coupon: null, visit: { place: 1, state: 'pending' } });
  await everybodySees(({ pendingCount, valueFen }) => pendingCount === 1 && valueFen === 500);
  expect(outcomeOf(await friend.call(packetAccept, { key: randomUUID(), code: packet.code }))).toBe('phone_required');
  await signIn(friend, phone());
  await everybodySees(({ pendingCount, valueFen }) => pendingCount === 0 && valueFen === 550);
  const taken = accepted(await friend.call(packetAccept, { key: randomUUID(), code: packet.code }));
  expect(taken.packet).toMatchObject({ generation: 2, valueFen: 250 });
  expect(accepted(await friend.call(packetMine, {})).helped).toMatchObject([
    { code: packet.code, state: 'vested', fen: 50 },
  ]);
  // The picture is the same for everybody, and for who has no socket.
  const stranger = edge.browser();
  const polled = accepted(await stranger.call(packetPage, { code: packet.code }));
  expect(pages.map((page) => page.shown())).toEqual([polled.packet, polled.packet]);
  expect(polled.own).toMatchObject({ isOwner: false, coupon: null, visit: null, ownCode: null });
  expect(stranger.cookies.size).toBe(0);
  const versions = pages.map(({ heard }) => heard.map(({ version }) => version));
  for (const seen of versions) expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
});

test('commands over the socket are answered as over HTTP, once per key', async () => {
  const campaign = await putPacketCampaign(edge.db);
  const owner = await shopper();
  const socket = await socketOf(edge, owner);
  const request = { key: randomUUID(), campaignId: campaign };
  const first = await send(socket, 'packet.issue', request);
  expect(first).toMatchObject({ ok: true, value: { isReplay: false } });
  expect(accepted(await owner.call(packetIssue, request))).toMatchObject({
    isReplay: true,
    packet: first.value.packet,
  });
  expect(await send(socket, 'packet.visit', look(first.value.packet.code))).toMatchObject({
    ok: false,
    refusal: { code: 'own_packet', message: expect.stringContaining('自己') },
  });
});

test('the end of a packet is seen by whoever looks at it, and by the list of campaigns what is left', async () => {
  const campaign = await putPacketCampaign(edge.db);
  const owner = await shopper();
  const { packet, own } = await issue(owner, campaign);
  const page = await pageOf(other, other.browser(), packet.code);
  await passTime(edge.db, own.packetId, 73);
  await until(() => page.shown().state === 'expired', 20_000);
  expect(page.shown()).toMatchObject({ state: 'expired', valueFen: 500 });
  const listed = accepted(await owner.call(packetsRead, {})).campaigns.find(({ campaign: one }) => one.id === campaign);
  expect(listed).toMatchObject({ state: 'running', isSoldOut: false });
});
