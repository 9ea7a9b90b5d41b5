import { randomUUID } from 'node:crypto';
import type { PacketSettings } from '../../lib/domain/packet/packet.ts';
import { publishPacketCampaign } from '../../server/packet/campaign-rows.ts';
import { claimVisits } from '../../server/packet/claim-visits.ts';
import type { PacketService } from '../../server/packet/service.ts';
import { lapseDone, remindOfPackets, vestRipe } from '../../server/packet/sweep-packets.ts';
import type { Database } from '../../server/platform/database.ts';
import { sweepCoupons } from './coupons.ts';
import { violations } from './invariants.ts';

const HOUR = 3_600_000;

/** ¥5 that grow by 50 fen a visit to ¥10, over three generations; in force since an hour ago, for ten days; money for 100. */
export function packetSettings(more: Partial<PacketSettings> = {}): PacketSettings {
  const now = Date.now();
  return {
    name: { zh: '会长大的红包', en: 'Growing packet' },
    baseFen: 500,
    guestPermille: 500,
    stepPermille: 100,
    capPermille: 2_000,
    generations: 3,
    lifeHours: 72,
    scope: { kind: 'all' },
    budgetFen: 100_000,
    startsAt: now - HOUR,
    endsAt: now + 240 * HOUR,
    ...more,
  };
}

/** A campaign that is published and in force. */
export async function putPacketCampaign(db: Database, more: Partial<PacketSettings> = {}): Promise<string> {
  const id = randomUUID();
  const settings = packetSettings(more);
  await db.transaction(async (tx) => {
    await tx.query(`insert into packet_campaign (id, settings, made_by) values ($1, $2, 'test')`, [
      id,
      JSON.stringify(settings),
    ]);
    await publishPacketCampaign(tx, { id, by: 'test', at: Date.now(), validFrom: settings.startsAt });
  });
  return id;
}

let phones = 13_000_000_000;

/** People with verified phones; only such make a packet grow. Their ids are as given. */
export async function putPeople(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  const from = phones;
  phones += ids.length;
  await db.query(
    `insert into person (id, display_name, email, phone_number, phone_number_verified)
     select id, '', id || '@phone.invalid', $2::bigint + n, true from unnest($1::text[]) with ordinality x (id, n)
     on conflict (id) do nothing`,
    [ids, from],
  );
  return ids;
}

/** The commands of a nameless shopper, with a key of their own; at `usual()` where no process is named. */
export function packetAsksOf(usual: () => PacketService) {
  const whole = { name: null, hold: null };
  return {
    issue: (campaignId: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.issue({ ...whole, shopperId, key, campaignId }),
    accept: (code: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.accept({ ...whole, shopperId, key, code }),
    /** Of somebody whose phone is verified. */
    visit: (code: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.visit({ name: null, shopperId, key, code, stayedMs: 0, touched: false, isVerified: true }),
    /** Of somebody without a login, who stayed and touched the page. */
    look: (code: string, shopperId: string, key: string = randomUUID(), at = usual()) =>
      at.visit({ name: null, shopperId, key, code, stayedMs: 6_000, touched: true, isVerified: false }),
  };
}

type Asks = ReturnType<typeof packetAsksOf>;

/** A packet that somebody has started on his own. */
export async function issueTo({ issue }: Asks, campaignId: string, shopperId: string) {
  const answer = await issue(campaignId, shopperId);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return { id: answer.value.own.packetId, code: answer.value.packet.code };
}

export async function packetRow(db: Database, id: string) {
  const [row] = await db.query<{
    state: string;
    value: number;
    cap: number;
    reserved: number;
    spent: number;
    visits: number;
    vested: number;
    lapsed: number;
    version: number;
  }>(
    `select c.state, (c.own_rule ->> 'cutFen')::bigint as value, c.own_worst_fen as cap, c.reserved_fen as reserved,
       c.spent_fen as spent, m.visits, m.vested, m.lapsed, m.version + c.moves as version
     from packet m join coupon c on c.id = m.id where m.id = $1`,
    [id],
  );
  return row;
}

/** Visits in their order. */
export async function stepsOf(db: Database, id: string) {
  return db.query<{ visitor: string; state: string; fen: number; because: string | null }>(
    `select visitor_id as visitor, state, fen, lapsed_because as because from packet_step where packet_id = $1 order by place`,
    [id],
  );
}

/** So many hours pass for a packet; its time is over after 72. Whoever looks at it waits meanwhile. */
export function passTime(db: Database, id: string, hours: number): Promise<void> {
  return db.transaction(async (tx) => {
    const [coupon, step] = [
      ['claimed_at', 'valid_from', 'valid_until'],
      ['visited_at', 'vested_at'],
    ].map((columns) => columns.map((column) => `${column} = ${column} - $2 * interval '1 hour'`).join(', '));
    await tx.query(`update coupon set ${coupon} where id = $1`, [id, hours]);
    await tx.query(`update packet_step set ${step} where packet_id = $1`, [id, hours]);
  });
}

/** Lets the worker catch up. */
export async function sweepPackets(db: Database, packets: PacketService): Promise<void> {
  await sweepCoupons(db);
  while (await vestRipe(db, packets.vest));
  while (await lapseDone(db));
  while (await remindOfPackets(db));
}

const OF_PACKETS = /^INV-(3[137]|41) /;

/** What the checker finds, now and, of packets and coupons, once the worker has caught up. */
export async function violationsAfterPackets(db: Database, packets: PacketService): Promise<string[]> {
  const now = await violations(db);
  await sweepPackets(db, packets);
  const settled = await violations(db, { quiet: true });
  return [...now, ...settled.filter((text) => OF_PACKETS.test(text))];
}

/** An anonymous shopper turns out to be this person, by his phone. */
export async function turnsOutToBe(
  { db, packets }: { db: Database; packets: PacketService },
  anonymousId: string,
  personId: string,
): Promise<void> {
  await db.transaction((tx) => claimVisits(tx, anonymousId, personId));
  await packets.vest(personId).catch(() => {});
}
