import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import type { PacketOwn, PacketPicture } from '../../lib/contracts/packet.ts';
import { assert } from '../../lib/domain/assert.ts';
import type { PacketCommand, PacketDecision, PacketRefusal, SettledPackets } from '../../lib/domain/packet/books.ts';
import { personKey } from '../../lib/domain/packet/books.ts';
import { settlePackets } from '../../lib/domain/packet/settle.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { readOwnAt } from '../promo/coupon-rows.ts';
import { lockAndReadBooks, type ReadBooks } from './packet-books.ts';
import { ownOf, pictureOf, type StoredPacket } from './packet-rows.ts';
import { writePackets } from './write-packets.ts';

export type PacketOutcome =
  | {
      readonly kind: 'done';
      readonly now: number;
      readonly packet: PacketPicture;
      readonly own: PacketOwn;
      readonly isReplay: boolean;
    }
  | { readonly kind: 'key_reused' | 'looked' }
  | { readonly kind: 'refused'; readonly refusal: PacketRefusal };

/** The coupons of packets that their owners are answered with; read after the batch was written. */
async function couponsOf(tx: Queryable, packets: readonly StoredPacket[], now: number) {
  return readOwnAt(
    tx,
    packets.map(({ id }) => id),
    now,
  );
}

/** Each person's own code of each campaign, as it is after the batch. */
function codesAfter(books: ReadBooks, { changed }: SettledPackets): ReadonlyMap<string, string> {
  const codes = new Map([...books.own].map(([person, { code }]) => [person, code]));
  for (const { id, ownerId, campaignId, code } of changed) {
    if (!books.packets.has(id)) codes.set(personKey(ownerId, campaignId), code);
  }
  return codes;
}

/** Visits of the batch's people, as they are after it; by visitor and packet. */
function visitsAfter(books: ReadBooks, { visits, moved }: SettledPackets) {
  const keyOf = (one: { visitorId: string; packetId: string }) => `${one.visitorId}|${one.packetId}`;
  return new Map([...books.visits, ...visits, ...moved].map((step) => [keyOf(step), step]));
}

/**
 * Settles one batch of issues, accepts, visits and looks in one transaction: lock, read, decide (pure), write with one
 * statement. Answers carry the packet as it is after the whole batch. A throw changes nothing and leaves the batch to be
 * split by the sequencer.
 */
export function settlePacketCommands(db: Database, commands: readonly PacketCommand[]): Promise<PacketOutcome[]> {
  return db.hotTransaction(async (tx) => {
    const books = await lockAndReadBooks(tx, commands);
    const { now } = books;
    const settled = settlePackets(commands, books);
    await writePackets(tx, books, settled);
    const after = new Map<string, StoredPacket>(books.packets);
    for (const packet of settled.changed) {
      after.set(packet.id, { ...packet, moves: movesAfter(packet.id, packet.valueFen, books) });
    }
    const packetOf = (decision: PacketDecision) => {
      if (decision.kind !== 'done') return null;
      const packet = after.get(decision.packetId);
      assert(packet !== undefined, 'what was done is known');
      return packet;
    };
    const seen = settled.decisions.map(packetOf);
    const owned = seen.filter((packet, index) => packet?.ownerId === commands[index]?.shopperId);
    const coupons = await couponsOf(tx, owned as StoredPacket[], now);
    const codes = codesAfter(books, settled);
    const visits = visitsAfter(books, settled);
    return settled.decisions.map((decision, index): PacketOutcome => {
      const packet = seen[index];
      if (decision.kind !== 'done' || !packet) return decision as Exclude<typeof decision, { kind: 'done' }>;
      const { shopperId } = commands[index] as PacketCommand;
      const coupon: OwnCoupon | null = coupons.get(packet.id) ?? null;
      const ownCode = codes.get(personKey(shopperId, packet.campaignId)) ?? null;
      const ofHis = { visit: visits.get(`${shopperId}|${packet.id}`), ownCode, coupon };
      return {
        ...{ kind: 'done', now, packet: pictureOf(packet, now), own: ownOf(packet, shopperId, ofHis, now) },
        isReplay: decision.isReplay,
      };
    });
  });
}

/** The database counts a move of the coupon where a packet has grown. */
function movesAfter(packetId: string, valueFen: number, books: ReadBooks): number {
  const before = books.packets.get(packetId);
  if (!before) return 0;
  return before.moves + (valueFen === before.valueFen ? 0 : 1);
}
