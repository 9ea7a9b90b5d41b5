import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../lib/domain/sha256.ts';
import { campaignHash, campaignOf, campaignText, settingsFault } from '../../lib/domain/team/campaign.ts';
import {
  type CampaignFacts,
  personKey,
  settleTeams,
  type TeamBooks,
  type TeamCommand,
  type TeamFacts,
} from '../../lib/domain/team/settle.ts';
import {
  chinaDay,
  gatherUntilOf,
  nextChinaDayAt,
  shareStateAt,
  shownName,
  type TeamSettings,
  teamStateAt,
} from '../../lib/domain/team/team.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 10, 2, 0);
const SETTINGS: TeamSettings = {
  name: { zh: '组队瓜分', en: 'Team packet' },
  potFen: 2_000,
  size: 3,
  gatherHours: 2,
  joinsPerDay: 2,
  leastPermille: 50,
  leaderExtraPermille: 0,
  consolationFen: 100,
  coupon: { kind: 'red_packet' },
  scope: { kind: 'all' },
  goodFor: { kind: 'days', days: 3 },
  openHours: 1,
  budgetFen: 7_999,
  startsAt: START,
  endsAt: START + 72 * HOUR,
};
const campaign = campaignOf('cmp', SETTINGS);

const PEOPLE = ['ann', 'bob', 'cai', 'dan', 'eve', 'fei', 'gus'];
const step = fc.record({
  kind: fc.constantFrom('open', 'join', 'join', 'join', 'openShare', 'openShare'),
  shopper: fc.constantFrom(...PEOPLE),
  team: fc.integer({ min: 0, max: 7 }),
  /** One of few, so that keys are used again. */
  key: fc.integer({ min: 0, max: 40 }),
  waitMs: fc.constantFrom(0, 0, 0, 20 * 60_000, 3 * HOUR),
});

/** What the database would hold after each batch: the books of the next one. */
function shop() {
  const teams = new Map<string, TeamFacts>();
  const coupons = new Map<string, number>();
  let reservedFen = 0;
  const books = (now: number): TeamBooks => {
    const facts: CampaignFacts = {
      campaign,
      validFrom: START,
      isStopped: false,
      isPaused: false,
      isWithdrawn: false,
      leftFen: SETTINGS.budgetFen - reservedFen,
    };
    const members = [...teams.values()].flatMap((team) => team.members.map((member) => ({ team, member })));
    const live = members.filter(({ team }) => team.state === 'gathering');
    const today = members.filter(({ member }) => member.dayNumber?.day === chinaDay(now));
    return {
      now,
      campaigns: new Map([['cmp', facts]]),
      teams: new Map(teams),
      live: new Map(
        live.map(({ team, member }) => [
          personKey(member.shopperId, 'cmp'),
          { teamId: team.id, code: team.code, gatherUntil: team.gatherUntil },
        ]),
      ),
      joinsToday: new Map(
        PEOPLE.map((shopper) => [
          personKey(shopper, 'cmp'),
          today.filter(({ member }) => member.shopperId === shopper).length,
        ]),
      ),
      earlier: new Map(members.map(({ team, member }) => [`${member.shopperId}|${member.key}`, team.id])),
      couponKeys: new Set(coupons.keys()),
    };
  };
  return {
    teams,
    coupons,
    books,
    settle(commands: readonly TeamCommand[], now: number) {
      const settled = settleTeams(commands, books(now));
      for (const team of settled.changed) {
        if (!teams.has(team.id)) reservedFen += SETTINGS.potFen;
        teams.set(team.id, team);
      }
      for (const { shopperId, key, fen } of settled.opened) {
        expect(coupons.has(`${shopperId}|${key}`)).toBe(false);
        coupons.set(`${shopperId}|${key}`, fen);
      }
      return settled;
    },
  };
}

const seedOf = (n: number) => createHash('sha256').update(`seed ${n}`).digest('hex');
const codeOf = (n: number) => `code${String(n).padStart(8, '0')}`;

test('[INV-38] whatever people do, in whatever batches: nobody is in two teams, none is overfull, every pot is paid for', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 25 }), (batches) => {
      const { settle, teams, coupons } = shop();
      let now = START;
      let made = 0;
      for (const batch of batches) {
        now += batch[0]?.waitMs ?? 0;
        const commands = batch.map(({ kind, shopper, team, key }): TeamCommand => {
          const asking = { shopperId: shopper, key: `key-${key}` };
          if (kind === 'join') return { kind, ...asking, code: codeOf(team), name: null };
          if (kind === 'openShare') return { kind, ...asking, teamId: `tm_${team}`, couponId: `cpn_${key}` };
          const fresh = { teamId: `tm_${made}`, code: codeOf(made), seed: seedOf(made) };
          made += 1;
          return { kind: 'open', ...asking, campaignId: 'cmp', name: null, fresh };
        });
        const before = new Map([...teams].map(([id, { version }]) => [id, version]));
        const { decisions, changed } = settle(commands, now);
        expect(decisions.length).toBe(commands.length);
        expect(changed.map(({ id, version }) => version - (before.get(id) ?? 0))).toEqual(changed.map(() => 1));

        const all = [...teams.values()];
        expect(all.length * SETTINGS.potFen).toBeLessThanOrEqual(SETTINGS.budgetFen);
        for (const team of all) {
          const fens = team.members.map(({ share }) => share?.fen ?? 0);
          expect(team.members.map(({ place }) => place)).toEqual(team.members.map((_, at) => at + 1));
          expect(new Set(team.members.map(({ shopperId }) => shopperId)).size).toBe(team.members.length);
          expect(team.members.length).toBeLessThanOrEqual(SETTINGS.size);
          expect(team.members.length === SETTINGS.size).toBe(team.splitAt !== null);
          expect(fens.reduce((a, b) => a + b, 0)).toBe(team.splitAt === null ? 0 : SETTINGS.potFen);
          expect(team.splitAt ?? 0).toBeLessThan(team.gatherUntil);
        }
        const alive = all.filter((team) => teamStateAt(team, now) === 'gathering');
        const inLive = alive.flatMap(({ members }) => members.map(({ shopperId }) => shopperId));
        expect(new Set(inLive).size).toBe(inLive.length);
        for (const shopper of PEOPLE) {
          const days = all.flatMap(({ members }) =>
            members.flatMap((one) => (one.shopperId === shopper && one.dayNumber ? [one.dayNumber] : [])),
          );
          expect(days.every(({ number }) => number <= SETTINGS.joinsPerDay)).toBe(true);
          expect(new Set(days.map(({ day, number }) => `${day} ${number}`)).size).toBe(days.length);
        }
        const opened = all.flatMap(({ members }) => members.filter(({ share }) => share?.state === 'opened'));
        expect(opened.reduce((sum, { share }) => sum + (share?.fen ?? 0), 0)).toBe(
          [...coupons.values()].reduce((a, b) => a + b, 0),
        );
      }
    }),
    { numRuns: 400 },
  );
});

