import * as z from 'zod/mini';
import {
  campaignNameShape,
  codeGivenShape,
  command,
  epochShape,
  fenShape,
  idShape,
  keyShape,
  localizedShape,
  publicRead,
  read,
  refusal,
  shareCodeShape,
} from './contract.ts';
import { ownCouponShape } from './coupon.ts';
import { promotionScopeShape } from './promotion.ts';
import { rewardBlocked, rewardFields, rewardRefusals } from './risk.ts';

/*
 * Words used in this room: lib/domain/team/team.ts. A team is known to the world by its code, which means nothing and
 * cannot be guessed; people stand in it by place, 1 is the leader.
 */

const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

export const teamCodeShape = shareCodeShape;

export const teamCouponShape = z.discriminatedUnion('kind', [
  /** 红包: no threshold. */
  z.strictObject({ kind: z.literal('red_packet') }),
  /** 满减券: `fullFen` is more than any share. */
  z.strictObject({ kind: z.literal('threshold'), fullFen: whole(1, 100_000_000) }),
]);

export const teamGoodForShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('days'), days: whole(1, 365) }),
  z.strictObject({ kind: z.literal('until'), until: epochShape }),
]);

/** What an operator decides; units and meaning in `TeamSettings`. */
export const teamSettings = {
  name: campaignNameShape,
  potFen: whole(1, 100_000_000),
  size: whole(2, 10),
  gatherHours: whole(1, 168),
  joinsPerDay: whole(1, 100),
  leastPermille: whole(0, 500),
  leaderExtraPermille: whole(0, 500),
  consolationFen: whole(0, 100_000_000),
  coupon: teamCouponShape,
  scope: promotionScopeShape,
  goodFor: teamGoodForShape,
  openHours: whole(1, 720),
  budgetFen: whole(1, 1_000_000_000_000),
  startsAt: epochShape,
  endsAt: epochShape,
};

export const shareOddsShape = z.object({ fromFen: fenShape, toFen: fenShape, perMillion: whole(0, 1_000_000) });

/** The frozen object. Its hash is SHA-256 of `campaignText` of it, hexadecimal. */
export const teamCampaignShape = z.object({
  id: idShape,
  ...teamSettings,
  leastFen: fenShape,
  mostFen: fenShape,
  odds: z.array(shareOddsShape),
});
export type TeamCampaignFrozen = z.output<typeof teamCampaignShape>;

const frozen = {
  campaign: teamCampaignShape,
  hash: z.string(),
  /** What the shop has added to the frozen budget since, fen. */
  raisedFen: fenShape,
};

/** One campaign that runs or will, or ended within a day, the same for everybody. */
export const runningTeamCampaignShape = z.object({
  ...frozen,
  /** `paused`: it spends faster than planned, and an operator looks at it. */
  state: z.enum(['ahead', 'running', 'paused', 'over', 'stopped']),
  /** From when teams can be opened. */
  opensAt: epochShape,
  /** What is left of the budget does not cover one more pot: a hint, opening itself decides. */
  isSoldOut: z.boolean(),
  /** Thousandths of the budget that are reserved or spent, for a bar. */
  takenPermille: whole(0, 1000),
});
export type RunningTeamCampaign = z.output<typeof runningTeamCampaignShape>;

export const teamsRead = publicRead('teams', {
  summary: 'Team red packet campaigns that run, will, or ended within a day, with their frozen rules',
  sharedSeconds: 2,
  request: z.strictObject({}),
  value: z.object({ now: epochShape, campaigns: z.array(runningTeamCampaignShape) }),
});

export const teamStateShape = z.enum(['gathering', 'split', 'over', 'failed']);
export const shareStateShape = z.enum(['closed', 'opened', 'lapsed']);

/** One taken place as everybody may see it. */
const placeShape = z.object({
  /** 1 is the leader. */
  place: z.int(),
  /** The name he gave, if he agreed to show it; else its first character and `**`; null: he has none. */
  name: z.nullable(z.string()),
  joinedAt: epochShape,
  /** Null until the split. */
  share: z.nullable(z.object({ fen: fenShape, state: shareStateShape })),
});

/** The whole picture of a team, the same for everybody; apply it when `version` is above what one has. */
export const teamRoomShape = z.object({
  code: teamCodeShape,
  /** Counts the changes of this team. */
  version: z.int(),
  state: teamStateShape,
  /** The shop took the campaign back before the team was full, or before all shares were opened. */
  isWithdrawn: z.boolean(),
  potFen: fenShape,
  size: z.int(),
  /** In the order of joining. */
  places: z.array(placeShape),
  placesLeft: z.int(),
  openedAt: epochShape,
  /** The places must be taken before this. */
  gatherUntil: epochShape,
  splitAt: z.nullable(epochShape),
  /** Shares must be opened before this; null until the split. */
  openUntil: z.nullable(epochShape),
  /** The largest share's place, the first of equal ones (手气最佳); null until the split. */
  luckiestPlace: z.nullable(z.int()),
  /** SHA-256 of the seed's 32 bytes, hexadecimal; shown from the start. */
  seedHash: z.string(),
  /** The seed, hexadecimal; null until the split. `splitPot` of it gives the shares again. */
  seed: z.nullable(z.string()),
});
export type TeamRoom = z.output<typeof teamRoomShape>;

/** What a team is to the shopper who asks. */
export const ownPlaceShape = z.object({
  teamId: idShape,
  place: z.int(),
  isLeader: z.boolean(),
  /** His opened share, or the leader's consolation; null: none (yet). */
  coupon: z.nullable(ownCouponShape),
});
export type OwnPlace = z.output<typeof ownPlaceShape>;

