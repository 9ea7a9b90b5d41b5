import type { CouponHold } from '../promo/coupon.ts';
import { splitPot } from './split.ts';
import {
  chinaDay,
  gatherUntilOf,
  nextChinaDayAt,
  openUntilOf,
  type ShareState,
  type TeamCampaign,
  type TeamState,
  teamStateAt,
} from './team.ts';

/** What a new team is made of; by the server, before it is known whether there will be one. */
export type FreshTeam = { readonly teamId: string; readonly code: string; readonly seed: string };

/** `name`: what others see of it (`shownName`). `couponId`: of the coupon that there will be if the share is opened. */
export type TeamCommand = { readonly shopperId: string; readonly key: string } & (
  | { readonly kind: 'open'; readonly campaignId: string; readonly name: string | null; readonly fresh: FreshTeam }
  | { readonly kind: 'join'; readonly code: string; readonly name: string | null }
  | {
      readonly kind: 'openShare';
      readonly teamId: string;
      readonly couponId: string;
      /** The coupon is reviewed first; null or left out: it is not. */
      readonly hold?: CouponHold | null;
    }
);

/** What the database says of a campaign, read under its locks. */
export type CampaignFacts = {
  readonly campaign: TeamCampaign;
  /** From when it is in force; null: it waits for a second person. */
  readonly validFrom: number | null;
  readonly isStopped: boolean;
  /** It spends too fast, and waits for an operator. */
  readonly isPaused: boolean;
  /** Stopped, and its teams and unopened shares taken back too. */
  readonly isWithdrawn: boolean;
  readonly leftFen: number;
};

export type MemberFacts = {
  readonly shopperId: string;
  readonly place: number;
  /** The key of his opening or joining. */
  readonly key: string;
  /** What others see of his name; null: he has none. */
  readonly name: string | null;
  readonly joinedAt: number;
  /** The day of his joining, and which of his joins of that day it is, from 1; null for a leader. */
  readonly dayNumber: { readonly day: string; readonly number: number } | null;
  readonly share: { readonly fen: number; readonly state: ShareState } | null;
  /** What the share became; for a leader whose team failed, his consolation. */
  readonly couponId: string | null;
};

export type TeamFacts = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly version: number;
  readonly state: TeamState;
  readonly seed: string;
  readonly openedAt: number;
  readonly gatherUntil: number;
  readonly splitAt: number | null;
  readonly openUntil: number | null;
  /** By place. */
  readonly members: readonly MemberFacts[];
};

export type TeamBooks = {
  /** Database clock, epoch ms. */
  readonly now: number;
  readonly campaigns: ReadonlyMap<string, CampaignFacts>;
  readonly teams: ReadonlyMap<string, TeamFacts>;
  /** `personKey` → the team of this campaign that is written down as gathering with this person in it. */
  readonly live: ReadonlyMap<string, { readonly teamId: string; readonly code: string; readonly gatherUntil: number }>;
  /** `personKey` → teams that the person has joined today, in China. */
  readonly joinsToday: ReadonlyMap<string, number>;
  /** `${shopperId}|${key}` → the team that this key opened or joined. */
  readonly earlier: ReadonlyMap<string, string>;
  /** `${shopperId}|${key}` of keys that have made a coupon. */
  readonly couponKeys: ReadonlySet<string>;
};

export type TeamRefusal =
  | {
      readonly code:
        | 'unknown_team_campaign'
        | 'team_campaign_over'
        | 'team_campaign_stopped'
        | 'team_campaign_paused'
        | 'team_budget_gone'
        | 'unknown_team'
        | 'own_team'
        | 'team_full'
        | 'not_in_team';
    }
  | { readonly code: 'team_campaign_not_open'; readonly opensAt: number }
  | { readonly code: 'other_live_team'; readonly teamCode: string }
  | { readonly code: 'team_expired' | 'share_lapsed'; readonly endedAt: number }
  | { readonly code: 'joins_used_up'; readonly limit: number; readonly againAt: number }
  | { readonly code: 'team_not_split'; readonly placesLeft: number };

export type TeamDecision =
  | { readonly kind: 'done'; readonly teamId: string; readonly isReplay: boolean }
  | { readonly kind: 'key_reused' }
  /** A team of his is over by the clock and still written down as live: end it, then settle this command again. */
  | { readonly kind: 'end_first'; readonly teamId: string }
  | { readonly kind: 'refused'; readonly refusal: TeamRefusal };