test('a team that is over by the clock and still written down as live is ended first', () => {
  const { settle } = shop();
  const asking = (shopperId: string, n: number): TeamCommand => ({
    kind: 'open',
    shopperId,
    key: `k${n}`,
    campaignId: 'cmp',
    name: null,
    fresh: { teamId: `tm_${n}`, code: codeOf(n), seed: seedOf(n) },
  });
  settle([asking('ann', 0)], START);
  expect(settle([asking('ann', 1)], START + 2 * HOUR - 1).decisions).toEqual([
    { kind: 'refused', refusal: { code: 'other_live_team', teamCode: codeOf(0) } },
  ]);
  expect(settle([asking('ann', 1)], START + 2 * HOUR).decisions).toEqual([{ kind: 'end_first', teamId: 'tm_0' }]);
});

test.each([
  [{}, null],
  [{ potFen: 0 }, 'not_a_number'],
  [{ size: 11 }, 'not_a_number'],
  [{ potFen: 2, budgetFen: 9 }, 'pot_too_small'],
  [{ leastPermille: 334 }, 'shares_too_big'],
  [{ leastPermille: 300, leaderExtraPermille: 101 }, 'shares_too_big'],
  [{ coupon: { kind: 'threshold', fullFen: 1_800 } }, 'threshold_too_low'],
  [{ coupon: { kind: 'threshold', fullFen: 1_801 } }, null],
  [{ consolationFen: 2_001 }, 'consolation_too_big'],
  [{ endsAt: START }, 'times_wrong'],
  [{ goodFor: { kind: 'until', until: START + 73 * HOUR } }, 'good_for_too_short'],
  [{ goodFor: { kind: 'until', until: START + 73 * HOUR + 1 } }, null],
  [{ budgetFen: 1_999 }, 'budget_too_small'],
] as const)('settings with %j: %s', (more, fault) => {
  expect(settingsFault({ ...SETTINGS, ...more }, START)).toBe(fault);
});

test('one campaign has one text, whatever the order of its names, and a hash that anybody can make again', () => {
  const { name, ...rest } = campaign;
  const turned = { ...Object.fromEntries(Object.entries(rest).reverse()), name: { en: name.en, zh: name.zh } };
  expect(campaignText(turned as typeof campaign)).toBe(campaignText(campaign));
  expect(campaignHash(campaign)).toBe(createHash('sha256').update(campaignText(campaign)).digest('hex'));
  expect(JSON.parse(campaignText(campaign))).toEqual(campaign);
  expect(campaign).toMatchObject({ leastFen: 100, mostFen: 1_800 });
});

test('SHA-256 is that of the standard for every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
  expect(sha256Hex('组队瓜分')).toBe(createHash('sha256').update('组队瓜分').digest('hex'));
});

test('states are read by the clock', () => {
  const times = { state: 'gathering', gatherUntil: 10, openUntil: null } as const;
  expect([9, 10].map((now) => teamStateAt(times, now))).toEqual(['gathering', 'failed']);
  const split = { state: 'split', gatherUntil: 10, openUntil: 20 } as const;
  expect([19, 20].map((now) => teamStateAt(split, now))).toEqual(['split', 'over']);
  expect([19, 20].map((now) => shareStateAt('closed', 20, now))).toEqual(['closed', 'lapsed']);
  expect(shareStateAt('opened', 20, 99)).toBe('opened');
  expect(gatherUntilOf(SETTINGS, SETTINGS.endsAt - HOUR)).toBe(SETTINGS.endsAt);
});

test('a day is a day in China', () => {
  const midnight = Date.UTC(2026, 10, 10, 16, 0);
  expect([midnight - 1, midnight].map(chinaDay)).toEqual(['2026-11-10', '2026-11-11']);
  expect([midnight - 1, midnight].map(nextChinaDayAt)).toEqual([midnight, midnight + 24 * HOUR]);
});

test('others see a name only if its owner agrees, else its first character', () => {
  expect([
    shownName(' 欧阳小明 ', true),
    shownName('欧阳小明', false),
    shownName('😀x', false),
    shownName('  ', true),
  ]).toEqual(['欧阳小明', '欧**', '😀**', null]);
});