const seen = {
  now: epochShape,
  room: teamRoomShape,
  /** Null: he is no member. */
  own: z.nullable(ownPlaceShape),
};

/** The code is that of a growing packet. */
const packetCode = refusal('packet_code');

/** A campaign's state for somebody who looks at one of its teams. */
const campaignStateShape = z.enum(['running', 'over', 'stopped']);

export const teamRoomRead = read('team.room', {
  who: 'anyone',
  summary: 'One team by its code, for members and strangers, with its campaign’s frozen rules',
  request: z.strictObject({ code: codeGivenShape }),
  value: z.object({
    ...seen,
    ...frozen,
    /** `over`, `stopped`: no new team can be opened. */
    campaignState: campaignStateShape,
  }),
  refusals: [refusal('unknown_team'), packetCode],
});

/** One team of the shopper, in a list. */
const ownTeamShape = z.object({
  code: teamCodeShape,
  campaignId: idShape,
  name: localizedShape,
  state: teamStateShape,
  isWithdrawn: z.boolean(),
  potFen: fenShape,
  size: z.int(),
  placesLeft: z.int(),
  openedAt: epochShape,
  gatherUntil: epochShape,
  splitAt: z.nullable(epochShape),
  openUntil: z.nullable(epochShape),
  /** His share; null until the split. */
  share: z.nullable(z.object({ fen: fenShape, state: shareStateShape, isLuckiest: z.boolean() })),
  /** The leader's coupon of a team that did not fill, fen; null: none. */
  consolationFen: z.nullable(fenShape),
  own: ownPlaceShape,
});
export type OwnTeam = z.output<typeof ownTeamShape>;

export const teamMine = read('team.mine', {
  who: 'shopper',
  summary: 'The shopper’s teams: those that gather and those with an unopened share first, then the newest; 50 at most',
  request: z.strictObject({}),
  value: z.object({
    now: epochShape,
    teams: z.array(ownTeamShape),
    /** For each campaign that runs: what he may still do. */
    campaigns: z.array(
      z.object({
        campaignId: idShape,
        /** Teams of others that he may still join today. */
        joinsLeft: z.int(),
        /** When they are counted anew. */
        joinsAgainAt: epochShape,
        /** The team of his that gathers; null: he may open or join one. */
        liveCode: z.nullable(teamCodeShape),
      }),
    ),
  }),
});

/** Why nobody can open a team of this campaign, or why this person cannot be in one now. */
const openRefusals = [
  refusal('unknown_team_campaign'),
  refusal('team_campaign_not_open', { opensAt: epochShape }),
  refusal('team_campaign_over'),
  refusal('team_campaign_stopped'),
  /** It spends faster than planned: an operator looks at it. */
  refusal('team_campaign_paused'),
  /** What is left of the budget does not cover one pot. */
  refusal('team_budget_gone'),
  /** He is in a team of this campaign that still gathers. */
  refusal('other_live_team', { teamCode: teamCodeShape }),
] as const;

export const teamOpen = command('team.open', {
  who: 'verified',
  summary: 'Opens a team: its pot is reserved and the seed of its split is fixed; answered once per key',
  request: z.strictObject({
    key: keyShape,
    campaignId: idShape,
    /** He agrees that the others see his name; left out: they see its first character. */
    showName: z.optional(z.boolean()),
    ...rewardFields,
  }),
  value: z.object({ ...seen, own: ownPlaceShape, isReplay: z.boolean() }),
  refusals: [...openRefusals, ...rewardRefusals],
});

export const teamJoin = command('team.join', {
  who: 'verified',
  summary: 'Takes a place in a team; who is in it already gets the same answer again. The last place splits the pot',
  request: z.strictObject({ key: keyShape, code: codeGivenShape, showName: z.optional(z.boolean()), ...rewardFields }),
  value: z.object({ ...seen, own: ownPlaceShape, isReplay: z.boolean() }),
  refusals: [
    refusal('unknown_team'),
    packetCode,
    refusal('own_team'),
    refusal('team_full'),
    /** It did not fill in time. */
    refusal('team_expired', { endedAt: epochShape }),
    refusal('other_live_team', { teamCode: teamCodeShape }),
    refusal('joins_used_up', { limit: z.int(), againAt: epochShape }),
    /** The shop took the campaign back. */
    refusal('team_campaign_stopped'),
    ...rewardRefusals,
  ],
});

export const teamOpenShare = command('team.openShare', {
  who: 'verified',
  summary: 'Opens the shopper’s own share: it becomes a coupon of his; again gives the same coupon',
  request: z.strictObject({ key: keyShape, teamId: idShape }),
  value: z.object({ ...seen, own: ownPlaceShape, coupon: ownCouponShape, isReplay: z.boolean() }),
  refusals: [
    refusal('unknown_team'),
    refusal('not_in_team'),
    refusal('team_not_split', { placesLeft: z.int() }),
    refusal('team_expired', { endedAt: epochShape }),
    refusal('share_lapsed', { endedAt: epochShape }),
    refusal('team_campaign_stopped'),
    /** A person has refused his reward. */
    rewardBlocked,
  ],
});

/* The room of one team on a socket. */

/**
 * Up, with an acknowledgement: the team whose picture this page shows from now on; null: none. First watch, then read
 * `team.room`: pictures that come in between have their version.
 */
export const teamWatch = {
  event: 'team:watch',
  request: z.strictObject({ code: z.nullable(teamCodeShape) }),
  reply: z.object({ watching: z.boolean() }),
} as const;

/** Down, to everybody who watches this team: the whole picture. */
export const teamChanged = { event: 'team:changed', payload: teamRoomShape } as const;
