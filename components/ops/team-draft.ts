import type { RequestNamed } from '../../lib/contracts/named.ts';
import type { OpsTeamCampaign } from '../../lib/contracts/ops-team.ts';
import { parseYuan, yuanInput } from '../../lib/domain/money/parse-yuan.ts';
import { settingsFault, type TeamFault } from '../../lib/domain/team/campaign.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import { fromBeijingInput, toBeijingInput } from '../../lib/domain/venue/beijing-time.ts';
import { type CampaignDraft, campaignFacts, campaignFaults, campaignIn, newCampaign } from './campaign-draft.ts';

export const TEAM_COUPONS = ['red_packet', 'threshold'] as const;
export const GOOD_FOR = ['days', 'until'] as const;

export type SaveTeam = RequestNamed<'ops.saveTeamCampaign'>;

/** What is typed, as it is typed. */
export type TeamDraft = CampaignDraft & {
  readonly pot: string;
  readonly size: string;
  /** Hundredths of the pot. */
  readonly least: string;
  readonly leaderExtra: string;
  readonly gatherHours: string;
  readonly joinsPerDay: string;
  readonly openHours: string;
  readonly consolation: string;
  readonly coupon: (typeof TEAM_COUPONS)[number];
  readonly full: string;
  readonly goodFor: (typeof GOOD_FOR)[number];
  readonly days: string;
  readonly until: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly budget: string;
};

export type TeamFaults = Readonly<
  Record<
    'name' | 'scope' | 'pot' | 'people' | 'consolation' | 'coupon' | 'goodFor' | 'openHours' | 'times' | 'budget',
    boolean
  >
>;

export function newTeam(nowMs: number, id: string): TeamDraft {
  const startsAt = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  return {
    ...newCampaign(id),
    pot: '20',
    size: '4',
    least: '5',
    leaderExtra: '0',
    gatherHours: '24',
    joinsPerDay: '3',
    openHours: '24',
    consolation: '1',
    coupon: 'red_packet',
    full: '',
    goodFor: 'days',
    days: '3',
    until: toBeijingInput(startsAt + 10 * DAY_MS),
    startsAt: toBeijingInput(startsAt),
    endsAt: toBeijingInput(startsAt + 7 * DAY_MS),
    budget: '',
  };
}

/** A draft that was saved, back in its boxes. */
export function teamIn(team: OpsTeamCampaign, nowMs: number): TeamDraft {
  const { coupon, goodFor } = team;
  return {
    ...newTeam(nowMs, team.id),
    ...campaignIn(team),
    pot: yuanInput(team.potFen),
    size: String(team.size),
    least: String(team.leastPermille / 10),
    leaderExtra: String(team.leaderExtraPermille / 10),
    gatherHours: String(team.gatherHours),
    joinsPerDay: String(team.joinsPerDay),
    openHours: String(team.openHours),
    consolation: team.consolationFen === 0 ? '0' : yuanInput(team.consolationFen),
    coupon: coupon.kind,
    ...(coupon.kind === 'threshold' && { full: yuanInput(coupon.fullFen) }),
    goodFor: goodFor.kind,
    ...(goodFor.kind === 'days' ? { days: String(goodFor.days) } : { until: toBeijingInput(goodFor.until) }),
    startsAt: toBeijingInput(team.startsAt),
    endsAt: toBeijingInput(team.endsAt),
    budget: yuanInput(team.budgetFen),
  };
}

const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);
/** `5` or `5.5` hundredths → 50 or 55 thousandths. */
const permille = (text: string) =>
  /^\d{1,2}(?:\.\d)?$/.test(text.trim()) ? Math.round(Number(text) * 10) : Number.NaN;
const isFrom = (value: number, min: number, max: number) => value >= min && value <= max;
const fenOrNone = (text: string) => (/^0*(?:\.0*)?$/.test(text.trim()) ? 0 : (parseYuan(text) ?? Number.NaN));

/** Where a fault of the numbers together is shown. */
const PLACE: Readonly<Record<TeamFault, keyof TeamFaults>> = {
  not_a_number: 'pot',
  shares_too_big: 'pot',
  pot_too_small: 'pot',
  threshold_too_low: 'coupon',
  consolation_too_big: 'consolation',
  times_wrong: 'times',
  good_for_too_short: 'goodFor',
  budget_too_small: 'budget',
};

/** What would be sent, and what is wrong with it, by place. */
export function teamRequest(draft: TeamDraft, nowMs: number): { request: SaveTeam | null; faults: TeamFaults } {
  const settings = {
    potFen: parseYuan(draft.pot) ?? Number.NaN,
    size: whole(draft.size),
    gatherHours: whole(draft.gatherHours),
    joinsPerDay: whole(draft.joinsPerDay),
    leastPermille: permille(draft.least),
    leaderExtraPermille: permille(draft.leaderExtra),
    consolationFen: fenOrNone(draft.consolation),
    coupon:
      draft.coupon === 'red_packet'
        ? { kind: draft.coupon }
        : { kind: draft.coupon, fullFen: parseYuan(draft.full) ?? Number.NaN },
    goodFor:
      draft.goodFor === 'days'
        ? { kind: draft.goodFor, days: whole(draft.days) }
        : { kind: draft.goodFor, until: fromBeijingInput(draft.until) ?? Number.NaN },
    openHours: whole(draft.openHours),
    budgetFen: parseYuan(draft.budget) ?? Number.NaN,
    startsAt: fromBeijingInput(draft.startsAt) ?? Number.NaN,
    endsAt: fromBeijingInput(draft.endsAt) ?? Number.NaN,
  };
  const { coupon, goodFor } = settings;
  const request = { ...campaignFacts(draft), ...settings };
  const alone: TeamFaults = {
    ...campaignFaults(draft),
    pot:
      !(settings.potFen > 0) ||
      !isFrom(settings.leastPermille, 0, 500) ||
      !isFrom(settings.leaderExtraPermille, 0, 500),
    people:
      !isFrom(settings.size, 2, 10) || !isFrom(settings.gatherHours, 1, 168) || !isFrom(settings.joinsPerDay, 1, 100),
    consolation: Number.isNaN(settings.consolationFen),
    coupon: coupon.kind === 'threshold' && !(coupon.fullFen > 0),
    goodFor: goodFor.kind === 'days' ? !isFrom(goodFor.days, 1, 365) : !(goodFor.until > 0),
    openHours: !isFrom(settings.openHours, 1, 720),
    times: !(settings.endsAt > settings.startsAt) || !(settings.endsAt > nowMs),
    budget: !(settings.budgetFen > 0),
  };
  // Numbers that are none are told first: together they would be wrong in any case.
  const areNumbers = !Object.entries(alone).some(
    ([place, isWrong]) => isWrong && place !== 'name' && place !== 'scope',
  );
  const together = areNumbers ? settingsFault(request, nowMs) : null;
  const faults = together ? { ...alone, [PLACE[together]]: true } : alone;
  return { request: Object.values(faults).some(Boolean) ? null : request, faults };
}