export type Settled = {
  readonly decisions: readonly TeamDecision[];
  /** Every team that was opened, joined or had a share opened, as it is now; one version on. */
  readonly changed: readonly TeamFacts[];
  /** Shares that were opened: each becomes a coupon. */
  readonly opened: readonly {
    readonly teamId: string;
    readonly shopperId: string;
    readonly key: string;
    readonly couponId: string;
    readonly fen: number;
    readonly hold: CouponHold | null;
  }[];
};

export const personKey = (shopperId: string, campaignId: string) => `${shopperId}|${campaignId}`;

/** Why no team of this campaign can be opened by anybody now; null when one can. */
function closedBecause(facts: CampaignFacts | undefined, now: number): TeamRefusal | null {
  if (!facts || facts.validFrom === null) return { code: 'unknown_team_campaign' };
  if (facts.isStopped) return { code: 'team_campaign_stopped' };
  if (now >= facts.campaign.endsAt) return { code: 'team_campaign_over' };
  if (facts.isPaused) return { code: 'team_campaign_paused' };
  const opensAt = Math.max(facts.campaign.startsAt, facts.validFrom);
  return now < opensAt ? { code: 'team_campaign_not_open', opensAt } : null;
}

const newcomer = { dayNumber: null, share: null, couponId: null } as const;

/** The team with its pot shared out, and everybody's share closed. */
function splitTeam(team: TeamFacts, campaign: TeamCampaign, now: number): TeamFacts {
  const shares = splitPot(campaign, team.seed);
  const members = team.members.map((member, at): MemberFacts => {
    return { ...member, share: { fen: shares[at] as number, state: 'closed' } };
  });
  return { ...team, state: 'split', splitAt: now, openUntil: openUntilOf(campaign, now), members };
}

/**
 * Settles commands in the order of their arrival. Pure: the books are what was read under the locks; a later command of
 * the batch sees what an earlier one did. Who asks for what he has already is answered with it again.
 */
