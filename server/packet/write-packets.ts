import { assert } from '../../lib/domain/assert.ts';
import type { NewStep, PacketBook, SettledPackets, StepFacts } from '../../lib/domain/packet/books.ts';
import type { CouponHold } from '../../lib/domain/promo/coupon.ts';
import { type Columns, columnsOf, type RowOf, unnest } from '../platform/columns.ts';
import type { Queryable } from '../platform/database.ts';
import type { ReadBooks } from './packet-books.ts';

/** A packet as it is after the batch; `had_version` 0: it is new. */
const PACKET = {
  id: 'text',
  had_version: 'integer',
  version: 'integer',
  visits: 'integer',
  vested: 'integer',
  lapsed: 'integer',
  had_fen: 'bigint',
  value_fen: 'bigint',
} as const satisfies Columns;

/** What only a new packet has to say. */
const NEW_PACKET = {
  id: 'text',
  code: 'text',
  campaign_id: 'text',
  owner_id: 'text',
  key: 'uuid',
  shown_name: 'text',
  generation: 'integer',
  parent_id: 'text',
  came_by_id: 'text',
  depth: 'integer',
  base_fen: 'bigint',
  cap_fen: 'bigint',
  growth: 'jsonb',
  at: 'bigint',
  valid_until: 'bigint',
  hold_id: 'text',
  held_until: 'bigint',
} as const satisfies Columns;

const NEW_STEP = {
  packet_id: 'text',
  place: 'integer',
  campaign_id: 'text',
  visitor_id: 'text',
  key: 'uuid',
  shown_name: 'text',
  state: 'text',
  is_ripe: 'integer',
  fen: 'bigint',
  visited_at: 'bigint',
  vested_at: 'bigint',
  lapsed_because: 'text',
} as const satisfies Columns;

/** A stored visit that is pending no longer. */
const MOVED_STEP = {
  packet_id: 'text',
  place: 'integer',
  state: 'text',
  fen: 'bigint',
  vested_at: 'bigint',
  lapsed_because: 'text',
} as const satisfies Columns;

const moment = (column: string) => `to_timestamp(${column} / 1000.0)`;
const firstOf = (...before: Columns[]) => before.reduce((sum, one) => sum + Object.keys(one).length, 1);

/**
 * Everything that a batch changed, in one statement. Each stored packet is guarded by the version that was read, its
 * growth by what it was worth and by being free and in time, each visit by being pending; the row counts are compared
 * with what was settled.
 */
const WRITE = `
  with p as materialized (
    select * from ${unnest('p', PACKET, 1)}
  ), n as materialized (
    select * from ${unnest('n', NEW_PACKET, firstOf(PACKET))}
  ), s as materialized (
    select * from ${unnest('s', NEW_STEP, firstOf(PACKET, NEW_PACKET))}
  ), x as materialized (
    select * from ${unnest('x', MOVED_STEP, firstOf(PACKET, NEW_PACKET, NEW_STEP))}
  ), new_coupons as (
    insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen,
      own_rule, own_worst_fen, growth, hold_id, held_until)
    select id, campaign_id, owner_id, key, 1, ${moment('at')}, ${moment('at')}, ${moment('valid_until')}, cap_fen,
      jsonb_build_object('kind', 'red_packet', 'cutFen', base_fen), cap_fen, growth, hold_id,
      ${moment('held_until')}
    from n returning id
  ), new_packets as (
    insert into packet (id, code, campaign_id, owner_id, shown_name, generation, parent_id, came_by_id, depth, version,
      visits, vested, lapsed)
    select n.id, n.code, n.campaign_id, n.owner_id, n.shown_name, n.generation, n.parent_id, n.came_by_id, n.depth,
      p.version, p.visits, p.vested, p.lapsed
    from n join p on p.id = n.id returning id
  ), moved_packets as (
    update packet m set version = p.version, visits = p.visits, vested = p.vested, lapsed = p.lapsed
    from p where p.had_version > 0 and m.id = p.id and m.version = p.had_version returning m.id
  ), grown as (
    update coupon c set own_rule = jsonb_set(c.own_rule, '{cutFen}', to_jsonb(p.value_fen))
    from p where p.had_version > 0 and p.value_fen > p.had_fen and c.id = p.id and c.state = 'usable'
      and c.valid_until > now() and (c.own_rule ->> 'cutFen')::bigint = p.had_fen returning c.id
  ), new_steps as (
    insert into packet_step (packet_id, place, campaign_id, visitor_id, key, shown_name, state, is_ripe, fen, visited_at,
      vested_at, lapsed_because)
    select packet_id, place, campaign_id, visitor_id, key, shown_name, state, is_ripe = 1 or state = 'vested', fen, ${moment('visited_at')},
      ${moment('vested_at')}, lapsed_because
    from s returning place
  ), moved_steps as (
    update packet_step t set state = x.state, is_ripe = t.is_ripe or x.state = 'vested', fen = x.fen, vested_at = ${moment('x.vested_at')},
      lapsed_because = x.lapsed_because
    from x where t.packet_id = x.packet_id and t.place = x.place and t.state = 'pending' returning t.place
  ), sums as (
    select campaign_id, count(*)::integer as n, sum(cap_fen)::bigint as fen from n group by campaign_id
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
    select campaign_id, 'left', 'reserved', fen, 'packet_issue', n from sums
  ), accounts as (
    update coupon_account a set left_fen = a.left_fen - q.fen, reserved_fen = a.reserved_fen + q.fen
    from sums q where a.template_id = q.campaign_id
  )
  select (select count(*) from new_packets) + (select count(*) from moved_packets) as packets,
         (select count(*) from new_coupons) as coupons, (select count(*) from grown) as grown,
         (select count(*) from new_steps) + (select count(*) from moved_steps) as steps`;

