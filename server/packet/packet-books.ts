import { type PacketBooks, type PacketCommand, personKey, type StepFacts } from '../../lib/domain/packet/books.ts';
import type { Queryable } from '../platform/database.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow } from '../promo/campaigns.ts';
import { epochMs } from '../promo/coupon-rows.ts';
import { CAMPAIGN_TABLES, campaignFacts, type KnownCampaign } from './campaign-rows.ts';
import { PACKET_COLUMNS, PACKET_TABLES, STEP_COLUMNS, type StoredPacket } from './packet-rows.ts';

/*
 * Lock order of this room: templates (by key share only, against a withdrawal), accounts, coupons by id, as the promo
 * room and orders have it; then the rows that hang on a packet. Who holds the row of the coupon that a packet is, is
 * alone with the packet and its visits, and with whether an order may take it.
 */

/** Parameters of a batch: codes that are named, campaigns that are, and people whose pending visits may vest. */
const NAMED = `array(select id from packet where code = any ($1::text[]))
  || array(select packet_id from packet_step where visitor_id = any ($2::text[]) and state = 'pending' and is_ripe)`;
const CAMPAIGN_IDS = `array(select campaign_id from packet where id = any (${NAMED})) || $3::text[]`;

const LOCK_TEMPLATES = `
  select id from coupon_template where id = any (${CAMPAIGN_IDS}) order by id for key share`;

/** Only packets that are issued take money out of the account. */
const LOCK_ACCOUNTS = `
  select template_id from coupon_account
  where template_id = any (array(select campaign_id from packet where code = any ($1::text[])) || $2::text[])
  order by template_id for no key update`;

const LOCK_PACKETS = `select id from coupon where id = any (${NAMED}) order by id for no key update`;

const READ_CAMPAIGNS = `
  select ${CAMPAIGN_COLUMNS}, ${epochMs('clock_timestamp()')} as now
  from ${CAMPAIGN_TABLES} where t.id = any (${CAMPAIGN_IDS})`;

const READ_NOW = `select ${epochMs('clock_timestamp()')} as now`;

const READ_PACKETS = `
  select ${PACKET_COLUMNS} from ${PACKET_TABLES} where m.id = any (${NAMED})`;

/** All visits of these people, with what they came by: one has few. */
const READ_VISITS = `
  select ${STEP_COLUMNS}, s.campaign_id as "campaignId", s.key, s.depth
  from unnest($1::text[]) p (visitor_id)
  cross join lateral (
    select x.*, m.depth from packet_step x join packet m on m.id = x.packet_id
    where x.visitor_id = p.visitor_id order by x.visited_at limit 1000) s`;

/** Their own packets, and the coupons that their keys have made. */
const READ_OWN = `
  select o.owner_id as "ownerId", o.campaign_id as "campaignId", o.id, o.code
  from unnest($1::text[]) p (owner_id) cross join lateral (
    select owner_id, campaign_id, id, code from packet where owner_id = p.owner_id limit 1000) o`;
const READ_KEYS = `
  select k.shopper_id as "shopperId", k.key, c.id from unnest($1::text[], $2::uuid[]) k (shopper_id, key)
  cross join lateral (select id from coupon where shopper_id = k.shopper_id and key = k.key limit 1) c`;
const READ_MADE = `
  select ${PACKET_COLUMNS} from unnest($1::text[], $2::uuid[]) k (shopper_id, key)
  cross join lateral (
    select * from coupon where shopper_id = k.shopper_id and key = k.key and growth is not null limit 1) c
  join packet m on m.id = c.id`;

/** Of the batch's people and the owners of its packets, those who may gain; a person who is gone is not among them. */
const READ_STANDING = `
  select id from person
  where id = any ($2::text[] || array(select owner_id from packet where id = any (${NAMED})))
    and banned is not true and phone_number_verified and is_anonymous is not true`;

