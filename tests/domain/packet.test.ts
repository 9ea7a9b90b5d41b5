import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PacketBook,
  type PacketBooks,
  type PacketCommand,
  personKey,
  type SettledPackets,
  type StepFacts,
} from '../../lib/domain/packet/books.ts';
import {
  packetCampaignHash,
  packetCampaignOf,
  packetCampaignText,
  packetSettingsFault,
  termsOfGeneration,
} from '../../lib/domain/packet/campaign.ts';
import {
  nextStepFen,
  PACKET_MOVES,
  type PacketSettings,
  packetStateAt,
  stepsLeft,
} from '../../lib/domain/packet/packet.ts';
import { settlePackets } from '../../lib/domain/packet/settle.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';

const NOW = Date.UTC(2026, 10, 1, 2);
const SETTINGS: PacketSettings = {
  name: { zh: '会长大的红包', en: 'Growing packet' },
  baseFen: 500,
  guestPermille: 500,
  stepPermille: 300,
  capPermille: 2_000,
  generations: 3,
  lifeHours: 72,
  scope: { kind: 'all' },
  budgetFen: 4_200,
  startsAt: NOW - HOUR_MS,
  endsAt: NOW + 100 * HOUR_MS,
};
const settings = fc.record({
  baseFen: fc.integer({ min: 1, max: 20_000_000 }),
  guestPermille: fc.integer({ min: 1, max: 1_000 }),
  stepPermille: fc.integer({ min: 1, max: 1_000 }),
  capPermille: fc.integer({ min: 1_001, max: 5_000 }),
  generations: fc.integer({ min: 1, max: 3 }),
});

describe('A campaign', () => {
  test('[GROW1] of whatever numbers: each generation’s steps lead from its base exactly to its cap, five times the base at most', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 3 }), (given, generation) => {
        const whole = { ...SETTINGS, ...given, budgetFen: 10 ** 12 };
        fc.pre(packetSettingsFault(whole, NOW) === null && generation <= given.generations);
        const terms = termsOfGeneration(whole, generation);
        const packet = { valueFen: terms.baseFen, stepFen: terms.stepFen, capFen: terms.capFen };
        expect(stepsLeft(packet)).toBe(terms.steps);
        for (let step = 0; step < terms.steps && step < 200; step += 1) packet.valueFen += nextStepFen(packet);
        if (terms.steps <= 200) expect([packet.valueFen, nextStepFen(packet)]).toEqual([terms.capFen, 0]);
        expect(terms.capFen).toBeLessThanOrEqual(5 * terms.baseFen);
        expect(packetCampaignOf('c', whole).terms[generation - 1]).toEqual(terms);
      }),
    );
  });

  test.each([
    ['half a fen', { baseFen: 500.5 }, 'not_a_number'],
    ['a fourth generation', { generations: 4 }, 'not_a_number'],
    ['six times the base', { capPermille: 6_000 }, 'not_a_number'],
    ['nothing to grow to', { capPermille: 1_000 }, 'not_a_number'],
    ['a guest’s step of less than a fen', { baseFen: 15, stepPermille: 100 }, 'too_small_to_grow'],
    ['an end before its beginning', { endsAt: NOW - 2 * HOUR_MS }, 'times_wrong'],
    ['a budget below one cap', { budgetFen: 999 }, 'budget_too_small'],
  ] as const)('with %s is none', (_what, more, fault) => {
    expect(packetSettingsFault({ ...SETTINGS, ...more }, NOW)).toBe(fault);
  });

  test('is frozen to one text, whatever the order of its names, and hashed by SHA-256', () => {
    const campaign = packetCampaignOf('c', SETTINGS);
    const turned = packetCampaignOf('c', Object.fromEntries(Object.entries(SETTINGS).reverse()) as PacketSettings);
    expect(packetCampaignText(turned)).toBe(packetCampaignText(campaign));
    const digest = createHash('sha256').update(packetCampaignText(campaign)).digest('hex');
    expect(packetCampaignHash(campaign)).toBe(digest);
    expect(JSON.parse(packetCampaignText(campaign))).toEqual(campaign);
  });
});

const OWNERS = ['ann', 'bob', 'cid'];
const PEOPLE = [...OWNERS, 'dan', 'eva', 'fay', 'gus', 'hal', 'banned'];
const campaign = packetCampaignOf('c', SETTINGS);

const emptyBooks = (more: Partial<PacketBooks> = {}): PacketBooks => ({
  now: NOW,
  campaigns: new Map([
    ['c', { campaign, validFrom: SETTINGS.startsAt, isStopped: false, isPaused: false, leftFen: SETTINGS.budgetFen }],
  ]),
  ...{ packets: new Map(), own: new Map(), helped: new Set(), visits: [], cameBy: new Map() },
  ...{ issuedBy: new Map(), visitedBy: new Map() },
  inGoodStanding: new Set(PEOPLE.filter((one) => one !== 'banned')),
  ...more,
});