function packetRow(packet: PacketBook, books: ReadBooks): RowOf<typeof PACKET> {
  const before = books.packets.get(packet.id);
  const { id, version, visits, vested, lapsed, valueFen } = packet;
  return {
    ...{ id, had_version: before?.version ?? 0, version, visits, vested, lapsed },
    ...{ had_fen: before?.valueFen ?? valueFen, value_fen: valueFen },
  };
}

function newPacketRow(packet: PacketBook, hold: CouponHold | undefined): RowOf<typeof NEW_PACKET> {
  const { id, code, campaignId, ownerId, key, ownerName, generation, parentId, cameById, depth } = packet;
  const { baseFen, stepFen, capFen, issuedAt, validUntil } = packet;
  return {
    ...{ id, code, campaign_id: campaignId, owner_id: ownerId, key, shown_name: ownerName, generation },
    ...{ parent_id: parentId, came_by_id: cameById, depth, base_fen: baseFen, cap_fen: capFen },
    growth: { packetCode: code, baseFen, stepFen, capFen },
    ...{ at: issuedAt, valid_until: validUntil, hold_id: hold?.id, held_until: hold?.until },
  };
}

const movedRow = ({ packetId, place, state, fen, vestedAt, lapsedBecause }: StepFacts): RowOf<typeof MOVED_STEP> => ({
  ...{ packet_id: packetId, place, state, fen, vested_at: vestedAt, lapsed_because: lapsedBecause },
});

const newStepRow = (step: NewStep, campaignId: string): RowOf<typeof NEW_STEP> => ({
  ...movedRow(step),
  ...{ campaign_id: campaignId, visitor_id: step.visitorId, key: step.key, shown_name: step.name },
  ...{ is_ripe: step.isRipe ? 1 : 0, visited_at: step.visitedAt },
});

/** Writes what was settled, and tells every process which packets have changed. */
export async function writePackets(tx: Queryable, books: ReadBooks, settled: SettledPackets): Promise<void> {
  const { changed, visits, moved, holds } = settled;
  if (changed.length === 0) return;
  const packets = changed.map((packet) => packetRow(packet, books));
  const issued = changed.filter(({ id }) => !books.packets.has(id));
  const campaignOf = new Map(changed.map(({ id, campaignId }) => [id, campaignId]));
  // In one order of people: two processes wait for each other's people in a line, not in a circle.
  const inOrder = <T>(rows: readonly T[], personOf: (row: T) => string) =>
    [...rows].sort((a, b) => (personOf(a) < personOf(b) ? -1 : 1));
  const params = [
    ...columnsOf(PACKET, packets),
    ...columnsOf(
      NEW_PACKET,
      inOrder(issued, ({ ownerId }) => ownerId).map((one) => newPacketRow(one, holds.get(one.id))),
    ),
    ...columnsOf(
      NEW_STEP,
      inOrder(visits, ({ visitorId }) => visitorId).map((step) =>
        newStepRow(step, campaignOf.get(step.packetId) ?? ''),
      ),
    ),
    ...columnsOf(MOVED_STEP, moved.map(movedRow)),
  ];
  const grown = packets.filter(({ had_fen, value_fen, had_version }) => had_version !== 0 && value_fen !== had_fen);
  const [[written]] = await Promise.all([
    tx.query<{ packets: number; coupons: number; grown: number; steps: number }>(WRITE, params),
    tx.query(`select pg_notify('packet', $1)`, [changed.map(({ code }) => code).join(',')]),
  ]);
  assert(
    written?.packets === packets.length &&
      written.coupons === issued.length &&
      written.grown === grown.length &&
      written.steps === visits.length + moved.length,
    'what was settled under the locks was written',
  );
}
