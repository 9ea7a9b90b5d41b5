import { packetCampaignOf } from '../../lib/domain/packet/campaign.ts';
import type { PacketCampaign } from '../../lib/domain/packet/packet.ts';
import { campaignOf } from '../../lib/domain/team/campaign.ts';
import type { TeamCampaign } from '../../lib/domain/team/team.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { CAMPAIGN_DAYS } from './people.ts';

/** Midnight in China, two days before 双11's week ends; any day would do. */
export const BEGINS_AT = Date.UTC(2026, 10, 3, 16);
const ENDS_AT = BEGINS_AT + (CAMPAIGN_DAYS + 1) * DAY_MS;
/** Budgets are not what is looked at here. */
const ENOUGH_FEN = 1_000_000_000_000;

/** ¥20 for four, as the demo has it: the pot that farms like best is one without threshold. */
export const TEAM: TeamCampaign = campaignOf('team', {
  name: { zh: '组队瓜分', en: 'Team packet' },
  potFen: 2_000,
  size: 4,
  gatherHours: 24,
  joinsPerDay: 3,
  leastPermille: 50,
  leaderExtraPermille: 0,
  consolationFen: 100,
  coupon: { kind: 'red_packet' },
  scope: { kind: 'all' },
  goodFor: { kind: 'days', days: 3 },
  openHours: 24,
  budgetFen: ENOUGH_FEN,
  startsAt: BEGINS_AT,
  endsAt: ENDS_AT,
});

/** ¥5 that grow to ¥10. */
export const PACKET: PacketCampaign = packetCampaignOf('packet', {
  name: { zh: '会长大的红包', en: 'Growing packet' },
  baseFen: 500,
  guestPermille: 500,
  stepPermille: 100,
  capPermille: 2_000,
  generations: 3,
  lifeHours: 72,
  scope: { kind: 'all' },
  budgetFen: ENOUGH_FEN,
  startsAt: BEGINS_AT,
  endsAt: ENDS_AT,
});