/** The books as the database would say them after a batch. */
function booksAfter(books: PacketBooks, commands: readonly PacketCommand[], settled: SettledPackets): PacketBooks {
  const packets = new Map(books.packets);
  const own = new Map(books.own);
  const issuedBy = new Map(books.issuedBy);
  let left = books.campaigns.get('c')?.leftFen ?? 0;
  for (const packet of settled.changed) {
    if (!packets.has(packet.id)) {
      left -= packet.capFen;
      own.set(personKey(packet.ownerId, 'c'), { packetId: packet.id, code: packet.code });
      issuedBy.set(`${packet.ownerId}|${packet.key}`, packet.id);
    }
    packets.set(packet.id, packet);
  }
  const steps = new Map(books.visits.map((step) => [`${step.packetId}|${step.place}`, step]));
  const added = settled.visits.map(({ key: _key, isRipe: _ripe, ...step }): StepFacts => step);
  for (const step of [...added, ...settled.moved]) steps.set(`${step.packetId}|${step.place}`, step);
  const visits = [...steps.values()];
  const visitedBy = new Map(books.visitedBy);
  for (const { visitorId, key, packetId } of settled.visits) visitedBy.set(`${visitorId}|${key}`, packetId);
  const cameBy = new Map(books.cameBy);
  for (const { visitorId, packetId } of settled.visits) {
    const person = personKey(visitorId, 'c');
    if (!cameBy.has(person)) cameBy.set(person, { packetId, depth: packets.get(packetId)?.depth ?? 0 });
  }
  const facts = books.campaigns.get('c');
  if (!facts) throw new Error('no campaign');
  return {
    ...books,
    campaigns: new Map([['c', { ...facts, leftFen: left }]]),
    ...{ packets, own, issuedBy, visits, visitedBy, cameBy },
    helped: new Set(visits.filter(({ state }) => state === 'vested').map((one) => personKey(one.visitorId, 'c'))),
  };
}

