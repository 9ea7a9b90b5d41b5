import type { SeededBug } from './mutant.ts';

const BOOKS = 'server/team/team-books.ts';
const ENDS = 'server/team/end-teams.ts';
const SETTLE = 'lib/domain/team/settle.ts';
const SPLIT = 'lib/domain/team/split.ts';
const RACES = 'tests/ports/races/teams.test.ts';
const DRAWS = 'tests/domain/team-split.test.ts';

/** Bugs of team packets: places, time, money, chance. */
export const TEAM_BUGS: readonly SeededBug[] = [
  ['commands do not queue for their team', BOOKS, ' order by id for no key update`', ' order by id`', RACES, 'R-33'],
  [
    'leaders do not queue for the budget',
    BOOKS,
    ' order by template_id for no key update`',
    ' order by template_id`',
    RACES,
    'R-35',
  ],
  [
    'a join looks at no other team of its person',
    SETTLE,
    'const other = otherTeam(shopperId, team.campaignId);',
    'const other = null as TeamDecision | null;',
    RACES,
    'R-31',
  ],
  [
    'a day allows one join more than it says',
    SETTLE,
    'if (number > limit) return',
    'if (number > limit + 1) return',
    RACES,
    'joins are used up',
  ],
  [
    'a team is joined after its time',
    SETTLE,
    "if (state === 'failed') return refused({ code: 'team_expired', endedAt: team.gatherUntil });\n    if (state !== 'gathering')",
    "if (state !== 'gathering' && state !== 'failed')",
    RACES,
    'R-30',
  ],
  [
    'a share is opened after its time',
    SETTLE,
    "if (state === 'over' || !own.share) return refused",
    'if (!own.share) return refused',
    RACES,
    'R-34',
  ],
  [
    'a share that is opened again becomes another coupon',
    SETTLE,
    "if (own.share?.state === 'opened') return done(team.id, true);",
    '',
    RACES,
    'R-33',
  ],
  [
    'what a failed team promised is never free again',
    ENDS,
    'left_fen = a.left_fen + b.fen, reserved_fen = a.reserved_fen - b.fen',
    'left_fen = a.left_fen, reserved_fen = a.reserved_fen',
    RACES,
    'what a failed team gives back',
  ],
  [
    'the parts of a pot stay in the order of their drawing',
    SPLIT,
    'const other = below(next, at + 1);',
    'const other = at;',
    DRAWS,
    'the order of joining changes nothing',
  ],
  [
    'the least share is rounded down',
    SPLIT,
    'Math.ceil((potFen * leastPermille) / 1000)',
    'Math.floor((potFen * leastPermille) / 1000)',
    DRAWS,
    '100,000 random pots',
  ],
  [
    'the odds forget what the leader has on top',
    'lib/domain/team/odds.ts',
    'partBelow(fen - leastFen - extraFen)',
    'partBelow(fen - leastFen)',
    DRAWS,
    'the odds that are published',
  ],
  [
    'the seed is shown before the split',
    'server/team/team-rows.ts',
    'seed: splitAt === null ? null : team.seed,',
    'seed: team.seed,',
    'tests/ports/teams.test.ts',
    'nobody sees the seed',
  ],
];
