import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { PacketSettings } from '../../lib/domain/packet/packet.ts';
import type { OperatorDoor } from './operator-door.ts';
import { putPacketCampaign } from './packets.ts';
import { command } from './phone.ts';
import { inDatabase } from './team-doors.ts';

/** ¥5 that grows by ¥0.50 up to ¥10, ¥2.50 for a friend, three generations (tests/support/packets.ts); answers its id. */
export function publishPackets(home: string, name: string, more: Partial<PacketSettings> = {}): Promise<string> {
  return inDatabase(home, (db) => putPacketCampaign(db, { name: { zh: name, en: `${name} en` }, ...more }));
}

/** The shop gives out no more packets; `withdraw`: it also takes back those that were. */
export function stopPackets(operator: OperatorDoor, id: string, withdraw: boolean): Promise<unknown> {
  return operator.ask('ops.stopPacketCampaign', { id, withdraw, reason: 'a journey' });
}

/** A packet of the first generation for whoever is signed in; answers its code. */
export async function takePacket(owner: APIRequestContext, campaignId: string): Promise<string> {
  const request = { key: randomUUID(), campaignId };
  return (await command<ValueNamed<'packet.issue'>>(owner, 'packet.issue', request)).packet.code;
}

/** A packet of one's own from a shared one; answers its code. It counts as a visit, too. */
export async function acceptPacket(friend: APIRequestContext, code: string): Promise<string> {
  const request = { key: randomUUID(), code };
  return (await command<ValueNamed<'packet.accept'>>(friend, 'packet.accept', request)).packet.code;
}

/** Looks at a packet, for long enough and with a touch. */
export function visitPacket(friend: APIRequestContext, code: string): Promise<ValueNamed<'packet.visit'>> {
  return command(friend, 'packet.visit', { key: randomUUID(), code, stayedMs: 6_000, touched: true });
}

/** Lets the time of a packet run out now; the server's own worker does the rest. */
export function runOutPacketTime(home: string, code: string): Promise<unknown> {
  return inDatabase(home, (db) =>
    db.query(`update coupon set valid_until = now() where id = (select id from packet where code = $1)`, [code]),
  );
}
