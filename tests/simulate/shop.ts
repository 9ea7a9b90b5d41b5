import { decideRisk, type RiskDecision } from '../../lib/domain/risk/decide.ts';
import { HOLD_MS } from '../../lib/domain/risk/risk.ts';
import { riskSignals } from '../../lib/domain/risk/signals.ts';
import { MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import { BEGINS_AT } from './campaign.ts';
import type { Controls } from './controls.ts';
import { Crowds, join, Ties } from './counters.ts';
import { Packets } from './packets.ts';
import type { Mechanic, Person } from './people.ts';
import { Review } from './review.ts';
import { Teams } from './teams.ts';

/** One request for a reward, as the door sees it. */
export type Asking = {
  readonly person: Person;
  readonly at: number;
  readonly cluster: number;
  readonly mechanic: Mechanic;
  readonly invitation: { readonly openedAfterMs: number; readonly stayedMs: number } | null;
  readonly rhythm: number;
  readonly hasWorked: boolean;
  /** He can type the code that is sent to his phone. */
  readonly takesCode: boolean;
};

/** A reward that was made: one coupon. Its worth grows while it is a packet. */
export type Reward = {
  readonly person: number;
  readonly mechanic: Mechanic;
  fen: number;
  /** From when on it can be used, ms from the beginning; infinite: refused in review. */
  usableAt: number;
};

export type Verdict = { readonly isGiven: boolean; readonly decision: RiskDecision };

/** Honest requests, and what became of them. */
export type Tally = { asked: number; refused: number; challenged: number; held: number; heldOverDay: number };

const PASS_MS = 30 * MINUTE_MS;
const TAPS = 7;
const SELVES_MAX = 60;

/** The shop of one run: counts what it sees, decides by its own rules, and keeps what it gave. */
export class Shop {
  readonly teams: Teams;
  readonly packets: Packets;
  readonly ties = new Ties();
  readonly rewards: Reward[] = [];
  readonly review: Review;
  private readonly controls: Controls;
  private readonly crowds = new Crowds();
  private readonly rewarded = new Map<string, number>();
  private readonly byDevice = new Map<number, Set<number>>();
  private readonly payers = new Map<number, Set<number>>();
  private readonly passUntil = new Map<number, number>();

  constructor(controls: Controls, random: () => number) {
    this.controls = controls;
    this.teams = new Teams(random);
    this.packets = new Packets(controls.phone);
    this.review = new Review(random);
  }

  /** Packets are worth now what they have grown to. */
  grow(): void {
    for (const reward of this.rewards) {
      if (reward.mechanic === 'packet') reward.fen = this.packets.worth(reward.person);
    }
  }

  /** A person has paid an order by this account: from now on it is known. */
  paid(person: Person): void {
    join(this.payers, person.payer, person.id);
  }

  /** Others who took rewards by his device, or pay by the account that he has paid by. */
  private selvesOf(person: Person): number[] {
    const payers = this.payers.get(person.payer);
    return [...(this.byDevice.get(person.device) ?? []), ...(payers?.has(person.id) ? payers : [])].slice(
      0,
      SELVES_MAX,
    );
  }

  private decide(asking: Asking, madeAt: number, hour: number, day: number): RiskDecision {
    const { person, at, mechanic, invitation, rhythm, hasWorked } = asking;
    const { limits, rules } = this.controls;
    const now = BEGINS_AT + at;
    const { people, ties } = this.ties.circle(person.id, this.selvesOf(person));
    const devicePeople = person.device < 0 ? null : others(this.byDevice.get(person.device), person.id);
    const known = this.payers.get(person.payer);
    const payoutPeople = known?.has(person.id) ? known.size : 0;
    const signals = riskSignals({
      now,
      accountMadeAt: BEGINS_AT + madeAt,
      isPhoneVerified: true,
      deviceSeenAt: person.device < 0 ? null : now,
      devicePeople: (devicePeople ?? -1) + 1,
      addressHour: hour,
      addressDay: day,
      payoutPeople,
      circlePeople: people,
      circleTies: ties,
      sharedAt: invitation && now - invitation.openedAfterMs - invitation.stayedMs,
      openedAt: invitation && now - invitation.stayedMs,
      taps: taps(now, rhythm),
      hasWorked,
    });
    return decideRisk({
      signals,
      limits,
      rules,
      counts: {
        person: this.rewarded.get(`${mechanic}${person.id}`) ?? 0,
        device: has(this.byDevice, person.device, person.id) ? null : devicePeople,
        payout: payoutPeople > 0 ? payoutPeople - 1 : null,
        address: day,
      },
      mode: 'strict',
      isGateClosed: false,
      hasPass: (this.passUntil.get(person.id) ?? -1) > at,
      isExempt: false,
      isMarked: this.review.isMarked(person.device),
    });
  }

  /** Decides; who is asked for a code and can type it asks again. */
  ask(asking: Asking, madeAt: number): Verdict & { readonly codes: number } {
    const { hour, day } = this.crowds.come(asking.cluster, asking.person.id, asking.at);
    const first = this.decide(asking, madeAt, hour, day);
    if (first.action === 'challenge' && this.controls.code) {
      if (!asking.takesCode) return { isGiven: false, decision: first, codes: 1 };
      this.passUntil.set(asking.person.id, asking.at + PASS_MS);
      const second = this.decide(asking, madeAt, hour, day);
      return { isGiven: second.action !== 'refuse', decision: second, codes: 1 };
    }
    return { isGiven: first.action !== 'refuse', decision: first, codes: 0 };
  }

  /** Writes a reward down; one that is held waits for its review. */
  give({ person, at, mechanic }: Asking, fen: number, { action, score }: RiskDecision): Reward {
    const key = `${mechanic}${person.id}`;
    this.rewarded.set(key, (this.rewarded.get(key) ?? 0) + 1);
    if (person.device >= 0) join(this.byDevice, person.device, person.id);
    const reward: Reward = { person: person.id, mechanic, fen, usableAt: at };
    if (action === 'hold') {
      reward.usableAt = at + HOLD_MS;
      if (this.controls.review)
        this.review.add({ reward, at, device: person.device, isFarmed: person.farm >= 0, score });
      else reward.usableAt = at;
    }
    this.rewards.push(reward);
    return reward;
  }
}

function has(groups: Map<number, Set<number>>, group: number, one: number): boolean {
  return group >= 0 && (groups.get(group)?.has(one) ?? false);
}

const others = (group: Set<number> | undefined, one: number): number =>
  group === undefined ? 0 : group.size - (group.has(one) ? 1 : 0);

/** Taps whose pauses scatter by `rhythm` around one second. */
function taps(now: number, rhythm: number): number[] {
  const at: number[] = [now];
  for (let n = 1; n < TAPS; n += 1) {
    const pause = SECOND_MS * Math.max(0.05, n % 2 === 0 ? 1 + rhythm : 1 - rhythm);
    at.unshift((at[0] as number) - pause);
  }
  return at;
}
