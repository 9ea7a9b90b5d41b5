import type { CouponHold } from '../promo/coupon.ts';
import {
  type Making,
  type PacketBook,
  type PacketBooks,
  type PacketCampaignFacts,
  type PacketCommand,
  type PacketDecision,
  type PacketRefusal,
  personKey,
  type SettledPackets,
} from './books.ts';
import { openLedger } from './ledger.ts';
import { type GenerationTerms, isOver, packetUntilOf, termsFor } from './packet.ts';

type Asked<K extends PacketCommand['kind']> = Extract<PacketCommand, { kind: K }>;

/** Why no packet of this campaign is issued to anybody now; null when one can be. */
function closedBecause(facts: PacketCampaignFacts | undefined, now: number): PacketRefusal | null {
  if (!facts || facts.validFrom === null) return { code: 'unknown_packet_campaign' };
  if (facts.isStopped) return { code: 'packet_campaign_stopped' };
  if (now >= facts.campaign.endsAt) return { code: 'packet_campaign_over' };
  if (facts.isPaused) return { code: 'packet_campaign_paused' };
  const opensAt = Math.max(facts.campaign.startsAt, facts.validFrom);
  return now < opensAt ? { code: 'packet_campaign_not_open', opensAt } : null;
}

/** The moment since when a packet is over; by the clock, if the worker has not come by. */
const endOf = ({ endedAt, validUntil }: PacketBook) => endedAt ?? validUntil;

/**
 * Settles commands in the order of their arrival. Pure: the books are what was read under the locks; a later command of
 * the batch sees what an earlier one did. A key that has been answered is answered the same.
 */
