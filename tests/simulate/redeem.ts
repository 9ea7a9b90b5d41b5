import { HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import type { Random } from '../crowd/random.ts';
import type { Controls } from './controls.ts';
import { type Account, FarmOrders } from './farm-orders.ts';
import type { Farm } from './farms.ts';
import { OrderReview, type PaidOrder } from './orders.ts';
import type { Mechanic, Person } from './people.ts';
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

export type Redeemed = {
  readonly honestFen: number;
  /** By people who were paid for helping, who took what they wanted anyway. */
  readonly helpersFen: number;
  readonly farmedFen: ReadonlyMap<Farm, number>;
  /** Honest orders that were sent back. */
  readonly ordersRefused: number;
  readonly orders: OrderReview['counts'];
  /** How long honest orders that were held waited, ms: half of them at most, and nineteen of twenty. */
  readonly wait: { readonly half: number; readonly most: number };
};

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
  const hasHistory = (id: number) => (people[id] as Person).hasHistory;
  const circleOf = (id: number) => {
    const near = [...shop.ties.near(id)];
    return { people: near.length, newcomers: near.filter((one) => !hasHistory(one)).length };
  };

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
      orders.push({ person, isFarmed: false, fen: { [mechanic]: fen }, mixed: 0, at, end });
    }
  }
  for (const [farm, own] of accounts) {
    const took = (fen: number) => farmedFen.set(farm, (farmedFen.get(farm) ?? 0) + fen);
    orders.push(...new FarmOrders({ farm, accounts: [...own.values()], controls, circleOf, took }).first());
  }
  const review = new OrderReview(controls, shop.review, { ties: shop.ties, hasHistory }, random);
  review.run(orders);
  const waits = review.waits.sort((a, b) => a - b);
  const part = (of: number) => waits[Math.floor(waits.length * of)] ?? 0;
  return {
    honestFen,
    helpersFen,
    farmedFen,
    ordersRefused,
    orders: review.counts,
    wait: { half: part(0.5), most: part(0.95) },
  };
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
