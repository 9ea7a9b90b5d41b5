import type { SeededBug } from './mutant.ts';

const BOOKS = 'server/packet/packet-books.ts';
const LEDGER = 'lib/domain/packet/ledger.ts';
const SETTLE = 'lib/domain/packet/settle.ts';
const RACES = 'tests/ports/races/packets.test.ts';
const PORTS = 'tests/ports/packets.test.ts';
const COUPONS = 'tests/ports/packet-coupons.test.ts';
const RULES = 'tests/domain/packet.test.ts';

/** Bugs of growing packets: growth, people, time, money. */
export const PACKET_BUGS: readonly SeededBug[] = [
  [
    'visitors do not queue for the packet',
    BOOKS,
    'order by id for no key update`;\n\nconst READ_CAMPAIGNS',
    'order by id`;\n\nconst READ_CAMPAIGNS',
    RACES,
    'a visit that comes while an order takes the packet',
  ],
  [
    'packets do not queue for the budget',
    BOOKS,
    'order by template_id for no key update`',
    'order by template_id`',
    RACES,
    'the budget’s last packet',
  ],
  [
    'the last step is a whole one',
    'lib/domain/packet/packet.ts',
    'Math.max(0, Math.min(packet.stepFen, packet.capFen - packet.valueFen))',
    'packet.stepFen',
    RULES,
    'lead from its base exactly to its cap',
  ],
  [
    'a person makes every packet grow that he visits',
    LEDGER,
    'helped.add(personKey(personId, packet.campaignId));',
    '',
    RULES,
    'whatever people do',
  ],
  [
    'a locked packet grows',
    LEDGER,
    "packetStateAt(packet, now) === 'growing'",
    '!isOver(packetStateAt(packet, now))',
    COUPONS,
    'an order freezes a packet',
  ],
  [
    'whoever is blocked gets growth and gives it',
    LEDGER,
    'const standsWell = (personId: string) => books.inGoodStanding.has(personId);',
    'const standsWell = (personId: string) => personId !== books.inGoodStanding.toString();',
    PORTS,
    'a blocked owner',
  ],
  [
    'a fourth generation begins',
    SETTLE,
    'termsFor(campaign, from.generation + 1)',
    'termsFor(campaign, Math.min(campaign.generations, from.generation + 1))',
    PORTS,
    'three generations',
  ],
  [
    'an issue reserves the base, not the cap',
    'server/packet/write-packets.ts',
    'sum(cap_fen)::bigint as fen from n',
    'sum(base_fen)::bigint as fen from n',
    PORTS,
    'three generations',
  ],
  [
    'a stranger’s glance makes a packet grow',
    SETTLE,
    'if (isVerified && mayVest) ledger.vest(shopperId);\n    return done(packet.id);',
    'ledger.vest(shopperId);\n    return done(packet.id);',
    RULES,
    'a glance of somebody without a phone',
  ],
  [
    'nobody looks at what a crash has lost',
    'server/packet/sweep-packets.ts',
    'await Promise.all(people.map(({ id }) => vest(id)));',
    'await Promise.all(people.map(({ id }) => vest(`not ${id}`)));',
    PORTS,
    'what a crash between',
  ],
  [
    'visits of a packet that is over wait for ever',
    'server/packet/sweep-packets.ts',
    "where s.packet_id = o.id and s.state = 'pending' returning",
    "where s.packet_id = o.id and s.state = 'gone' returning",
    COUPONS,
    'a packet that nobody uses expires',
  ],
];