export function settlePackets(commands: readonly PacketCommand[], books: PacketBooks): SettledPackets {
  const { now, campaigns } = books;
  const ledger = openLedger(books);
  const idByCode = new Map([...books.packets.values()].map(({ id, code }) => [code, id]));
  const own = new Map(books.own);
  const cameBy = new Map(books.cameBy);
  const issuedBy = new Map(books.issuedBy);
  const visitedBy = new Map(books.visitedBy);
  const holds = new Map<string, CouponHold>();
  const leftFen = new Map([...campaigns].map(([id, facts]) => [id, facts.leftFen]));

  const refused = (refusal: PacketRefusal): PacketDecision => ({ kind: 'refused', refusal });
  const done = (packetId: string, isReplay = false): PacketDecision => ({ kind: 'done', packetId, isReplay });
  const shared = (code: string) => ledger.packet(idByCode.get(code) ?? '');

  /** Issues a packet if the campaign and its budget allow; its cap is reserved. */
  function make(
    { shopperId, key, name, fresh, hold }: Making & { shopperId: string; key: string },
    facts: PacketCampaignFacts | undefined,
    termsOf: (facts: PacketCampaignFacts) => GenerationTerms | null,
    parentId: string | null,
  ): PacketDecision {
    const closed = closedBecause(facts, now);
    if (closed || !facts) return refused(closed ?? { code: 'unknown_packet_campaign' });
    const terms = termsOf(facts);
    const { campaign } = facts;
    if (!terms) return refused({ code: 'last_generation', generations: campaign.generations });
    const left = leftFen.get(campaign.id) ?? 0;
    if (left < terms.capFen) return refused({ code: 'packet_budget_gone' });
    leftFen.set(campaign.id, left - terms.capFen);
    const person = personKey(shopperId, campaign.id);
    const first = cameBy.get(person) ?? (parentId === null ? null : firstBy(parentId));
    const { generation, baseFen, stepFen, capFen } = terms;
    ledger.issue({
      ...{ id: fresh.packetId, code: fresh.code, campaignId: campaign.id, ownerId: shopperId, ownerName: name, key },
      ...{ generation, parentId, cameById: first?.packetId ?? null, depth: first ? first.depth + 1 : 0 },
      ...{ version: 0, visits: 0, vested: 0, lapsed: 0, couponState: 'usable' },
      ...{ baseFen, stepFen, capFen, valueFen: baseFen },
      ...{ issuedAt: now, validUntil: packetUntilOf(campaign, now), endedAt: null, steps: [] },
    });
    if (hold) holds.set(fresh.packetId, hold);
    idByCode.set(fresh.code, fresh.packetId);
    own.set(person, { packetId: fresh.packetId, code: fresh.code });
    issuedBy.set(`${shopperId}|${key}`, fresh.packetId);
    return done(fresh.packetId);
  }

  const firstBy = (packetId: string) => ({ packetId, depth: ledger.packetOf(packetId).depth });

  /** The answer to a key that has made something before; null: it is new. */
  function answered({ shopperId, key }: PacketCommand, isSame: (packet: PacketBook) => boolean): PacketDecision | null {
    const before = issuedBy.get(`${shopperId}|${key}`);
    if (before === undefined) return null;
    const packet = before === null ? undefined : ledger.packet(before);
    return packet && isSame(packet) ? done(packet.id, true) : { kind: 'key_reused' };
  }

  function issue(command: Asked<'issue'>): PacketDecision {
    const { shopperId, campaignId } = command;
    const before = answered(command, (packet) => packet.campaignId === campaignId && packet.parentId === null);
    if (before) return before;
    const has = own.get(personKey(shopperId, campaignId));
    if (has) return refused({ code: 'has_packet', packetCode: has.code });
    return make(command, campaigns.get(campaignId), ({ campaign }) => termsFor(campaign, 1), null);
  }

  function accept(command: Asked<'accept'>): PacketDecision {
    const { shopperId, code, name, key, mayVest = true } = command;
    const from = shared(code);
    const before = answered(command, (packet) => packet.parentId !== null && packet.parentId === from?.id);
    if (before) return before;
    if (!from) return refused({ code: 'unknown_packet' });
    if (from.ownerId === shopperId) return refused({ code: 'own_packet' });
    const has = own.get(personKey(shopperId, from.campaignId));
    if (has) return refused({ code: 'has_packet', packetCode: has.code });
    if (isOver(ledger.stateOf(from))) return refused({ code: 'packet_ended', endedAt: endOf(from) });
    const facts = campaigns.get(from.campaignId);
    const decision = make(command, facts, ({ campaign }) => termsFor(campaign, from.generation + 1), from.id);
    // Who is signed in has visited: what his visit comes to is no condition of his own packet.
    if (decision.kind !== 'done') return decision;
    const isNew = !ledger.visitOf(shopperId, from.id) && !ledger.hasHelped(shopperId, from.campaignId);
    if (isNew && from.valueFen < from.capFen) {
      ledger.addVisit(from.id, { shopperId, name, key, isRipe: true });
      visitedBy.set(`${shopperId}|${key}`, from.id);
    }
    if (mayVest) ledger.vest(shopperId);
    return decision;
  }

  function visit(command: Asked<'visit'>): PacketDecision {
    const { shopperId, code, name, key, isVerified, mayVest = true, stayedMs, touched } = command;
    const packet = shared(code);
    const before = visitedBy.get(`${shopperId}|${key}`);
    if (before !== undefined) return before === packet?.id ? done(before, true) : { kind: 'key_reused' };
    const facts = packet && campaigns.get(packet.campaignId);
    if (!packet || !facts) return refused({ code: 'unknown_packet' });
    if (packet.ownerId === shopperId) return refused({ code: 'own_packet' });
    const earlier = ledger.visitOf(shopperId, packet.id);
    if (earlier) return refused({ code: 'already_visited', state: earlier.state });
    const state = ledger.stateOf(packet);
    if (isOver(state)) return refused({ code: 'packet_ended', endedAt: endOf(packet) });
    if (packet.valueFen >= packet.capFen) return refused({ code: 'packet_full' });
    const { stayMs } = facts.campaign;
    if (!isVerified && !(touched && stayedMs >= stayMs)) return refused({ code: 'visit_too_short', stayMs });
    if (ledger.hasHelped(shopperId, packet.campaignId)) return refused({ code: 'helped_other' });
    ledger.addVisit(packet.id, { shopperId, name, key, isRipe: isVerified });
    visitedBy.set(`${shopperId}|${key}`, packet.id);
    const person = personKey(shopperId, packet.campaignId);
    if (!cameBy.has(person)) cameBy.set(person, firstBy(packet.id));
    if (isVerified && mayVest) ledger.vest(shopperId);
    return done(packet.id);
  }

  function look({ shopperId }: PacketCommand): PacketDecision {
    ledger.vest(shopperId);
    return { kind: 'looked' };
  }

  const decisions = commands.map((command): PacketDecision => {
    if (command.kind === 'issue') return issue(command);
    if (command.kind === 'accept') return accept(command);
    return command.kind === 'visit' ? visit(command) : look(command);
  });
  return { decisions, holds, ...ledger.result() };
}
