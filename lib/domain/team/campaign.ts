import { frozenText } from '../frozen.ts';
import { sha256Hex } from '../sha256.ts';
import { HOUR_MS } from '../time.ts';
import { shareOdds } from './odds.ts';
import { mostShareFen, splitFacts } from './split.ts';
import type { TeamCampaign, TeamSettings } from './team.ts';

/** What makes numbers no campaign at all; whether the law allows it is another question. */
export type TeamFault =
  | 'not_a_number'
  | 'shares_too_big'
  | 'pot_too_small'
  | 'threshold_too_low'
  | 'consolation_too_big'
  | 'times_wrong'
  | 'good_for_too_short'
  | 'budget_too_small';

const FEN_MAX = 100_000_000;
const isWhole = (value: number, min: number, max: number) =>
  Number.isSafeInteger(value) && value >= min && value <= max;

function areNumbers(settings: TeamSettings): boolean {
  const { coupon, goodFor } = settings;
  return (
    isWhole(settings.potFen, 1, FEN_MAX) &&
    isWhole(settings.size, 2, 10) &&
    isWhole(settings.gatherHours, 1, 168) &&
    isWhole(settings.joinsPerDay, 1, 100) &&
    isWhole(settings.leastPermille, 0, 500) &&
    isWhole(settings.leaderExtraPermille, 0, 500) &&
    isWhole(settings.consolationFen, 0, FEN_MAX) &&
    isWhole(settings.openHours, 1, 720) &&
    isWhole(settings.budgetFen, 1, 1_000_000_000_000) &&
    (coupon.kind === 'red_packet' || isWhole(coupon.fullFen, 1, FEN_MAX)) &&
    (goodFor.kind === 'until' || isWhole(goodFor.days, 1, 365))
  );
}

/** What is wrong with settings; null when they make a campaign that can run at `now` or later. */
export function settingsFault(settings: TeamSettings, now: number): TeamFault | null {
  const { potFen, size, coupon, goodFor, consolationFen, openHours, budgetFen, startsAt, endsAt } = settings;
  if (!areNumbers(settings)) return 'not_a_number';
  if (potFen < size) return 'pot_too_small';
  if (splitFacts(settings).spareFen < 0) return 'shares_too_big';
  if (coupon.kind === 'threshold' && coupon.fullFen <= mostShareFen(settings)) return 'threshold_too_low';
  if (consolationFen > potFen) return 'consolation_too_big';
  if (endsAt <= startsAt || endsAt <= now) return 'times_wrong';
  if (goodFor.kind === 'until' && goodFor.until <= endsAt + openHours * HOUR_MS) return 'good_for_too_short';
  return budgetFen < potFen ? 'budget_too_small' : null;
}

/** The object that is frozen at publication. @throws RangeError for settings that have a fault of numbers */
export function campaignOf(id: string, settings: TeamSettings): TeamCampaign {
  if (!areNumbers(settings) || splitFacts(settings).spareFen < 0)
    throw new RangeError('No campaign can be made of this');
  const { name, potFen, size, gatherHours, joinsPerDay, leastPermille, leaderExtraPermille, consolationFen } = settings;
  const { coupon, scope, goodFor, openHours, budgetFen, startsAt, endsAt } = settings;
  return {
    id,
    name: { zh: name.zh, en: name.en },
    ...{ potFen, size, gatherHours, joinsPerDay, leastPermille, leaderExtraPermille, consolationFen },
    ...{ coupon, scope, goodFor, openHours, budgetFen, startsAt, endsAt },
    leastFen: splitFacts(settings).leastFen,
    mostFen: mostShareFen(settings),
    odds: shareOdds(settings),
  };
}

/** The text that is hashed and kept. */
export const campaignText = (campaign: TeamCampaign): string => frozenText(campaign);

/** SHA-256 of the text, hexadecimal. */
export const campaignHash = (campaign: TeamCampaign): string => sha256Hex(campaignText(campaign));