type Wish = { who: number; what: 'issue' | 'accept' | 'visit' | 'vest'; of: number; isVerified: boolean };
const wishes = fc.array(
  fc.record({
    who: fc.nat({ max: PEOPLE.length - 1 }),
    what: fc.constantFrom('issue' as const, 'accept' as const, 'visit' as const, 'visit' as const, 'vest' as const),
    of: fc.nat({ max: PEOPLE.length - 1 }),
    isVerified: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);
const codeOf = (shopperId: string) => `code-${shopperId}`;
const commandOf = ({ who, what, of, isVerified }: Wish, index: number): PacketCommand => {
  const shopperId = PEOPLE[who] ?? '';
  const made = { name: null, hold: null, fresh: { packetId: `p-${shopperId}`, code: codeOf(shopperId) } };
  const code = codeOf(PEOPLE[of] ?? '');
  const key = `key-${index}`;
  if (what === 'issue') return { kind: what, shopperId, key, campaignId: 'c', ...made };
  if (what === 'accept') return { kind: what, shopperId, key, code, ...made };
  if (what === 'vest') return { kind: what, shopperId, key };
  return { kind: what, shopperId, key, code, name: null, isVerified, stayedMs: 5_000, touched: true };
};

const vested = (steps: readonly StepFacts[]) => steps.filter(({ state }) => state === 'vested');

function expectSound({ packets, visits, campaigns }: PacketBooks): void {
  const of = ({ id }: PacketBook) => visits.filter(({ packetId }) => packetId === id);
  for (const packet of packets.values()) {
    const grownFen = vested(of(packet)).reduce((sum, { fen }) => sum + fen, 0);
    expect(packet.valueFen).toBe(packet.baseFen + grownFen);
    expect(packet.valueFen).toBeLessThanOrEqual(packet.capFen);
    expect([packet.visits, packet.vested]).toEqual([of(packet).length, vested(of(packet)).length]);
    expect(packet.generation).toBeLessThanOrEqual(3);
    expect(of(packet).every(({ visitorId, state }) => visitorId !== packet.ownerId || state !== 'vested')).toBe(true);
    const parent = packets.get(packet.parentId ?? '');
    expect(packet.generation).toBe(parent ? parent.generation + 1 : 1);
  }
  const grew = vested(visits);
  expect(new Set(grew.map(({ visitorId }) => visitorId)).size).toBe(grew.length);
  expect(grew.some(({ visitorId }) => visitorId === 'banned')).toBe(false);
  const caps = [...packets.values()].reduce((sum, { capFen }) => sum + capFen, 0);
  expect(campaigns.get('c')?.leftFen).toBe(SETTINGS.budgetFen - caps);
  expect(campaigns.get('c')?.leftFen).toBeGreaterThanOrEqual(0);
}

describe('Settling', () => {
  test('[GROW1] [GROW2] whatever people do: value is base and steps, one step a person, caps are covered, nobody grows his own', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const commands = list.map(commandOf);
        const books = emptyBooks();
        expectSound(booksAfter(books, commands, settlePackets(commands, books)));
      }),
      { numRuns: 400 },
    );
  });

  test('one batch is the same as one command after the other', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const commands = list.map(commandOf);
        const whole = settlePackets(commands, emptyBooks());
        let books = emptyBooks();
        const decisions = commands.map((command) => {
          const settled = settlePackets([command], books);
          books = booksAfter(books, [command], settled);
          return settled.decisions[0];
        });
        expect(decisions).toEqual(whole.decisions);
        const atOnce = booksAfter(emptyBooks(), commands, whole);
        const bare = (one: PacketBooks) =>
          [...one.packets.values()]
            .map(({ version: _version, ...packet }) => packet)
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(bare(books)).toEqual(bare(atOnce));
      }),
      { numRuns: 200 },
    );
  });

  test('[GROW2] a glance of somebody without a phone adds nothing, and adds a step when he has one', () => {
    const visitor = { shopperId: 'anon', key: '2', code: codeOf('ann'), name: null, stayedMs: 5_000, touched: true };
    const first: PacketCommand[] = [
      commandOf({ who: 0, what: 'issue', of: 0, isVerified: true }, 1),
      { kind: 'visit', ...visitor, isVerified: false },
    ];
    const books = emptyBooks({ inGoodStanding: new Set([...PEOPLE, 'anon']) });
    const looked = settlePackets(first, books);
    expect(looked.changed).toMatchObject([{ valueFen: 500, visits: 1, vested: 0 }]);
    const asked = settlePackets([{ kind: 'vest', shopperId: 'anon', key: '3' }], booksAfter(books, first, looked));
    expect(asked.changed).toMatchObject([{ valueFen: 650, visits: 1, vested: 1 }]);
  });

  test('who came by whom is kept beyond the generations that are rewarded', () => {
    const made = (shopperId: string) => ({
      ...{ name: null, hold: null, fresh: { packetId: `p-${shopperId}`, code: codeOf(shopperId) } },
    });
    const commands: PacketCommand[] = [
      { kind: 'issue', shopperId: 'ann', key: '1', campaignId: 'c', ...made('ann') },
      { kind: 'accept', shopperId: 'bob', key: '2', code: codeOf('ann'), ...made('bob') },
      { kind: 'accept', shopperId: 'cid', key: '3', code: codeOf('bob'), ...made('cid') },
      { kind: 'accept', shopperId: 'dan', key: '4', code: codeOf('cid'), ...made('dan') },
      { ...(commandOf({ who: 3, what: 'visit', of: 2, isVerified: true }, 5) as PacketCommand) },
      { kind: 'issue', shopperId: 'dan', key: '6', campaignId: 'c', ...made('dan') },
    ];
    const { decisions, changed } = settlePackets(commands, emptyBooks());
    expect(decisions.map((one) => (one.kind === 'refused' ? one.refusal.code : one.kind))).toEqual([
      ...['done', 'done', 'done', 'last_generation', 'done', 'done'],
    ]);
    expect(changed.map(({ ownerId, generation, depth, cameById }) => [ownerId, generation, depth, cameById])).toEqual([
      ['ann', 1, 0, null],
      ['bob', 2, 1, 'p-ann'],
      ['cid', 3, 2, 'p-bob'],
      ['dan', 1, 3, 'p-cid'],
    ]);
  });
});

test('a packet moves as the table of its moves says, whatever happens to its coupon and its time', () => {
  const coupon = fc.constantFrom(
    'usable' as const,
    'locked' as const,
    'used' as const,
    'expired' as const,
    'void' as const,
  );
  /** Moves of a coupon, as the promo room makes them. */
  const moves = {
    usable: ['usable', 'locked', 'expired', 'void'],
    locked: ['locked', 'usable', 'used', 'void'],
    used: ['used', 'usable', 'void'],
    expired: ['expired'],
    void: ['void'],
  };
  fc.assert(
    fc.property(coupon, coupon, fc.boolean(), fc.boolean(), (from, to, isFull, grows) => {
      fc.pre(moves[from].includes(to));
      const facts = { valueFen: isFull ? 10 : 5, capFen: 10, validUntil: NOW + 1 };
      const before = packetStateAt({ ...facts, couponState: from }, NOW);
      const isGrowth = grows && from === 'usable' && to === 'usable';
      const later = { ...facts, valueFen: isGrowth ? 10 : facts.valueFen, couponState: to };
      const next = packetStateAt(later, NOW);
      if (next !== before) expect(PACKET_MOVES[before]).toContain(next);
    }),
  );
  expect(packetStateAt({ couponState: 'usable', valueFen: 5, capFen: 10, validUntil: NOW }, NOW)).toBe('expired');
});
