import {
  type CampaignFacts,
  personKey,
  settleTeams,
  type TeamBooks,
  type TeamCommand,
  type TeamDecision,
  type TeamFacts,
} from '../../lib/domain/team/settle.ts';
import { chinaDay } from '../../lib/domain/team/team.ts';
import type { Random } from '../crowd/random.ts';
import { BEGINS_AT, TEAM } from './campaign.ts';

const FACTS: CampaignFacts = {
  campaign: TEAM,
  validFrom: TEAM.startsAt,
  isStopped: false,
  isPaused: false,
  isWithdrawn: false,
  leftFen: TEAM.budgetFen,
};
const CAMPAIGNS = new Map([[TEAM.id, FACTS]]);
const NOTHING = new Map<string, never>();
const NO_KEYS = new Set<string>();
/** A key is never used twice here. */
const KEY = '';

type Live = { readonly teamId: string; readonly code: string; readonly gatherUntil: number };
type Asked = { readonly kind: 'done'; readonly team: TeamFacts } | { readonly kind: 'refused'; readonly code: string };

/** The teams of one run, settled by the shop's own rules (`settleTeams`), one command at a time. */
export class Teams {
  private readonly teams = new Map<string, TeamFacts>();
  private readonly live = new Map<number, Live>();
  private readonly joins = new Map<number, { day: string; number: number }>();
  private readonly random: Random;
  private last = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** The team that this person leads and that still gathers; null: he has to open one. */
  gathering(person: number, at: number): TeamFacts | null {
    const live = this.live.get(person);
    const team = live && this.teams.get(live.teamId);
    if (!team || BEGINS_AT + at >= team.gatherUntil) return null;
    return team.members[0]?.shopperId === `${person}` ? team : null;
  }

  private settle(person: number, at: number, command: TeamCommand, team: TeamFacts | null): TeamDecision {
    const now = BEGINS_AT + at;
    const mine = this.live.get(person);
    const joins = this.joins.get(person);
    const books: TeamBooks = {
      now,
      campaigns: CAMPAIGNS,
      teams: team ? new Map([[team.id, team]]) : NOTHING,
      live: mine && now < mine.gatherUntil ? new Map([[personKey(`${person}`, TEAM.id), mine]]) : NOTHING,
      joinsToday:
        joins && joins.day === chinaDay(now) ? new Map([[personKey(`${person}`, TEAM.id), joins.number]]) : NOTHING,
      earlier: NOTHING,
      couponKeys: NO_KEYS,
    };
    const { decisions, changed } = settleTeams([command], books);
    for (const one of changed) this.keep(one);
    return decisions[0] as TeamDecision;
  }

  private keep(team: TeamFacts): void {
    const { id, code, gatherUntil, members, state } = team;
    if (state === 'over') this.teams.delete(id);
    else this.teams.set(id, team);
    const newest = members.at(-1);
    if (state === 'gathering' && newest) this.live.set(Number(newest.shopperId), { teamId: id, code, gatherUntil });
    else for (const { shopperId } of members) this.live.delete(Number(shopperId));
  }

  private answer(decision: TeamDecision, id: string): Asked {
    if (decision.kind === 'done') return { kind: 'done', team: this.teams.get(id) as TeamFacts };
    return { kind: 'refused', code: decision.kind === 'refused' ? decision.refusal.code : decision.kind };
  }

  open(person: number, at: number): Asked {
    this.last += 1;
    const id = `t${this.last}`;
    const seed = Array.from({ length: 8 }, () =>
      Math.floor(this.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    );
    const fresh = { teamId: id, code: id, seed: seed.join('') };
    const asked = { shopperId: `${person}`, key: KEY, campaignId: TEAM.id, name: null };
    return this.answer(this.settle(person, at, { kind: 'open', ...asked, fresh }, null), id);
  }

  join(person: number, at: number, team: TeamFacts): Asked {
    const command = { kind: 'join', shopperId: `${person}`, key: KEY, code: team.code, name: null } as const;
    const answer = this.answer(this.settle(person, at, command, team), team.id);
    const own = answer.kind === 'done' ? answer.team.members.find((one) => one.shopperId === `${person}`) : null;
    if (own?.dayNumber) this.joins.set(person, own.dayNumber);
    return answer;
  }

  /** Opens a share. @returns what it is worth, fen; 0 where it cannot be opened */
  openShare(person: number, at: number, teamId: string): number {
    const team = this.teams.get(teamId);
    if (!team) return 0;
    const share = team.members.find((one) => one.shopperId === `${person}`)?.share ?? null;
    const command = { kind: 'openShare', shopperId: `${person}`, key: KEY, teamId, couponId: '' } as const;
    return this.settle(person, at, command, team).kind === 'done' ? (share?.fen ?? 0) : 0;
  }
}
