import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { OpsTeamCampaign } from '../../lib/contracts/ops-team.ts';
import { mostShareFen, splitFacts } from '../../lib/domain/team/split.ts';
import type { TeamSettings } from '../../lib/domain/team/team.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsTeamsMessages } from '../../lib/messages/ops-teams.ts';
import { timeText } from '../staff/staff-words.ts';
import { type Category, saysGoods } from './campaign-draft.ts';

export type OpsTeams = ValueNamed<'ops.teams'>;
type Terms = Omit<TeamSettings, 'name'> & Pick<OpsTeamCampaign, 'scope'>;

/** What this shop lets one operator publish alone; the server decides. */
export const SOLO_FEN = 1_000_000;

/** Who shares how much. */
export function saysPot(terms: Terms, locale: Locale): string {
  const words = opsTeamsMessages[locale];
  const { potFen, size } = terms;
  return words.sayPot(yuanText(potFen), size, yuanText(splitFacts(terms).leastFen), yuanText(mostShareFen(terms)));
}

/** From when until when, and what becomes of it, as sentences. */
export function saysTerms(terms: Terms, categories: readonly Category[], locale: Locale): string[] {
  const words = opsTeamsMessages[locale];
  const { coupon, goodFor, startsAt, endsAt, gatherHours, openHours, consolationFen } = terms;
  const good =
    goodFor.kind === 'days' ? words.goodDays(goodFor.days) : words.goodUntil(timeText(goodFor.until, locale));
  return [
    words.sayTimes(timeText(startsAt, locale), timeText(endsAt, locale), gatherHours, openHours),
    coupon.kind === 'threshold' ? words.sayThreshold(yuanText(coupon.fullFen), good) : words.sayRedPacket(good),
    words.sayGoods(saysGoods(terms.scope, categories, locale)),
    consolationFen > 0 ? words.sayConsolation(yuanText(consolationFen)) : words.sayNoConsolation,
  ];
}

/** The whole campaign in plain language, with the most that it can cost. */
export function saysTeam(terms: Terms, categories: readonly Category[], locale: Locale): string[] {
  const words = opsTeamsMessages[locale];
  const { potFen, budgetFen } = terms;
  const spareFen = budgetFen % potFen;
  const { extraFen } = splitFacts(terms);
  return [
    saysPot(terms, locale),
    ...(extraFen > 0 ? [words.sayLeader(yuanText(extraFen))] : []),
    ...saysTerms(terms, categories, locale),
    words.worst(Math.floor(budgetFen / potFen).toLocaleString('en-US'), yuanText(budgetFen - spareFen)),
    ...(spareFen > 0 ? [words.budgetSpare(yuanText(spareFen))] : []),
    ...(budgetFen - spareFen > SOLO_FEN ? [words.needsSecond(yuanText(SOLO_FEN))] : []),
  ];
}
