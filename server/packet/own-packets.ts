import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { OwnPacket, PacketOwn, packetMine } from '../../lib/contracts/packet.ts';
import type { StepFacts } from '../../lib/domain/packet/books.ts';
import { isOver, packetStateAt } from '../../lib/domain/packet/packet.ts';
import type { Queryable } from '../platform/database.ts';
import { databaseNow, readOwnAt } from '../promo/coupon-rows.ts';
import {
  ownOf,
  PACKET_COLUMNS,
  PACKET_TABLES,
  pictureOf,
  readCampaigns,
  STEP_COLUMNS,
  type StoredPacket,
} from './packet-rows.ts';

const SHOWN_MAX = 50;

/** What lives first, then the newest. */
const OF_OWNER = `
  select ${PACKET_COLUMNS} from ${PACKET_TABLES} where m.owner_id = $1
  order by c.state not in ('usable', 'locked'), c.claimed_at desc, m.id limit ${SHOWN_MAX}`;

const OF_VISITOR = `
  select ${PACKET_COLUMNS}, row_to_json(v) as visit
  from (select ${STEP_COLUMNS} from packet_step s where s.visitor_id = $1
        order by s.visited_at desc limit ${SHOWN_MAX}) v
  join packet m on m.id = v."packetId" join coupon c on c.id = m.id
  order by v."visitedAt" desc`;

/** All that a shopper has to do with growing packets. */
export async function listMine(db: Queryable, shopperId: string): Promise<ValueOf<typeof packetMine>> {
  const now = await databaseNow(db);
  const owned = await db.query<StoredPacket>(OF_OWNER, [shopperId]);
  const visited = await db.query<StoredPacket & { visit: StepFacts }>(OF_VISITOR, [shopperId]);
  const campaigns = await readCampaigns(db, [...new Set([...owned, ...visited].map(({ campaignId }) => campaignId))]);
  const coupons = await readOwnAt(
    db,
    owned.map(({ id }) => id),
    now,
  );
  const nameOf = ({ campaignId }: StoredPacket) => campaigns.get(campaignId)?.campaign.name ?? { zh: '', en: '' };
  const packets = owned.flatMap((packet): OwnPacket[] => {
    const coupon = coupons.get(packet.id);
    return coupon
      ? [{ campaignId: packet.campaignId, name: nameOf(packet), packet: pictureOf(packet, now), coupon }]
      : [];
  });
  const rank = ({ packet }: OwnPacket) => (isOver(packet.state) ? 1 : 0);
  const helped = visited.map((packet) => {
    const { visit } = ownOf(packet, shopperId, { visit: packet.visit, ownCode: null, coupon: null }, now);
    const { code, ownerName } = packet;
    return {
      ...{ code, name: nameOf(packet), ownerName, packetState: packetStateAt(packet, now) },
      ...{ state: visit?.state ?? packet.visit.state, fen: packet.visit.fen, visitedAt: packet.visit.visitedAt },
      lapsedBecause: visit?.lapsedBecause ?? null,
    };
  });
  return { now, packets: packets.sort((a, b) => rank(a) - rank(b)), helped };
}

/** What a packet is to somebody who looks at it; of nobody, nothing. */
export async function readOwnOf(
  db: Queryable,
  packet: StoredPacket,
  shopperId: string,
  now: number,
): Promise<PacketOwn> {
  if (shopperId === '') return ownOf(packet, shopperId, { visit: undefined, ownCode: null, coupon: null }, now);
  const [visit] = await db.query<StepFacts>(
    `select ${STEP_COLUMNS} from packet_step s where s.packet_id = $1 and s.visitor_id = $2`,
    [packet.id, shopperId],
  );
  const [own] = await db.query<{ code: string }>('select code from packet where owner_id = $1 and campaign_id = $2', [
    shopperId,
    packet.campaignId,
  ]);
  const isOwner = packet.ownerId === shopperId;
  const coupons = await readOwnAt(db, isOwner ? [packet.id] : [], now);
  return ownOf(packet, shopperId, { visit, ownCode: own?.code ?? null, coupon: coupons.get(packet.id) ?? null }, now);
}
