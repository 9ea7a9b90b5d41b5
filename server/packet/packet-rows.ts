import type { PacketOwn, PacketPicture } from '../../lib/contracts/packet.ts';
import type { PacketBook, StepFacts } from '../../lib/domain/packet/books.ts';
import { isOver, packetStateAt, stepsLeft } from '../../lib/domain/packet/packet.ts';
import type { Queryable } from '../platform/database.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow } from '../promo/campaigns.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { CAMPAIGN_TABLES, campaignFacts, type KnownCampaign } from './campaign-rows.ts';

/** A packet as it is stored; `moves` are its coupon's. */
export type StoredPacket = PacketBook & { readonly moves: number };

/** Visits that a picture shows, the newest. */
export const STEPS_SHOWN = 60;

export const STEP_COLUMNS = `s.packet_id as "packetId", s.place, s.visitor_id as "visitorId", s.shown_name as name, s.state,
  s.fen, ${epochMs('s.visited_at')} as "visitedAt", ${epochMs('s.vested_at')} as "vestedAt",
  s.lapsed_because as "lapsedBecause"`;

/** Columns of `m`, a packet, and `c`, the coupon that it is, with its newest visits. */
export const PACKET_COLUMNS = `m.id, m.code, m.campaign_id as "campaignId", m.owner_id as "ownerId",
  m.shown_name as "ownerName", c.key, m.generation, m.parent_id as "parentId", m.came_by_id as "cameById", m.depth,
  m.version, c.moves, m.visits, m.vested, m.lapsed, c.state as "couponState",
  (c.growth ->> 'baseFen')::bigint as "baseFen", (c.growth ->> 'stepFen')::bigint as "stepFen",
  c.own_worst_fen as "capFen", (c.own_rule ->> 'cutFen')::bigint as "valueFen",
  ${epochMs('c.claimed_at')} as "issuedAt", ${epochMs('c.valid_until')} as "validUntil",
  ${epochMs('c.ended_at')} as "endedAt",
  (select coalesce(json_agg(row_to_json(x) order by x.place), '[]') from (
     select ${STEP_COLUMNS} from packet_step s where s.packet_id = m.id order by s.place desc limit ${STEPS_SHOWN}) x) as steps`;
export const PACKET_TABLES = 'packet m join coupon c on c.id = m.id';

const BY_CODE = `select ${PACKET_COLUMNS} from ${PACKET_TABLES} where m.code = any ($1::text[])`;
const CAMPAIGNS = `select ${CAMPAIGN_COLUMNS} from ${CAMPAIGN_TABLES} where t.id = any ($1::text[])`;

export async function readCampaigns(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownCampaign>> {
  const rows = await db.query<CampaignRow>(CAMPAIGNS, [ids]);
  return new Map(rows.map((row) => [row.id, campaignFacts(row)]));
}

/** Packets by code; codes that nobody has are left out. */
export const readPackets = (db: Queryable, codes: readonly string[]): Promise<StoredPacket[]> =>
  db.query<StoredPacket>(BY_CODE, [codes]);

/** A visit as it is at `now`: what a packet that is full or over leaves pending has lapsed, whether the worker knows or not. */
function stepSeen(step: StepFacts, packet: PacketBook, now: number): Pick<StepFacts, 'state' | 'lapsedBecause'> {
  const { state, lapsedBecause } = step;
  if (state !== 'pending') return { state, lapsedBecause };
  if (isOver(packetStateAt(packet, now))) return { state: 'lapsed', lapsedBecause: 'ended' };
  return packet.valueFen >= packet.capFen ? { state: 'lapsed', lapsedBecause: 'cap' } : { state, lapsedBecause };
}

/** The picture that everybody may see: no ids, and of names what their owners agreed to. */
export function pictureOf(packet: StoredPacket, now: number): PacketPicture {
  const { code, version, moves, generation, ownerName, baseFen, stepFen, capFen, valueFen, issuedAt } = packet;
  const { validUntil, endedAt, visits, vested, lapsed } = packet;
  const state = packetStateAt(packet, now);
  const isLive = !isOver(state) && valueFen < capFen;
  return {
    ...{ code, version: version + moves, state, generation, ownerName, baseFen, stepFen, capFen, valueFen },
    ...{ stepsLeft: stepsLeft(packet), issuedAt, expiresAt: validUntil },
    endedAt: isOver(state) ? (endedAt ?? validUntil) : null,
    pendingCount: isLive ? visits - vested - lapsed : 0,
    vestedCount: vested,
    steps: packet.steps.slice(-STEPS_SHOWN).map((step) => ({
      ...{ place: step.place, name: step.name, fen: step.fen, visitedAt: step.visitedAt, vestedAt: step.vestedAt },
      ...stepSeen(step, packet, now),
    })),
  };
}

/** What a packet is to somebody; `ofHis`: his own visit to it, and his own packet of the campaign. */
export function ownOf(
  packet: StoredPacket,
  shopperId: string,
  ofHis: { visit: StepFacts | undefined; ownCode: string | null; coupon: PacketOwn['coupon'] },
  now: number,
): PacketOwn {
  const { visit, ownCode, coupon } = ofHis;
  const isOwner = packet.ownerId === shopperId;
  return {
    isOwner,
    packetId: packet.id,
    coupon: isOwner ? coupon : null,
    visit: visit ? { place: visit.place, fen: visit.fen, ...stepSeen(visit, packet, now) } : null,
    ownCode,
  };
}
