import { REVIEW_MS, reviewOf } from '../../lib/domain/risk/order-review.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import type { Controls } from './controls.ts';
import type { Ties } from './counters.ts';
import { type Group, Groups } from './groups.ts';
import type { Mechanic, Person } from './people.ts';
import { REVIEW, type Review } from './review.ts';

/** A paid order with rewards of these campaigns. */
export type PaidOrder = {
  readonly person: Person;
  readonly isFarmed: boolean;
  /** What rewards of each campaign take off it. */
  readonly fen: Partial<Record<Mechanic, number>>;
  /** So many people who have bought before were paid to help him besides. */
  readonly mixed: number;
  /** When it was paid, ms from the beginning. */
  readonly at: number;
  /** Said once, with the moment: the order is packed, or it was sent back with the money. @returns what is ordered then */
  readonly end: (isKept: boolean, at: number) => readonly PaidOrder[];
};

type Waiting = {
  readonly mechanic: Mechanic;
  readonly group: Group;
  readonly orders: readonly PaidOrder[];
};
type Found = { readonly mechanic: Mechanic; readonly group: Group };

const MECHANICS = ['team', 'packet'] as const;

const ROUND_MS = DAY_MS / 2;

/**
 * Paid orders with rewards, one after the other as they are paid: those that the shop's own rule holds wait for the
 * same people who review rewards, in what these have left of their day; one decision for a payer's or a place's group.
 */
export class OrderReview {
  private readonly controls: Controls;
  private readonly rewards: Review;
  private readonly random: () => number;
  private readonly groups: Groups | null;
  private readonly refusedKeys = new Set<string>();
  /** Whose unused rewards went with a refused group. */
  private readonly refusedPeople = new Set<string>();
  private readonly freedKeys = new Set<string>();
  private queue: Waiting[] = [];
  /** What farms order once they know how it went, by moment. */
  private following: PaidOrder[] = [];
  private round = 0;
  /** How long honest orders waited, ms each. */
  readonly waits: number[] = [];
  readonly counts = {
    honest: 0,
    honestHeld: 0,
    helpers: 0,
    helpersHeld: 0,
    farmed: 0,
    farmedHeld: 0,
    groups: 0,
    unseen: 0,
  };

  constructor(
    controls: Controls,
    rewards: Review,
    { ties, hasHistory }: { readonly ties: Ties; readonly hasHistory: (person: number) => boolean },
    random: () => number,
  ) {
    const { orders: limits, isLinked } = controls;
    this.groups = limits && new Groups({ isLinked, limits }, ties, hasHistory);
    this.controls = controls;
    this.rewards = rewards;
    this.random = random;
  }

  /** All orders of a campaign, in any order, and those that follow from how they end; answers when all have ended. */
  run(orders: readonly PaidOrder[]): void {
    for (const order of [...orders].sort((a, b) => a.at - b.at)) {
      this.passTo(order.at);
      this.take(order);
    }
    this.passTo(Number.POSITIVE_INFINITY);
  }

  /** Reviews and orders that follow from them, up to a moment. */
  private passTo(until: number): void {
    for (;;) {
      const [next] = this.following;
      const roundAt = 12 * HOUR_MS + this.round * ROUND_MS;
      const isReview = next === undefined || roundAt <= next.at;
      if (until === Number.POSITIVE_INFINITY && next === undefined && this.queue.length === 0) return;
      if ((isReview ? roundAt : next.at) > until) return;
      if (isReview) this.review(roundAt);
      else this.take(this.following.shift() as PaidOrder);
    }
  }

  private finish(order: PaidOrder, isKept: boolean, at: number): void {
    const following = order.end(isKept, at);
    if (following.length > 0) this.following = [...this.following, ...following].sort((a, b) => a.at - b.at);
  }

