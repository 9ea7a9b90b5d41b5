import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';
import type { Reward } from './shop.ts';

/** How people look at what is held: docs/fraud.md. */
export const REVIEW = {
  /** Two people, two hundred groups each. */
  groupsPerDay: 400,
  /** Of farmed groups, by how many people share the key. */
  seesGroup: 0.92,
  seesSingle: 0.5,
  /** Of honest ones, refused by mistake. */
  wrong: 0.01,
  groupFrom: 4,
} as const;

type Held = {
  readonly reward: Reward;
  readonly at: number;
  readonly device: number;
  readonly isFarmed: boolean;
  readonly score: number;
};

/** The queue of what is held: once a day, the largest groups first; what nobody came to is freed by time. */
export class Review {
  private queue: Held[] = [];
  private readonly marked = new Set<number>();
  private next = 12 * HOUR_MS;
  private readonly random: () => number;
  /** Groups that were looked at, by half days. */
  private readonly looked: number[] = [];
  refused = 0;
  wronglyRefused = 0;
  unseen = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  isMarked(device: number): boolean {
    return this.marked.has(device);
  }

  add(held: Held): void {
    this.queue.push(held);
  }

  /** What the reviewers do up to `at`. */
  work(at: number): void {
    while (this.next <= at) {
      this.next += DAY_MS / 2;
      this.round();
    }
  }

  /** How many groups of rewards were looked at in this half day, the first one being 0. */
  lookedAt(round: number): number {
    return this.looked[round] ?? 0;
  }

  private round(): void {
    const groups = new Map<number, Held[]>();
    let single = -2;
    for (const one of this.queue) {
      const key = one.device >= 0 ? one.device : single--;
      const known = groups.get(key);
      if (known) known.push(one);
      else groups.set(key, [one]);
    }
    this.queue = [];
    const byWeight = [...groups].sort(([, a], [, b]) => b.length - a.length || (b[0]?.score ?? 0) - (a[0]?.score ?? 0));
    this.looked.push(Math.min(byWeight.length, REVIEW.groupsPerDay / 2));
    byWeight.forEach(([device, held], place) => {
      if (place >= REVIEW.groupsPerDay / 2) {
        this.unseen += held.length;
        return;
      }
      const isFarmed = held.some((one) => one.isFarmed);
      const sees = held.length >= REVIEW.groupFrom ? REVIEW.seesGroup : REVIEW.seesSingle;
      if (this.random() >= (isFarmed ? sees : REVIEW.wrong)) {
        for (const { reward, at } of held) reward.usableAt = Math.min(reward.usableAt, at + DAY_MS / 2);
        return;
      }
      if (device >= 0) this.marked.add(device);
      for (const { reward } of held) reward.usableAt = Number.POSITIVE_INFINITY;
      if (isFarmed) this.refused += held.length;
      else this.wronglyRefused += held.length;
    });
  }
}
