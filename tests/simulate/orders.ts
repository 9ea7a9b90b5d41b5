import { REVIEW_MS, reviewOf } from '../../lib/domain/risk/order-review.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import type { Controls } from './controls.ts';
import { join } from './counters.ts';
import type { Mechanic, Person } from './people.ts';
import { REVIEW, type Review } from './review.ts';

/** A paid order with rewards of these campaigns. */
export type PaidOrder = {
  readonly person: Person;
  readonly isFarmed: boolean;
  readonly mechanics: readonly Mechanic[];
  readonly fen: number;
  /** When it was paid, ms from the beginning. */
  readonly at: number;
  /** Said once, with the moment: the order is packed, or it was sent back with the money. @returns what is ordered then */
  readonly end: (isKept: boolean, at: number) => readonly PaidOrder[];
};

type Group = { readonly key: string; readonly orders: readonly PaidOrder[] };

const ROUND_MS = DAY_MS / 2;

/**
 * Paid orders with rewards, one after the other as they are paid: those that the shop's own rule holds wait for the
 * same people who review rewards, in what these have left of their day; one decision for a payer's or a place's group.
 */
export class OrderReview {
  private readonly controls: Controls;
  private readonly rewards: Review;
  private readonly random: () => number;
  private readonly people = new Map<string, Set<number>>();
  private readonly refusedGroups = new Set<string>();
  /** Whose unused rewards went with a refused group. */
  private readonly refusedPeople = new Set<string>();
  private readonly freedGroups = new Set<string>();
  private queue: Group[] = [];
  /** What farms order once they know how it went, by moment. */
  private following: PaidOrder[] = [];
  private round = 0;
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

  constructor(controls: Controls, rewards: Review, random: () => number) {
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
    const { person, mechanics, isFarmed, at } = order;
    const { counts } = this;
    const who = isFarmed ? 'farmed' : person.farm < 0 ? 'honest' : 'helpers';
    counts[who] += 1;
    const isRefused = mechanics.some((mechanic) => this.refusedPeople.has(`${mechanic}${person.id}`));
    const key = isRefused ? null : mechanics.map((one) => this.groupOf(person, one)).find((one) => one !== null);
    if (!key) {
      this.finish(order, !isRefused, at);
      return;
    }
    counts[`${who}Held`] += 1;
    const known = this.queue.findIndex((group) => group.key === key);
    const orders = [...(this.queue[known]?.orders ?? []), order];
    if (known < 0) this.queue.push({ key, orders });
    else this.queue[known] = { key, orders };
  }

  /** The group with which an order with a reward of this campaign is held; counts its person from now on. */
  private groupOf(person: Person, mechanic: Mechanic): string | null {
    const { orders } = this.controls;
    const payer = `${mechanic} payer ${person.payer}`;
    const address = `${mechanic} address ${person.place}`;
    const others = { payer: this.othersOf(payer, person), phone: null, address: this.othersOf(address, person) };
    const found = orders && reviewOf(others, orders);
    for (const key of [payer, address]) join(this.people, key, person.id);
    return found && (found.why === 'payer' ? payer : address);
  }

  private othersOf(key: string, { id }: Person): number | null {
    if (this.freedGroups.has(key)) return null;
    const known = this.people.get(key);
    return known === undefined ? 0 : known.size - (known.has(id) ? 1 : 0);
  }

  /** Half a day's work: largest groups first; what has waited for a day is free. */
  private review(now: number): void {
    const left = this.controls.review ? Math.max(0, REVIEW.groupsPerDay / 2 - this.rewards.lookedAt(this.round)) : 0;
    this.round += 1;
    const byWeight = this.queue.sort((a, b) => b.orders.length - a.orders.length);
    this.queue = [];
    for (const group of byWeight.slice(0, left)) this.decide(group, now);
    for (const { key, orders } of byWeight.slice(left)) {
      const waiting = orders.filter(({ at }) => at + REVIEW_MS > now);
      this.counts.unseen += orders.length - waiting.length;
      for (const order of orders) if (order.at + REVIEW_MS <= now) this.finish(order, true, now);
      if (waiting.length > 0) this.queue.push({ key, orders: waiting });
    }
  }

  private decide({ key, orders }: Group, now: number): void {
    this.counts.groups += 1;
    const isFarmed = orders.some((one) => one.isFarmed);
    const size = this.controls.seesAllPeople ? (this.people.get(key)?.size ?? 0) : orders.length;
    const sees = size >= REVIEW.groupFrom ? REVIEW.seesGroup : REVIEW.seesSingle;
    const isRefused = this.refusedGroups.has(key) || this.random() < (isFarmed ? sees : REVIEW.wrong);
    if (isRefused) {
      this.refusedGroups.add(key);
      const mechanic = key.slice(0, key.indexOf(' '));
      for (const { person } of orders) this.refusedPeople.add(`${mechanic}${person.id}`);
    } else if (this.controls.freesForGood) this.freedGroups.add(key);
    else this.people.delete(key);
    for (const order of orders) this.finish(order, !isRefused, now);
  }
}
