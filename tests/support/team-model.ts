/*
 * The team packet as its design tells it, small enough to be believed: no tables, no batches, no worker. Amounts in fen,
 * times in days: the model's days pass when it is told so.
 */

export type ModelRules = {
  readonly potFen: number;
  readonly size: number;
  /** Whole days that a team may gather, and that shares may be opened. */
  readonly gatherDays: number;
  readonly openDays: number;
  readonly joinsPerDay: number;
  readonly consolationFen: number;
  readonly budgetFen: number;
};

type Member = { readonly who: string; share: 'none' | 'closed' | 'opened' | 'lapsed' };
export type ModelTeam = {
  readonly openedOn: number;
  splitOn: number | null;
  readonly members: Member[];
  /** What the members were told that their shares are. */
  readonly fens: Map<string, number>;
};

/** What may be answered: `ok`, `again` (as before), or any of the reasons that hold. */
export type Allowed = { readonly codes: ReadonlySet<string>; readonly commit: () => void };

export class TeamModel {
  readonly teams: ModelTeam[] = [];
  readonly rules: ModelRules;
  today = 0;
  private readonly joins = new Map<string, number>();

  constructor(rules: ModelRules) {
    this.rules = rules;
  }

  stateOf(team: ModelTeam): 'gathering' | 'failed' | 'split' | 'over' {
    const { gatherDays, openDays } = this.rules;
    if (team.splitOn === null) return this.today < team.openedOn + gatherDays ? 'gathering' : 'failed';
    const isOpen = this.today < team.splitOn + openDays && team.members.some(({ share }) => share === 'closed');
    return isOpen ? 'split' : 'over';
  }

  shareOf(team: ModelTeam, member: Member) {
    if (member.share !== 'closed' || team.splitOn === null) return member.share;
    return this.today < team.splitOn + this.rules.openDays ? 'closed' : 'lapsed';
  }

  /** What a team holds of the budget once everything that is due has been booked. */
  heldBy(team: ModelTeam): number {
    const { potFen, consolationFen } = this.rules;
    const state = this.stateOf(team);
    if (state === 'gathering') return potFen;
    if (state === 'failed') return consolationFen;
    const lapsed = team.members.filter((member) => this.shareOf(team, member) === 'lapsed');
    // Amounts of shares that nobody opened are told by the picture of the room, not by the model.
    return potFen - lapsed.reduce((sum, { who }) => sum + (team.fens.get(who) ?? 0), 0);
  }

  leftFen(): number {
    return this.rules.budgetFen - this.teams.reduce((sum, team) => sum + this.heldBy(team), 0);
  }

  liveOf(who: string): ModelTeam | undefined {
    return this.teams.find(
      (team) => this.stateOf(team) === 'gathering' && team.members.some((member) => member.who === who),
    );
  }

  open(who: string): Allowed {
    const reasons = new Set<string>();
    if (this.liveOf(who)) reasons.add('other_live_team');
    if (this.leftFen() < this.rules.potFen) reasons.add('team_budget_gone');
    if (reasons.size > 0) return { codes: reasons, commit: () => {} };
    return {
      codes: new Set(['ok']),
      commit: () =>
        void this.teams.push({
          openedOn: this.today,
          splitOn: null,
          members: [{ who, share: 'none' }],
          fens: new Map(),
        }),
    };
  }

  join(who: string, team: ModelTeam): Allowed {
    const nothing = () => {};
    const place = team.members.findIndex((member) => member.who === who);
    if (place === 0) return { codes: new Set(['own_team']), commit: nothing };
    if (place > 0) return { codes: new Set(['again']), commit: nothing };
    const state = this.stateOf(team);
    if (state === 'failed') return { codes: new Set(['team_expired']), commit: nothing };
    if (state !== 'gathering') return { codes: new Set(['team_full']), commit: nothing };
    const reasons = new Set<string>();
    if (this.liveOf(who)) reasons.add('other_live_team');
    const day = `${who}|${this.today}`;
    if ((this.joins.get(day) ?? 0) >= this.rules.joinsPerDay) reasons.add('joins_used_up');
    if (reasons.size > 0) return { codes: reasons, commit: nothing };
    return {
      codes: new Set(['ok']),
      commit: () => {
        this.joins.set(day, (this.joins.get(day) ?? 0) + 1);
        team.members.push({ who, share: 'none' });
        if (team.members.length < this.rules.size) return;
        team.splitOn = this.today;
        for (const member of team.members) member.share = 'closed';
      },
    };
  }

  openShare(who: string, team: ModelTeam): Allowed {
    const nothing = () => {};
    const member = team.members.find((one) => one.who === who);
    if (!member) return { codes: new Set(['not_in_team']), commit: nothing };
    if (member.share === 'opened') return { codes: new Set(['again']), commit: nothing };
    const state = this.stateOf(team);
    if (state === 'gathering') return { codes: new Set(['team_not_split']), commit: nothing };
    if (state === 'failed') return { codes: new Set(['team_expired']), commit: nothing };
    if (this.shareOf(team, member) === 'lapsed') return { codes: new Set(['share_lapsed']), commit: nothing };
    return {
      codes: new Set(['ok']),
      commit: () => {
        member.share = 'opened';
      },
    };
  }
}