export function settleTeams(commands: readonly TeamCommand[], books: TeamBooks): Settled {
  const { now, campaigns } = books;
  const teams = new Map(books.teams);
  const idByCode = new Map([...books.teams.values()].map(({ id, code }) => [code, id]));
  const live = new Map(books.live);
  const joinsToday = new Map(books.joinsToday);
  const earlier = new Map(books.earlier);
  const couponKeys = new Set(books.couponKeys);
  const leftFen = new Map([...campaigns].map(([id, facts]) => [id, facts.leftFen]));
  const changed = new Set<string>();
  const opened: Settled['opened'][number][] = [];

  const refused = (refusal: TeamRefusal): TeamDecision => ({ kind: 'refused', refusal });
  const done = (teamId: string, isReplay = false): TeamDecision => ({ kind: 'done', teamId, isReplay });
  const write = (team: TeamFacts) => {
    // One step for the whole batch: it becomes visible as one.
    teams.set(team.id, { ...team, version: (books.teams.get(team.id)?.version ?? 0) + 1 });
    changed.add(team.id);
  };
  const placeOf = (team: TeamFacts, shopperId: string) => team.members.find((one) => one.shopperId === shopperId);

  /** Why this person cannot be in one more team of the campaign. */
  function otherTeam(shopperId: string, campaignId: string): TeamDecision | null {
    const other = live.get(personKey(shopperId, campaignId));
    if (!other) return null;
    return now < other.gatherUntil
      ? refused({ code: 'other_live_team', teamCode: other.code })
      : { kind: 'end_first', teamId: other.teamId };
  }

  function open(command: Extract<TeamCommand, { kind: 'open' }>): TeamDecision {
    const { shopperId, key, campaignId, name, fresh } = command;
    const before = teams.get(earlier.get(`${shopperId}|${key}`) ?? '');
    if (before) {
      const isHis = before.campaignId === campaignId && placeOf(before, shopperId)?.place === 1;
      return isHis ? done(before.id, true) : { kind: 'key_reused' };
    }
    const facts = campaigns.get(campaignId);
    const closed = closedBecause(facts, now);
    if (closed) return refused(closed);
    const { campaign } = facts as CampaignFacts;
    const other = otherTeam(shopperId, campaignId);
    if (other) return other;
    const left = leftFen.get(campaignId) ?? 0;
    if (left < campaign.potFen) return refused({ code: 'team_budget_gone' });
    leftFen.set(campaignId, left - campaign.potFen);
    const gatherUntil = gatherUntilOf(campaign, now);
    const { teamId, code, seed } = fresh;
    const leader: MemberFacts = { ...newcomer, shopperId, place: 1, key, name, joinedAt: now };
    const times = { openedAt: now, gatherUntil, splitAt: null, openUntil: null };
    write({ id: teamId, code, campaignId, version: 0, state: 'gathering', seed, ...times, members: [leader] });
    idByCode.set(code, teamId);
    earlier.set(`${shopperId}|${key}`, teamId);
    live.set(personKey(shopperId, campaignId), { teamId, code, gatherUntil });
    return done(teamId);
  }

  function join(command: Extract<TeamCommand, { kind: 'join' }>): TeamDecision {
    const { shopperId, key, code, name } = command;
    const team = teams.get(idByCode.get(code) ?? '');
    const usedFor = earlier.get(`${shopperId}|${key}`);
    if (usedFor !== undefined && usedFor !== team?.id) return { kind: 'key_reused' };
    const facts = team && campaigns.get(team.campaignId);
    if (!team || !facts) return refused({ code: 'unknown_team' });
    const own = placeOf(team, shopperId);
    if (own) return own.place === 1 ? refused({ code: 'own_team' }) : done(team.id, true);
    if (facts.isWithdrawn) return refused({ code: 'team_campaign_stopped' });
    const state = teamStateAt(team, now);
    if (state === 'failed') return refused({ code: 'team_expired', endedAt: team.gatherUntil });
    if (state !== 'gathering') return refused({ code: 'team_full' });
    const { campaign } = facts;
    const person = personKey(shopperId, team.campaignId);
    const other = otherTeam(shopperId, team.campaignId);
    if (other) return other;
    const limit = campaign.joinsPerDay;
    const number = (joinsToday.get(person) ?? 0) + 1;
    if (number > limit) return refused({ code: 'joins_used_up', limit, againAt: nextChinaDayAt(now) });
    const dayNumber = { day: chinaDay(now), number };
    const place = team.members.length + 1;
    const member: MemberFacts = { ...newcomer, shopperId, place, key, name, joinedAt: now, dayNumber };
    const joined = { ...team, members: [...team.members, member] };
    const isFull = place === campaign.size;
    write(isFull ? splitTeam(joined, campaign, now) : joined);
    joinsToday.set(person, number);
    earlier.set(`${shopperId}|${key}`, team.id);
    if (!isFull) live.set(person, { teamId: team.id, code, gatherUntil: team.gatherUntil });
    else for (const one of joined.members) live.delete(personKey(one.shopperId, team.campaignId));
    return done(team.id);
  }

  function openShare(command: Extract<TeamCommand, { kind: 'openShare' }>): TeamDecision {
    const { shopperId, key, teamId, couponId, hold } = command;
    const team = teams.get(teamId);
    const facts = team && campaigns.get(team.campaignId);
    if (!team || !facts) return refused({ code: 'unknown_team' });
    const own = placeOf(team, shopperId);
    if (!own) return refused({ code: 'not_in_team' });
    if (own.share?.state === 'opened') return done(team.id, true);
    if (facts.isWithdrawn) return refused({ code: 'team_campaign_stopped' });
    const state = teamStateAt(team, now);
    if (state === 'gathering') {
      return refused({ code: 'team_not_split', placesLeft: facts.campaign.size - team.members.length });
    }
    if (state === 'failed') return refused({ code: 'team_expired', endedAt: team.gatherUntil });
    if (state === 'over' || !own.share) return refused({ code: 'share_lapsed', endedAt: team.openUntil ?? now });
    if (couponKeys.has(`${shopperId}|${key}`)) return { kind: 'key_reused' };
    const { fen } = own.share;
    const members = team.members.map((one): MemberFacts => {
      return one === own ? { ...one, share: { fen, state: 'opened' }, couponId } : one;
    });
    write({ ...team, members, state: members.every(({ share }) => share?.state === 'opened') ? 'over' : 'split' });
    couponKeys.add(`${shopperId}|${key}`);
    opened.push({ teamId, shopperId, key, couponId, fen, hold: hold ?? null });
    return done(team.id);
  }

  const decisions = commands.map((command): TeamDecision => {
    if (command.kind === 'open') return open(command);
    return command.kind === 'join' ? join(command) : openShare(command);
  });
  return { decisions, changed: [...changed].map((id) => teams.get(id) as TeamFacts), opened };
}
