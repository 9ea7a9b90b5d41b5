import type { Random } from '../crowd/random.ts';
import type { Controls } from './controls.ts';
import { COSTS } from './costs.ts';
import type { Farm } from './farms.ts';
import type { Person } from './people.ts';
import { REVIEW } from './review.ts';
import type { Reward } from './shop.ts';

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
  readonly ordersRefused: number;
};

type Held = { readonly person: Person; fen: number };

/**
 * What becomes of the rewards: honest people redeem what they come to need; a farm redeems all that brings more than
 * it costs, sells the goods on, and rents payment accounts where one may not redeem for everybody.
 */
export function redeem(
  rewards: readonly Reward[],
  people: readonly Person[],
  farms: readonly Farm[],
  controls: Controls,
  random: Random,
): Redeemed {
  const farmedFen = new Map<Farm, number>(farms.map((farm) => [farm, 0]));
  const held = new Map<number, Held>();
  const paidFor = new Payers(controls);
  let [honestFen, helpersFen, ordersRefused] = [0, 0, 0];

  for (const { person: id, fen, usableAt } of rewards) {
    if (!Number.isFinite(usableAt)) continue;
    const person = people[id] as Person;
    const farm = farms[person.farm];
    if (farm && person.payer === farm.payer) {
      const known = held.get(id);
      if (known) known.fen += fen;
      else held.set(id, { person, fen });
    } else if (random() < (farm ? HABITS.helperRedeems : HABITS.redeems)) {
      const isHeld = !paidFor.take(person.payer, id);
      if (isHeld && random() < REVIEW.wrong) ordersRefused += farm ? 0 : 1;
      else if (random() < HABITS.keepsGoods) {
        if (farm) helpersFen += fen;
        else honestFen += fen;
      }
    }
  }

  const byFarm = new Map<Farm, Held[]>();
  for (const one of held.values()) {
    const farm = farms[one.person.farm] as Farm;
    const known = byFarm.get(farm);
    if (known) known.push(one);
    else byFarm.set(farm, [one]);
  }
  for (const [farm, accounts] of byFarm) farmedFen.set(farm, redeemFarm(farm, accounts, controls));
  return { honestFen, helpersFen, farmedFen, ordersRefused };
}

/** For whom payment accounts have paid. */
class Payers {
  private readonly known = new Map<number, Set<number>>();
  private readonly perPayer: number;

  constructor({ perPayer }: Controls) {
    this.perPayer = perPayer;
  }

  /** Pays for a person's reward by this account. @returns whether the order needs no review */
  take(payer: number, person: number): boolean {
    const people = this.known.get(payer) ?? new Set<number>();
    this.known.set(payer, people.add(person));
    return people.size <= this.perPayer;
  }
}

/**
 * Redeems what pays: the best accounts by the farm's own payment accounts, then by rented ones while that is a gain.
 * A group of orders that is reviewed is recognised nearly always, and sent back whole: farms know that, and give no payer
 * more people than pass unseen.
 */
function redeemFarm(farm: Farm, accounts: readonly Held[], { perPayer, partOfLine }: Controls): number {
  const soldPermille = partOfLine ? COSTS.resalePermille : COSTS.ownUsePermille;
  const gain = (fen: number) => Math.floor((fen * soldPermille) / 1000) - COSTS.orderFen;
  const worth = accounts.filter(({ fen }) => gain(fen) > 0).sort((a, b) => b.fen - a.fen);
  const each = Math.min(perPayer, Math.max(1, worth.length));
  let redeemed = 0;
  for (let first = 0; first < worth.length; first += each) {
    const group = worth.slice(first, first + each).map(({ fen }) => fen);
    const got = group.reduce((all, fen) => all + gain(fen), 0);
    const rent = first / each < OWN_PAYERS ? 0 : COSTS.payerFen;
    if (got <= rent) break;
    farm.purse.pay(rent + group.length * COSTS.orderFen);
    farm.purse.take(got + group.length * COSTS.orderFen);
    redeemed += group.reduce((all, fen) => all + fen, 0);
  }
  return redeemed;
}
