import { assert } from '../assert.ts';
import { type NewStep, type PacketBook, type PacketBooks, personKey, type StepFacts } from './books.ts';
import { isOver, type LapseCause, nextStepFen, packetStateAt } from './packet.ts';

const stepKey = ({ packetId, place }: Pick<StepFacts, 'packetId' | 'place'>) => `${packetId}|${place}`;
const visitKey = (visitorId: string, packetId: string) => `${visitorId}|${packetId}`;

/**
 * The books of a batch while it is settled: each command sees what those before it did. All growth is in here: a visit
 * is written down, and a person's one step of a campaign vests in the first of the packets he has visited that can grow.
 */
export function openLedger(books: PacketBooks) {
  const { now } = books;
  const packets = new Map(books.packets);
  const helped = new Set(books.helped);
  const steps = new Map(books.visits.map((step) => [stepKey(step), step]));
  const byVisit = new Map(books.visits.map((step) => [visitKey(step.visitorId, step.packetId), stepKey(step)]));
  const made = new Map<string, Pick<NewStep, 'key' | 'isRipe'>>();
  const moved = new Set<string>();
  const changed = new Set<string>();

  const packetOf = (id: string): PacketBook => {
    const packet = packets.get(id);
    assert(packet !== undefined, 'a packet that is moved was read');
    return packet;
  };

  /** One version on for the whole batch: it becomes visible as one. */
  function write(packet: PacketBook): void {
    packets.set(packet.id, { ...packet, version: (books.packets.get(packet.id)?.version ?? 0) + 1 });
    changed.add(packet.id);
  }

  function writeStep(step: StepFacts): void {
    steps.set(stepKey(step), step);
    if (!made.has(stepKey(step))) moved.add(stepKey(step));
    const packet = packetOf(step.packetId);
    const isShown = packet.steps.some(({ place }) => place === step.place);
    const shown = isShown
      ? packet.steps.map((one) => (one.place === step.place ? step : one))
      : [...packet.steps, step];
    write({ ...packet, steps: shown.sort((a, b) => a.place - b.place) });
  }

  function lapse(step: StepFacts, lapsedBecause: LapseCause): void {
    writeStep({ ...step, state: 'lapsed', lapsedBecause });
    const packet = packetOf(step.packetId);
    write({ ...packet, lapsed: packet.lapsed + 1 });
  }

  function grow(step: StepFacts): void {
    const fen = nextStepFen(packetOf(step.packetId));
    writeStep({ ...step, state: 'vested', fen, vestedAt: now });
    const packet = packetOf(step.packetId);
    write({ ...packet, vested: packet.vested + 1, valueFen: packet.valueFen + fen });
  }

  /** Why this visit can never become value; null: it may still. */
  function lostBecause(step: StepFacts): LapseCause | null {
    const packet = packetOf(step.packetId);
    const state = packetStateAt(packet, now);
    if (isOver(state)) return 'ended';
    // A locked packet that is at its cap is so for good, too.
    if (packet.valueFen >= packet.capFen) return 'cap';
    return packet.ownerId === step.visitorId || helped.has(personKey(step.visitorId, packet.campaignId))
      ? 'other'
      : null;
  }

  const standsWell = (personId: string) => books.inGoodStanding.has(personId);

  return {
    packetOf,
    packet: (id: string) => packets.get(id),
    stateOf: (packet: PacketBook) => packetStateAt(packet, now),
    hasHelped: (shopperId: string, campaignId: string) => helped.has(personKey(shopperId, campaignId)),
    visitOf: (shopperId: string, packetId: string): StepFacts | undefined =>
      steps.get(byVisit.get(visitKey(shopperId, packetId)) ?? ''),
    issue: write,

    /** Writes a visit down, as pending. */
    addVisit(packetId: string, by: { shopperId: string; name: string | null; key: string; isRipe: boolean }): void {
      const packet = packetOf(packetId);
      const place = packet.visits + 1;
      const step: StepFacts = {
        ...{ packetId, place, visitorId: by.shopperId, name: by.name, state: 'pending', fen: 0 },
        ...{ visitedAt: now, vestedAt: null, lapsedBecause: null },
      };
      made.set(stepKey(step), { key: by.key, isRipe: by.isRipe });
      byVisit.set(visitKey(by.shopperId, packetId), stepKey(step));
      write({ ...packet, visits: place });
      writeStep(step);
    },

    /**
     * Settles what is pending of a verified person in all campaigns: his one step of each vests in the first packet that
     * he has visited and that can grow; what can become nothing any more lapses; a locked packet's waits.
     */
    vest(personId: string): void {
      const pending = () =>
        [...steps.values()]
          .filter(({ visitorId, state }) => visitorId === personId && state === 'pending')
          .sort((a, b) => a.visitedAt - b.visitedAt || (a.packetId < b.packetId ? -1 : 1));
      for (const step of pending()) {
        const packet = packetOf(step.packetId);
        const isFree = lostBecause(step) === null && packetStateAt(packet, now) === 'growing';
        if (!isFree || !standsWell(packet.ownerId) || !standsWell(personId)) continue;
        grow(step);
        helped.add(personKey(personId, packet.campaignId));
      }
      for (const step of pending()) {
        const cause = lostBecause(step);
        if (cause) lapse(step, cause);
      }
    },

    /** What is to be written. */
    result() {
      const stepOf = (key: string) => steps.get(key) as StepFacts;
      return {
        changed: [...changed].map(packetOf),
        visits: [...made].map(([key, more]): NewStep => ({ ...stepOf(key), ...more })),
        moved: [...moved].map(stepOf),
      };
    },
  };
}

export type Ledger = ReturnType<typeof openLedger>;