type VisitRow = StepFacts & { campaignId: string; key: string; depth: number };
type OwnRow = { ownerId: string; campaignId: string; id: string; code: string };

export type ReadBooks = Omit<PacketBooks, 'campaigns' | 'packets'> & {
  readonly campaigns: ReadonlyMap<string, KnownCampaign>;
  readonly packets: ReadonlyMap<string, StoredPacket>;
};

const isVerified = (command: PacketCommand) => command.kind !== 'visit' || command.isVerified;

/** Locks what the commands contest, then reads all that settling looks at. */
export async function lockAndReadBooks(tx: Queryable, commands: readonly PacketCommand[]): Promise<ReadBooks> {
  const codes = commands.flatMap((one) => ('code' in one ? [one.code] : []));
  const accepted = commands.flatMap((one) => (one.kind === 'accept' ? [one.code] : []));
  const issued = commands.flatMap((one) => (one.kind === 'issue' ? [one.campaignId] : []));
  const people = commands.map(({ shopperId }) => shopperId);
  const verified = commands.filter(isVerified).map(({ shopperId }) => shopperId);
  const makers = commands.filter(({ kind }) => kind === 'issue' || kind === 'accept');
  const keys = [makers.map(({ shopperId }) => shopperId), makers.map(({ key }) => key)] as const;
  const named = [codes, verified] as const;
  const isMaking = makers.length > 0;
  // Sent in one go and answered in this order: every statement after the locks begins when they are held.
  const [, , locked, [clock], campaignRows, packetRows, visitRows, ownRows, keyRows, madeRows, standing] =
    await Promise.all([
      tx.query(LOCK_TEMPLATES, [...named, issued]),
      isMaking && tx.query(LOCK_ACCOUNTS, [accepted, issued]),
      tx.query<{ id: string }>(LOCK_PACKETS, named),
      tx.query<{ now: number }>(READ_NOW),
      tx.query<CampaignRow>(READ_CAMPAIGNS, [...named, issued]),
      tx.query<StoredPacket>(READ_PACKETS, named),
      tx.query<VisitRow>(READ_VISITS, [people]),
      isMaking ? tx.query<OwnRow>(READ_OWN, [keys[0]]) : [],
      isMaking ? tx.query<{ shopperId: string; key: string; id: string }>(READ_KEYS, keys) : [],
      isMaking ? tx.query<StoredPacket>(READ_MADE, keys) : [],
      verified.length > 0 ? tx.query<{ id: string }>(READ_STANDING, named) : [],
    ]);
  const packets = new Map([...packetRows, ...madeRows].map((packet) => [packet.id, packet]));
  const held = new Set(locked.map(({ id }) => id));
  const cameBy = new Map<string, { packetId: string; depth: number }>();
  for (const { visitorId, campaignId, packetId, depth } of visitRows) {
    const person = personKey(visitorId, campaignId);
    if (!cameBy.has(person)) cameBy.set(person, { packetId, depth });
  }
  return {
    now: clock?.now ?? 0,
    campaigns: new Map(campaignRows.map((row) => [row.id, campaignFacts(row)])),
    packets,
    own: new Map(
      ownRows.map(({ ownerId, campaignId, id, code }) => [personKey(ownerId, campaignId), { packetId: id, code }]),
    ),
    helped: new Set(
      visitRows.filter(({ state }) => state === 'vested').map((one) => personKey(one.visitorId, one.campaignId)),
    ),
    // A visit that came in between, to a packet that is not locked, is looked at by the worker.
    visits: visitRows.filter(({ packetId }) => held.has(packetId)),
    cameBy,
    issuedBy: new Map(keyRows.map(({ shopperId, key, id }) => [`${shopperId}|${key}`, packets.has(id) ? id : null])),
    visitedBy: new Map(visitRows.map(({ visitorId, key, packetId }) => [`${visitorId}|${key}`, packetId])),
    inGoodStanding: new Set(standing.map(({ id }) => id)),
  };
}
