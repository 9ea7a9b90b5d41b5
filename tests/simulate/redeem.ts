import { HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import type { Random } from '../crowd/random.ts';
import type { Controls } from './controls.ts';
import { COSTS } from './costs.ts';
import type { Farm } from './farms.ts';
import { OrderReview, type PaidOrder } from './orders.ts';
import type { Mechanic, Person } from './people.ts';
import { REVIEW } from './review.ts';
import type { Shop } from './shop.ts';

/** What honest people and helpers do with what they have; docs/fraud.md. */
export const HABITS = {
  redeems: 0.5,
  keepsGoods: 0.93,
  opensShare: 0.9,
  takesOwn: 0.5,
  /** Turns away from a one-time code. */
  givesUpCode: 0.04,
  /** Phones on which the work does not get done. */
  noWork: 0.01,
  helperRedeems: 0.5,
} as const;

/** Payment accounts of a farm's own people, besides those it rents. */
const OWN_PAYERS = 2;

export type Redeemed = {
  readonly honestFen: number;
  /** By people who were paid for helping, who took what they wanted anyway. */
  readonly helpersFen: number;
  readonly farmedFen: ReadonlyMap<Farm, number>;
  /** Honest orders that were sent back. */
  readonly ordersRefused: number;
  readonly orders: OrderReview['counts'];
};

/** What a farm's account has of both campaigns, fen, and from when on. */
type Account = { readonly person: Person; readonly fen: Record<Mechanic, number>; usableAt: number };

/**
 * What becomes of the rewards: honest people redeem what they come to need; a farm redeems all that brings more than
 * it costs, sells the goods on, and rents payment accounts where one may not redeem for everybody.
 */
export function redeem(
  shop: Shop,
  people: readonly Person[],
  farms: readonly Farm[],
  controls: Controls,
  random: Random,
): Redeemed {
  const farmedFen = new Map<Farm, number>(farms.map((farm) => [farm, 0]));
  const accounts = new Map<Farm, Map<number, Account>>();
  const orders: PaidOrder[] = [];
  let [honestFen, helpersFen, ordersRefused] = [0, 0, 0];

  for (const { person: id, mechanic, fen, usableAt } of shop.rewards) {
    if (!Number.isFinite(usableAt)) continue;
    const person = people[id] as Person;
    const farm = farms[person.farm];
    if (farm && person.payer === farm.payer) {
      keep(accounts, farm, person, mechanic, fen, usableAt);
    } else if (random() < (farm ? HABITS.helperRedeems : HABITS.redeems)) {
      const at = usableAt - Math.log(1 - random()) * 20 * HOUR_MS + 5 * MINUTE_MS;
      const end = (isKept: boolean): PaidOrder[] => {
        if (!isKept) ordersRefused += farm ? 0 : 1;
        else if (random() < HABITS.keepsGoods) {
          if (farm) helpersFen += fen;
          else honestFen += fen;
        }
        return [];
      };
      orders.push({ person, isFarmed: false, mechanics: [mechanic], fen, at, end });
    }
  }
  for (const [farm, own] of accounts) {
    const took = (fen: number) => farmedFen.set(farm, (farmedFen.get(farm) ?? 0) + fen);
    orders.push(...new FarmOrders(farm, [...own.values()], controls, took).first());
  }
  const review = new OrderReview(controls, shop.review, random);
  review.run(orders);
  return { honestFen, helpersFen, farmedFen, ordersRefused, orders: review.counts };
}

function keep(
  accounts: Map<Farm, Map<number, Account>>,
  farm: Farm,
  person: Person,
  mechanic: Mechanic,
  fen: number,
  usableAt: number,
): void {
  const own = accounts.get(farm) ?? new Map<number, Account>();
  accounts.set(farm, own);
  const account = own.get(person.id) ?? { person, fen: { team: 0, packet: 0 }, usableAt };
  own.set(person.id, account);
  account.fen[mechanic] += fen;
  account.usableAt = Math.max(account.usableAt, usableAt);
}

type Basket = ReadonlyMap<Account, readonly Mechanic[]>;
/** Rewards of an account that were not redeemed yet. */
type Rest = { readonly account: Account; readonly mechanics: readonly Mechanic[] };
/** What goes unseen, and then what is reviewed and seldom recognised. */
type Stage = { readonly unseen: Basket; readonly held: Basket };

const MECHANICS = ['team', 'packet'] as const;
const STAGES_MAX = 40;
const MINUTES_APART = 5;

/**
 * Orders of what pays: the best accounts by the farm's own payment accounts, then by rented ones while that is a gain. It
 * knows what is reviewed and how well. It gives each payer as many people as pass unseen, and then as many as are seldom
 * recognised; where these come through it goes on with the same payer, and where they do not it has lost that one.
 */
class FarmOrders {
  private readonly farm: Farm;
  private readonly controls: Controls;
  private readonly took: (fen: number) => void;
  /** Worth most first. */
  private best: readonly Rest[];
  private readonly atHome: Record<Mechanic, number> = { team: 0, packet: 0 };
  private readonly unseenMax: number;
  private readonly homeMax: number;
  /** That a group is not recognised which is kept small. */
  private readonly chance: number;

  constructor(farm: Farm, accounts: readonly Account[], controls: Controls, took: (fen: number) => void) {
    this.farm = farm;
    this.controls = controls;
    this.took = took;
    const { orders, review } = controls;
    this.unseenMax = orders && review ? orders.perPayer : Number.POSITIVE_INFINITY;
    this.homeMax = orders && review ? orders.perPlace : Number.POSITIVE_INFINITY;
    this.chance = 1 - (controls.seesAllPeople ? REVIEW.seesGroup : REVIEW.seesSingle);
    const all = accounts.map((account) => ({ account, mechanics: MECHANICS.filter((one) => account.fen[one] > 0) }));
    this.best = this.sorted(all.filter((rest) => this.isWorth(rest)));
  }

  /** What is ordered before anything was reviewed. */
  first(): PaidOrder[] {
    const made: PaidOrder[] = [];
    for (let payers = 0; ; payers += 1) {
      const rent = payers < OWN_PAYERS ? 0 : COSTS.payerFen;
      if (this.expected() <= rent) return made;
      this.farm.purse.pay(rent);
      // Numbers below those of everybody else's payers.
      const payer = payers === 0 ? this.farm.payer : -1 - payers - this.farm.id * 1_000_000;
      made.push(...this.go(payer, this.unseenMax, 0));
    }
  }

  private sold(fen: number): number {
    return Math.floor((fen * (this.controls.partOfLine ? COSTS.resalePermille : COSTS.ownUsePermille)) / 1000);
  }

  /** One more payer's worth, as far as it can be foreseen: each stage is reached if the one before was not recognised. */
  private expected(): number {
    const { chance } = this;
    const before = { best: this.best, ...this.atHome };
    let [all, reached] = [0, 1];
    for (let stage = 0; stage < STAGES_MAX && reached > 0; stage += 1) {
      const { unseen, held } = this.next(this.unseenAt(stage));
      const [sure, risked] = [this.gainOf(unseen, 1), this.gainOf(held, chance)];
      all += reached * (sure + Math.max(0, risked));
      reached *= held.size > 0 && risked > 0 ? chance : 0;
    }
    this.best = before.best;
    Object.assign(this.atHome, { team: before.team, packet: before.packet });
    return all;
  }

  private unseenAt(stage: number): number {
    return stage > 0 && this.controls.freesForGood ? Number.POSITIVE_INFINITY : this.unseenMax;
  }

  /** Takes the best accounts of each campaign that the farm's own door passes. */
  private next(unseenMax: number): Stage {
    const unseen = this.take(unseenMax);
    const held = Number.isFinite(unseenMax) ? this.take(REVIEW.groupFrom - 1) : new Map();
    return { unseen, held };
  }

  private take(most: number): Basket {
    const taken = new Map<Account, readonly Mechanic[]>();
    const rest: Rest[] = [];
    const left = { team: most, packet: most };
    for (const one of this.best) {
      const isHome = one.account.person.place === this.farm.place;
      const isFree = (mechanic: Mechanic) =>
        left[mechanic] > 0 && (!isHome || this.atHome[mechanic] < this.homeMax) && !taken.has(one.account);
      const mechanics = one.mechanics.filter(isFree);
      if (!this.isWorth({ ...one, mechanics })) {
        rest.push(one);
        continue;
      }
      for (const mechanic of mechanics) {
        left[mechanic] -= 1;
        if (isHome) this.atHome[mechanic] += 1;
      }
      taken.set(one.account, mechanics);
      const over = { ...one, mechanics: one.mechanics.filter((mechanic) => !mechanics.includes(mechanic)) };
      if (this.isWorth(over)) rest.push(over);
    }
    this.best = this.sorted(rest);
    return taken;
  }

  private isWorth({ account, mechanics }: Rest): boolean {
    return this.sold(this.worth(account, mechanics)) > COSTS.orderFen;
  }

  private sorted(rests: readonly Rest[]): Rest[] {
    const worth = ({ account, mechanics }: Rest) => this.worth(account, mechanics);
    return [...rests].sort((a, b) => worth(b) - worth(a));
  }

  private worth(account: Account, mechanics: readonly Mechanic[]): number {
    return mechanics.reduce((all, mechanic) => all + account.fen[mechanic], 0);
  }

  private gainOf(basket: Basket, chance: number): number {
    let gain = 0;
    for (const [account, mechanics] of basket) {
      gain += chance * this.sold(this.worth(account, mechanics)) - COSTS.orderFen;
    }
    return gain;
  }

  /** Orders by this payer from a moment on: what passes unseen, and what is reviewed, if that is worth the trouble. */
  private go(payer: number, unseenMax: number, from: number): PaidOrder[] {
    const { unseen, held } = this.next(unseenMax);
    const isWorth = this.gainOf(held, this.chance) > 0;
    let at = Math.max(from, ...[...unseen.keys(), ...held.keys()].map(({ usableAt }) => usableAt));
    const orders: PaidOrder[] = [];
    let waiting = held.size;
    const add = (basket: Basket, isHeld: boolean) => {
      for (const [account, mechanics] of basket) {
        const fen = this.worth(account, mechanics);
        this.farm.purse.pay(COSTS.orderFen);
        at += MINUTES_APART * MINUTE_MS;
        const end = (isKept: boolean, now: number) => {
          if (isKept) {
            this.farm.purse.take(this.sold(fen));
            this.took(fen);
          }
          if (isHeld) waiting -= 1;
          if (!isHeld || !isKept || waiting > 0) return [];
          return this.go(payer, this.unseenAt(1), now);
        };
        orders.push({ person: { ...account.person, payer }, isFarmed: true, mechanics, fen, at, end });
      }
    };
    add(unseen, false);
    if (isWorth) add(held, true);
    return orders;
  }
}
