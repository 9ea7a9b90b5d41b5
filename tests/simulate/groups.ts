import type { ReviewFacts, ReviewLimits } from '../../lib/domain/risk/order-review.ts';
import { join, type Ties } from './counters.ts';
import type { Mechanic, Person } from './people.ts';

/** A group of people as reviewers see it. */
export type Group = {
  /** What its people have in common, by payers and doors. */
  readonly keys: ReadonlySet<string>;
  /** All of its people who used rewards of the campaign, whether their orders have gone out or not. */
  readonly people: ReadonlySet<number>;
};

export type GroupControls = {
  /** Payers and doors are linked into one group; false: each is one by itself. */
  readonly isLinked: boolean;
  readonly limits: ReviewLimits;
};

/** Who used rewards of each campaign, what they have in common, and how much they took. */
export class Groups {
  private readonly peopleOf = new Map<string, Set<number>>();
  private readonly keysOf = new Map<number, Set<string>>();
  private readonly usedFen = new Map<number, number>();
  private readonly newcomers = new Set<number>();
  /** A person has said that these are fine; they are not counted any more. */
  private readonly freed = new Set<number>();
  private readonly ties: Ties;
  private readonly hasHistory: (person: number) => boolean;
  private readonly controls: GroupControls;

  constructor(controls: GroupControls, ties: Ties, hasHistory: (person: number) => boolean) {
    this.controls = controls;
    this.ties = ties;
    this.hasHistory = hasHistory;
  }

  /** Writes down that somebody used rewards on an order, and says what is known of him and his group then. */
  use(
    person: Person,
    fen: Partial<Record<Mechanic, number>>,
  ): { readonly group: Group; readonly factsOf: (mechanic: Mechanic) => ReviewFacts } {
    const { id } = person;
    const keys = [`payer ${person.payer}`, `place ${person.place}`] as const;
    for (const [mechanic, used] of Object.entries(fen)) {
      for (const key of keys) join(this.peopleOf, `${mechanic} ${key}`, id);
      this.usedFen.set(id, (this.usedFen.get(id) ?? 0) + used);
    }
    for (const key of keys) {
      join(this.peopleOf, key, id);
      const known = this.keysOf.get(id);
      if (known) known.add(key);
      else this.keysOf.set(id, new Set([key]));
    }
    if (!person.hasHistory) this.newcomers.add(id);
    const group = this.around(id, keys);
    const all = [...group.people];
    const fenOf = (of: readonly number[]) => of.reduce((sum, one) => sum + (this.usedFen.get(one) ?? 0), 0);
    const facts = {
      isNewcomer: !person.hasHistory,
      people: all.length,
      newcomersFen: fenOf(all.filter((one) => this.newcomers.has(one))),
      groupFen: fenOf(all),
      known: [...this.ties.near(id)].filter((one) => this.hasHistory(one)).length,
    };
    const byPayer = (mechanic: Mechanic) => this.counted(this.peopleOf.get(`${mechanic} ${keys[0]}`) ?? [], id).length;
    return { group, factsOf: (mechanic) => ({ ...facts, byPayer: byPayer(mechanic) }) };
  }

  private counted(people: Iterable<number>, but: number): number[] {
    return [...people].filter((one) => one !== but && !this.freed.has(one));
  }

  /** Who pays or lives with him, and once more of all these; a place of many people links nobody. */
  private around(id: number, own: readonly string[]): Group {
    const keys = new Set(own);
    const people = new Set([id]);
    const isLink = (key: string) =>
      key.startsWith('payer') || (this.peopleOf.get(key)?.size ?? 0) <= this.controls.limits.perPlace;
    const add = (key: string) => {
      if (isLink(key)) for (const one of this.peopleOf.get(key) ?? []) people.add(one);
    };
    for (const key of own) add(key);
    if (this.controls.isLinked) {
      for (const one of [...people]) for (const key of this.keysOf.get(one) ?? []) keys.add(key);
      for (const key of keys) add(key);
    }
    return { keys, people };
  }

  /** A person has said that these are fine: they are not counted any more, nor what they took. */
  free(group: Group): void {
    for (const one of group.people) {
      this.freed.add(one);
      this.usedFen.delete(one);
    }
  }

  /** How many people are seen together: the group, and newcomers of their circles. */
  seen(group: Group, withCircle: boolean): number {
    if (!withCircle) return group.people.size;
    const all = new Set(group.people);
    for (const one of group.people) {
      for (const other of this.ties.near(one)) if (!this.hasHistory(other)) all.add(other);
    }
    return all.size;
  }
}
