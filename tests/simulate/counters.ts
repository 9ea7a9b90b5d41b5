import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';

/** How many different people were at each place within the hour and the day, by whole hours and days. */
export class Crowds {
  private readonly hours = new Map<number, Set<number>>();
  private readonly days = new Map<number, Set<number>>();
  private hour = -1;
  private day = -1;

  /** Counts a person who is there now, and says how many there are. Moments do not go back. */
  come(place: number, person: number, at: number): { hour: number; day: number } {
    if (Math.floor(at / HOUR_MS) !== this.hour) {
      this.hour = Math.floor(at / HOUR_MS);
      this.hours.clear();
    }
    if (Math.floor(at / DAY_MS) !== this.day) {
      this.day = Math.floor(at / DAY_MS);
      this.days.clear();
    }
    return { hour: join(this.hours, place, person), day: join(this.days, place, person) };
  }
}

/** Adds to a group, and says how many it has. */
export function join<G>(groups: Map<G, Set<number>>, group: G, one: number): number {
  const known = groups.get(group);
  if (known) return known.add(one).size;
  groups.set(group, new Set([one]));
  return 1;
}

/** Neighbours of a person that are looked at; who has more is no ring. */
const NEIGHBOURS_MAX = 24;

const NOBODY: ReadonlySet<number> = new Set();

/** Who helped whom, in either direction. */
export class Ties {
  private readonly of = new Map<number, Set<number>>();

  tie(a: number, b: number): void {
    join(this.of, a, b);
    join(this.of, b, a);
  }

  /** Whom he helped, and who helped him. */
  near(person: number): ReadonlySet<number> {
    return this.of.get(person) ?? NOBODY;
  }

  /**
   * A person's circle, himself counted, and the pairs of it that are tied, his own counted. Who shares his device or his
   * payer is he himself as far as ties go, and of his circle too, as the shop counts it (server/risk/read-books.ts).
   */
  circle(person: number, selves: Iterable<number>): { people: number; ties: number } {
    const near = new Set<number>(this.of.get(person));
    for (const self of selves) {
      near.add(self);
      for (const other of this.of.get(self) ?? []) near.add(other);
    }
    near.delete(person);
    const others = [...near].slice(0, NEIGHBOURS_MAX);
    let ties = others.length;
    for (let a = 0; a < others.length; a += 1) {
      const known = this.of.get(others[a] as number);
      for (let b = a + 1; b < others.length; b += 1) if (known?.has(others[b] as number)) ties += 1;
    }
    return { people: others.length + 1, ties };
  }
}
