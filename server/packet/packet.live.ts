import { type PacketPicture, packetChanged } from '../../lib/contracts/packet.ts';
import type { Database } from '../platform/database.ts';
import { type PictureFeed, startPictureFeed } from '../platform/live/picture-feed.ts';
import type { Rooms } from '../platform/live/rooms.ts';
import { packetRoom } from '../platform/live/up.ts';
import type { Log } from '../platform/log.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { pictureOf, readPackets } from './packet-rows.ts';

const PREFIX = packetRoom('');

/** Sends a packet's whole picture to everybody who looks at it, also when an order or time has moved its coupon. */
export function startPacketFeed({ db, rooms, log }: { db: Database; rooms: Rooms; log: Log }): PictureFeed {
  return startPictureFeed<PacketPicture>({
    ...{ rooms, log, name: 'packet', event: packetChanged.event },
    roomOf: packetRoom,
    codeOf: (room) => (room.startsWith(PREFIX) ? room.slice(PREFIX.length) : null),
    async read(codes) {
      const packets = await readPackets(db, codes);
      const now = await databaseNow(db);
      return packets.map((packet) => pictureOf(packet, now));
    },
    versions: (codes) =>
      db.query(
        `select m.code, m.version + c.moves as version from packet m join coupon c on c.id = m.id
         where m.code = any ($1::text[])`,
        [codes],
      ),
  });
}
