import {
  type PacketBook,
  type PacketBooks,
  type PacketCampaignFacts,
  type PacketCommand,
  personKey,
  type StepFacts,
} from '../../lib/domain/packet/books.ts';
import { settlePackets } from '../../lib/domain/packet/settle.ts';
import { BEGINS_AT, PACKET } from './campaign.ts';

const FACTS: PacketCampaignFacts = {
  campaign: PACKET,
  validFrom: PACKET.startsAt,
  isStopped: false,
  isPaused: false,
  leftFen: PACKET.budgetFen,
};
const CAMPAIGNS = new Map([[PACKET.id, FACTS]]);
const NOTHING = new Map<string, never>();
const NOBODY = new Set<string>();

/** The growing packets of one run, settled by the shop's own rules (`settlePackets`), one command at a time. */
export class Packets {
  private readonly packets = new Map<string, PacketBook>();
  /** Packet ids by owner. */
  private readonly own = new Map<number, string>();
  private readonly visits = new Map<number, StepFacts[]>();
  private readonly helped = new Set<number>();
  /** `false`: everybody counts as somebody who is new to the campaign, at once and for each packet. */
  private readonly needsNewPhone: boolean;
  private last = 0;

  constructor(needsNewPhone: boolean) {
    this.needsNewPhone = needsNewPhone;
  }

  has(owner: number): boolean {
    return this.own.has(owner);
  }

  private settle(at: number, person: number, command: PacketCommand, isVerified: boolean): boolean {
    const key = personKey(`${person}`, PACKET.id);
    const steps = this.visits.get(person) ?? [];
    const named = 'code' in command ? [this.packets.get(command.code)] : [];
    const pending = steps.filter(({ state }) => state === 'pending').map(({ packetId }) => this.packets.get(packetId));
    const packets = [...named, ...pending].filter((one) => one !== undefined);
    const owners = packets.map(({ ownerId }) => ownerId);
    const own = this.own.get(person);
    const books: PacketBooks = {
      now: BEGINS_AT + at,
      campaigns: CAMPAIGNS,
      packets: new Map(packets.map((packet) => [packet.id, packet])),
      own: own === undefined ? NOTHING : new Map([[key, { packetId: own, code: own }]]),
      helped: this.needsNewPhone && this.helped.has(person) ? new Set([key]) : NOBODY,
      visits: steps,
      cameBy: NOTHING,
      issuedBy: NOTHING,
      visitedBy: NOTHING,
      inGoodStanding: new Set(isVerified ? [...owners, `${person}`] : owners),
    };
    const { decisions, changed, visits, moved } = settlePackets([command], books);
    for (const packet of changed) this.packets.set(packet.id, { ...packet, steps: [] });
    for (const step of [...visits, ...moved]) this.keep(step);
    return decisions[0]?.kind === 'done';
  }

  private keep(step: StepFacts): void {
    const visitor = Number(step.visitorId);
    const others = (this.visits.get(visitor) ?? []).filter(({ packetId }) => packetId !== step.packetId);
    this.visits.set(visitor, [...others, step]);
    if (step.state === 'vested') this.helped.add(visitor);
  }

  /** Takes a packet of one's own, from somebody's or a first one. @returns its worth, fen; 0: none is to be had */
  take(owner: number, at: number, from: number | null): number {
    this.last += 1;
    const id = `p${this.last}`;
    const parent = from === null ? undefined : this.own.get(from);
    const making = { shopperId: `${owner}`, key: id, name: null, fresh: { packetId: id, code: id }, hold: null };
    const command: PacketCommand =
      parent === undefined
        ? { kind: 'issue', campaignId: PACKET.id, ...making }
        : { kind: 'accept', code: parent, ...making };
    if (!this.settle(at, owner, command, true)) return 0;
    this.own.set(owner, id);
    return this.worth(owner);
  }

  /** An effective visit. @returns whether it counts for the packet, now or once the visitor's phone is verified */
  visit(owner: number, visitor: number, at: number, stayedMs: number, isVerified: boolean): boolean {
    const code = this.own.get(owner);
    if (code === undefined) return false;
    const isKnown = isVerified || !this.needsNewPhone;
    const asked = { shopperId: `${visitor}`, key: `${code}|${visitor}`, code, name: null };
    const command = { kind: 'visit', ...asked, isVerified: isKnown, stayedMs, touched: true } as const;
    return this.settle(at, visitor, command, isKnown);
  }

  /** What an owner's packet takes off, fen; 0: he has none. */
  worth(owner: number): number {
    return this.packets.get(this.own.get(owner) ?? '')?.valueFen ?? 0;
  }
}
