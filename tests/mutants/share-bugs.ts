import type { SeededBug } from './mutant.ts';

const CHAIN = 'lib/domain/sharing/chain.ts';
const CREDITS = 'server/sharing/credits.ts';
const TREES = 'tests/domain/share-trees.test.ts';
const RACES = 'tests/ports/races/sharing.test.ts';
const LANDING = 'tests/ports/share-landing.test.ts';
const STUDIO = 'tests/ports/studio-figures.test.ts';

/** Bugs of sharing: chains that are not true, credit twice, robots, circles. */
export const SHARE_BUGS: readonly SeededBug[] = [
  ['a stolen code earns', CHAIN, '    proof.visitorId === link.visitorId &&\n', '', TREES, '100,000 share trees'],
  [
    'whoever buys through himself earns',
    CHAIN,
    'if (chain && !isOwn(chain, buyer))',
    'if (chain && !isOwn(chain.slice(0, 1), buyer))',
    TREES,
    '100,000 share trees',
  ],
  [
    'the window is a week and a millisecond',
    CHAIN,
    'placedAt - at > windowMs',
    'placedAt - at > windowMs + 1',
    TREES,
    'window',
  ],
  [
    'a touch after the order counts',
    CHAIN,
    'touchedAt === null || touchedAt > placedAt) continue;\n    if (at > placedAt ||',
    'touchedAt === null) continue;\n    if (',
    RACES,
    'R-44',
  ],
  [
    'a visit without a touch earns',
    CHAIN,
    '|| touchedAt === null || touchedAt > placedAt',
    '|| (touchedAt ?? 0) > placedAt',
    TREES,
    '100,000 share trees',
  ],
  [
    'a refunded order vests',
    CREDITS,
    "when 'completed' then 'vested' else 'reversed' end as to",
    "when 'completed' then 'vested' else 'vested' end as to",
    RACES,
    'R-45',
  ],
  [
    'a person earns in a campaign again',
    'lib/domain/sharing/settle.ts',
    '    earned.add(keyOf(campaignId, buyer.personId));\n',
    '',
    TREES,
    '100,000 share trees',
  ],
  [
    'a part that went back vests',
    CREDITS,
    'least(c.order_fen, o.paid_fen - o.refunded_fen)',
    'c.order_fen',
    RACES,
    'a part that went back',
  ],
  [
    'a frame of another page is an opening',
    'server/sharing/landing.http.ts',
    "(dest === undefined || dest === 'document')",
    'true',
    LANDING,
    'T-11',
  ],
  [
    'a link may lead to another link',
    'lib/domain/sharing/share-link.ts',
    '(?:s|api|ops',
    '(?:api|ops',
    'tests/domain/share-links.test.ts',
    'T-25',
  ],
  [
    'a token may do everything',
    'server/sharing/tokens.ts',
    'if (!row.scopes.includes(scope))',
    'if (row.scopes.length === 0)',
    'tests/ports/studio-doors.test.ts',
    'a token is shown once',
  ],
  [
    'a name is shown without consent',
    'server/sharing/studio-sql.ts',
    '(select p.display_name from share_name_consent a join person p on p.id = a.person_id where a.person_id = ${sharer})',
    '(select p.display_name from person p where p.id = ${sharer})',
    STUDIO,
    'a name is shown where its owner agreed',
  ],
  [
    'a name that nobody told us of answers links',
    'server/sharing/share-hosts.http.ts',
    "if (!url.startsWith('/s/')) return next();",
    'return next();',
    'tests/ports/share-domains.test.ts',
    'a name that nobody told us of',
  ],
];