  private take(order: PaidOrder): void {
    const { person, fen, isFarmed, at } = order;
    const { counts } = this;
    const who = isFarmed ? 'farmed' : person.farm < 0 ? 'honest' : 'helpers';
    counts[who] += 1;
    const isRefused = MECHANICS.some((one) => fen[one] !== undefined && this.refusedPeople.has(`${one}${person.id}`));
    const found = isRefused ? null : this.groupOf(order);
    if (!found) {
      this.finish(order, !isRefused, at);
      return;
    }
    counts[`${who}Held`] += 1;
    const { mechanic, group } = found;
    const isSame = (one: Waiting) => [...group.keys].some((key) => one.group.keys.has(key));
    const known = this.queue.findIndex(isSame);
    const before = this.queue[known];
    if (!before) this.queue.push({ mechanic, group, orders: [order] });
    else this.queue[known] = { mechanic, group: joined(before.group, group), orders: [...before.orders, order] };
  }

  /** The group with which an order is held; counts its person from now on. */
  private groupOf({ person, fen, mixed }: PaidOrder): Found | null {
    const { orders, freesForGood } = this.controls;
    if (!orders || !this.groups) return null;
    const { group, factsOf } = this.groups.use(person, fen);
    const mechanic = MECHANICS.find((one) => {
      if (fen[one] === undefined) return false;
      const facts = factsOf(one);
      return reviewOf({ ...facts, known: facts.known + mixed }, orders) !== null;
    });
    if (!mechanic || (freesForGood && [...group.keys].some((key) => this.freedKeys.has(key)))) return null;
    return { mechanic, group };
  }

  /** Half a day's work: those where most is at stake first; what has waited for a day is free. */
  private review(now: number): void {
    const left = this.controls.review ? Math.max(0, REVIEW.groupsPerDay / 2 - this.rewards.lookedAt(this.round)) : 0;
    this.round += 1;
    // What has waited for a day has gone on already.
    const isDue = ({ at }: PaidOrder) => at + REVIEW_MS <= now;
    const due = this.queue.flatMap(({ orders }) => orders.filter(isDue));
    this.counts.unseen += due.length;
    for (const order of due) this.end(order, true, order.at + REVIEW_MS);
    const waiting = this.queue.map((one) => ({ ...one, orders: one.orders.filter((order) => !isDue(order)) }));
    const byWorth = waiting.filter(({ orders }) => orders.length > 0).sort((a, b) => worthOf(b) - worthOf(a));
    this.queue = byWorth.slice(left);
    for (const one of byWorth.slice(0, left)) this.decide(one, now);
  }

  private end(order: PaidOrder, isKept: boolean, at: number): void {
    if (order.person.farm < 0) this.waits.push(at - order.at);
    this.finish(order, isKept, at);
  }

  private decide({ mechanic, group, orders }: Waiting, now: number): void {
    const { sees, freesForGood } = this.controls;
    this.counts.groups += 1;
    const isFarmed = orders.some((one) => one.isFarmed);
    const size = sees === 'held' ? orders.length : (this.groups?.seen(group, sees === 'circle') ?? 0);
    const chance = size >= REVIEW.groupFrom ? REVIEW.seesGroup : REVIEW.seesSingle;
    const isKnown = [...group.keys].some((key) => this.refusedKeys.has(key));
    const isRefused = isKnown || this.random() < (isFarmed ? chance : REVIEW.wrong);
    if (isRefused) {
      for (const key of group.keys) this.refusedKeys.add(key);
      for (const { person } of orders) this.refusedPeople.add(`${mechanic}${person.id}`);
    } else if (freesForGood) for (const key of group.keys) this.freedKeys.add(key);
    else this.groups?.free(group);
    for (const order of orders) this.end(order, !isRefused, now);
  }
}

/** What rewards take off the orders of a group that are held. */
const worthOf = ({ orders }: Waiting): number =>
  orders.reduce((all, { fen }) => all + (fen.team ?? 0) + (fen.packet ?? 0), 0);

const joined = (a: Group, b: Group): Group => ({
  keys: new Set([...a.keys, ...b.keys]),
  people: new Set([...a.people, ...b.people]),
});
