import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetRoomMessages } from '../../lib/messages/packet-room.ts';
import {
  acceptPacket,
  publishPackets,
  runOutPacketTime,
  stopPackets,
  takePacket,
  visitPacket,
} from './packet-doors.ts';
import { orderAsMyself } from './phone.ts';
import type { Room, Scene } from './screen-scenes.ts';
import { inWeChat, sheetOf } from './team-scenes.ts';

/* The growing red packet as npm run screens sees it: the demo's campaign on its shopper's phone, and others for its ends. */

const PATIENCE_MS = 60_000;
const roomPath = (code: string) => `/g?c=${code}`;

async function campaignOf(phone: APIRequestContext): Promise<string> {
  const answer = await (await phone.get('/api/public/packets')).json();
  const { campaigns } = (answer as { value: ValueNamed<'public.packets'> }).value;
  return campaigns.find(({ state }) => state === 'running')?.campaign.id ?? '';
}

async function mine(phone: APIRequestContext): Promise<ValueNamed<'packet.mine'>['packets']> {
  const answer = await (await phone.get('/api/packet.mine')).json();
  return (answer as { value: ValueNamed<'packet.mine'> }).value.packets;
}

/** The shopper's own packet of the demo's campaign. */
async function ownPacket({ shopper }: Room): Promise<string> {
  const campaignId = await campaignOf(shopper.request);
  const own = (await mine(shopper.request)).find((one) => one.campaignId === campaignId);
  return own?.packet.code ?? takePacket(shopper.request, campaignId);
}

/** A packet of somebody of a campaign of its own, that somebody else has taken one from, and so on. */
async function chain(room: Room, length: number): Promise<string> {
  let phone = await room.other();
  let code = await takePacket(phone, await campaignOf(phone));
  for (let generation = 1; generation < length; generation += 1) {
    phone = await room.other();
    code = await acceptPacket(phone, code);
  }
  return code;
}

/** Of something that no session sells. */
async function ordinarySku(phone: APIRequestContext): Promise<string> {
  const answer = await (await phone.get('/api/public/product?handle=fengtian-honey')).json();
  return (answer as { value: ValueNamed<'public.product'> }).value.product.skus[0]?.id ?? '';
}

/** Somebody whom nobody knows has looked at it. */
async function passBy(room: Room, code: string): Promise<void> {
  const stranger = await room.passer();
  await visitPacket(stranger, code);
}

export const packetScenes: readonly Scene[] = [
  { name: 'packet-home', who: 'newcomer', arrange: () => '/packet' },
  { name: 'packet-new', who: 'shopper', arrange: async (room) => roomPath(await ownPacket(room)) },
  {
    name: 'packet-stranger',
    who: 'stranger',
    arrange: async (room) => roomPath(await ownPacket(room)),
  },
  {
    name: 'packet-growing',
    who: 'shopper',
    async arrange(room) {
      const code = await ownPacket(room);
      for (let count = 0; count < 3; count += 1) await visitPacket(await room.other(), code);
      await passBy(room, code);
      return roomPath(code);
    },
  },
  {
    name: 'packet-share',
    who: 'shopper',
    arrange: async (room) => roomPath(await ownPacket(room)),
    act: sheetOf((locale) => packetGrowthMessages[locale].share),
  },
  {
    name: 'packet-rules',
    who: 'shopper',
    arrange: async (room) => roomPath(await ownPacket(room)),
    act: sheetOf((locale) => packetRoomMessages[locale].rules),
  },
  {
    name: 'packet-wechat',
    who: 'stranger',
    arrange: async (room) => roomPath(await ownPacket(room)),
    act: inWeChat,
  },
  { name: 'packet-wallet', who: 'shopper', arrange: () => '/wallet' },
  { name: 'packet-friend', who: 'shopper', arrange: async (room) => roomPath(await chain(room, 1)) },
  { name: 'packet-fourth', who: 'newcomer', arrange: async (room) => roomPath(await chain(room, 3)) },
  {
    name: 'packet-full',
    who: 'stranger',
    async arrange(room) {
      const code = await chain(room, 1);
      for (let count = 0; count < 10; count += 1) await visitPacket(await room.other(), code);
      return roomPath(code);
    },
  },
  {
    name: 'packet-locked',
    who: 'shopper',
    async arrange(room) {
      const code = await ownPacket(room);
      await orderAsMyself(room.shopper.request, await ordinarySku(room.shopper.request), 1, true);
      return roomPath(code);
    },
  },
  {
    name: 'packet-expired',
    who: 'shopper',
    async arrange(room) {
      const campaignId = await publishPackets(room.home, '周末长大红包');
      const code = await takePacket(room.shopper.request, campaignId);
      await runOutPacketTime(room.home, code);
      const isOver = async () =>
        (await mine(room.shopper.request)).some(({ packet }) => packet.code === code && packet.state === 'expired');
      await expect.poll(isOver, { timeout: PATIENCE_MS }).toBe(true);
      return roomPath(code);
    },
  },
  {
    name: 'packet-withdrawn',
    who: 'stranger',
    async arrange(room) {
      const campaignId = await publishPackets(room.home, '新人长大红包');
      const code = await takePacket(await room.other(), campaignId);
      await stopPackets(room.operator, campaignId, true);
      return roomPath(code);
    },
  },
  {
    name: 'packet-stopped',
    who: 'stranger',
    async arrange(room) {
      const campaignId = await publishPackets(room.home, '会员长大红包');
      const code = await takePacket(await room.other(), campaignId);
      await stopPackets(room.operator, campaignId, false);
      return roomPath(code);
    },
  },
  {
    name: 'packet-gone',
    who: 'stranger',
    async arrange(room) {
      const campaignId = await publishPackets(room.home, '午后长大红包', { budgetFen: 1_000 });
      return roomPath(await takePacket(await room.other(), campaignId));
    },
  },
  { name: 'packet-unknown', who: 'stranger', arrange: () => roomPath('AAAAAAAAAAAA') },
  { name: 'packet-mine', who: 'shopper', arrange: () => '/packet' },
];
