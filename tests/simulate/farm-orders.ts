import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Controls } from './controls.ts';
import { COSTS } from './costs.ts';
import type { Farm } from './farms.ts';
import type { PaidOrder } from './orders.ts';
import type { Mechanic, Person } from './people.ts';
import { REVIEW } from './review.ts';

/** What a farm's account has of both campaigns, fen, and from when on. */
export type Account = { readonly person: Person; readonly fen: Record<Mechanic, number>; usableAt: number };

/** Payment accounts of a farm's own people, besides those it rents. */
const OWN_PAYERS = 2;
const MECHANICS = ['team', 'packet'] as const;
const STAGES_MAX = 40;
const MINUTES_APART = 5;
const MIXED_MAX = 16;
const NONE = Number.POSITIVE_INFINITY;

type Fen = Partial<Record<Mechanic, number>>;
/** One order as it is planned. */
type Plan = { readonly account: Account; readonly fen: Fen; readonly buys: boolean; readonly mixed: number };
/** What goes unseen, and then what is reviewed and may not be recognised. */
type Stage = { readonly unseen: readonly Plan[]; readonly held: readonly Plan[]; readonly chance: number };
/** What still goes unseen of one campaign by one payer, or at the farm's own door. */
type Rooms = { readonly people: Record<Mechanic, number>; newcomersFen: number; fen: number };
type Circle = { readonly people: number; readonly newcomers: number };

type FarmOrdersGiven = {
  readonly farm: Farm;
  readonly accounts: readonly Account[];
  readonly controls: Controls;
  readonly circleOf: (person: number) => Circle;
  readonly took: (fen: number) => void;
};

/**
 * Orders of what pays: the best accounts by the farm's own payment accounts, then by rented ones while that is a gain. It
 * knows what is reviewed and how well. It gives each payer as much as passes unseen, and then as many people as are
 * seldom recognised; where these come through it goes on with the same payer, and where they do not it has lost that
 * one. It buys its accounts a history, or mixes helpers who have one into their circles, where that brings more.
 */
export class FarmOrders {
  private readonly given: FarmOrdersGiven;
  /** Worth most first. */
  private best: readonly Account[];
  private home: Rooms;

  constructor(given: FarmOrdersGiven) {
    this.given = given;
    this.best = [...given.accounts].sort((a, b) => worth(b.fen) - worth(a.fen));
    this.home = this.roomsOf('door');
  }

  /** What is ordered before anything was reviewed. */
  first(): PaidOrder[] {
    const { farm } = this.given;
    const made: PaidOrder[] = [];
    for (let payers = 0; ; payers += 1) {
      const rent = payers < OWN_PAYERS ? 0 : COSTS.payerFen;
      if (this.expected() <= rent) return made;
      farm.purse.pay(rent);
      // Numbers below those of everybody else's payers.
      const payer = payers === 0 ? farm.payer : -1 - payers - farm.id * 1_000_000;
      made.push(...this.go(payer, 0, 0));
    }
  }

  private roomsOf(of: 'payer' | 'door', isFree = false): Rooms {
    const { orders, review } = this.given.controls;
    const isSeen = orders !== null && review && !isFree;
    const isGroup = isSeen && (of === 'payer' || this.given.controls.isLinked);
    const people = isSeen && of === 'payer' ? orders.perPayer : NONE;
    return {
      people: { team: people, packet: people },
      newcomersFen: isGroup ? orders.newcomersFen : NONE,
      fen: isGroup ? orders.groupFen : NONE,
    };
  }

  private sold(fen: number): number {
    return Math.floor((fen * (this.given.controls.partOfLine ? COSTS.resalePermille : COSTS.ownUsePermille)) / 1000);
  }

  private gainOf({ fen, buys, mixed }: Plan, chance = 1): number {
    const bought = buys ? COSTS.historyFen + (this.given.farm.months > 0 ? 0 : COSTS.ageingFenPerMonth) : 0;
    return chance * this.sold(worth(fen)) - COSTS.orderFen - bought - mixed * COSTS.helpFen;
  }

  /** One more payer's worth, as far as it can be foreseen: each stage is reached if the one before was not recognised. */
  private expected(): number {
    const before = { best: this.best, home: structuredClone(this.home) };
    let [all, reached] = [0, 1];
    for (let stage = 0; stage < STAGES_MAX && reached > 0; stage += 1) {
      const { unseen, held, chance } = this.next(stage);
      const sure = unseen.reduce((sum, one) => sum + this.gainOf(one), 0);
      const risked = held.reduce((sum, one) => sum + this.gainOf(one, chance), 0);
      all += reached * (sure + Math.max(0, risked));
      reached *= held.length > 0 && risked > 0 ? chance : 0;
    }
    Object.assign(this, before);
    return all;
  }

  private next(stage: number): Stage {
    const { freesForGood, orders, review } = this.given.controls;
    const rooms = this.roomsOf('payer', stage > 0 && freesForGood);
    const unseen = this.take(rooms, NONE);
    if (!orders || !review) return { unseen, held: [], chance: 0 };
    const [next] = this.best;
    const held = this.take(null, REVIEW.groupFrom - 1);
    return { unseen, held, chance: 1 - this.recognised(next, stage, unseen.length + held.length) };
  }

  /** How likely a group is recognised of which so many people are seen, besides those who are near them. */
  private recognised(next: Account | undefined, stage: number, people: number): number {
    const { sees, hopes } = this.given.controls;
    const small = REVIEW.groupFrom - 1;
    if (sees === 'held' || hopes || !next) return REVIEW.seesSingle;
    const around = sees === 'circle' ? this.given.circleOf(next.person.id).newcomers : 0;
    return stage * small + people + around > small ? REVIEW.seesGroup : REVIEW.seesSingle;
  }

  /** @param rooms what goes unseen; null: it is reviewed anyway */
  private take(rooms: Rooms | null, most: number): readonly Plan[] {
    const plans: Plan[] = [];
    const rest: Account[] = [];
    for (const account of this.best) {
      const plan = plans.length < most ? this.planOf(account, rooms) : null;
      if (!plan) {
        rest.push(account);
        continue;
      }
      plans.push(plan);
      const home = this.isHome(account) ? [this.home] : [];
      for (const room of rooms ? [rooms, ...home] : home) spend(room, plan);
    }
    this.best = rest;
    return plans;
  }

  private isHome({ person }: Account): boolean {
    return person.place === this.given.farm.place;
  }

  private planOf(account: Account, rooms: Rooms | null): Plan | null {
    const { farm, controls } = this.given;
    const all = rooms === null ? [] : this.isHome(account) ? [rooms, this.home] : [rooms];
    const least = (of: (rooms: Rooms) => number) => Math.min(NONE, ...all.map(of));
    const parts = MECHANICS.filter((one) => account.fen[one] > 0 && least(({ people }) => people[one]) > 0);
    const upTo = (most: number): Fen => {
      let left = most;
      const fen: Fen = {};
      for (const one of parts) {
        const part = Math.min(left, account.fen[one]);
        if (part > 0) fen[one] = part;
        left -= part;
      }
      return fen;
    };
    const plans: Plan[] = [];
    const groupFen = least(({ fen }) => fen);
    const newcomersFen = least((one) => one.newcomersFen);
    for (const mixed of this.mixes(rooms)) {
      const most = rooms === null ? NONE : newcomersFen + this.perKnown(account, mixed);
      plans.push({ account, fen: upTo(Math.min(groupFen, most)), buys: false, mixed });
    }
    if (rooms !== null && (farm.months > 0 || controls.everyFarmBuys)) {
      plans.push({ account, fen: upTo(groupFen), buys: true, mixed: 0 });
    }
    const [first, ...more] = plans;
    if (!first) return null;
    const best = more.reduce((a, b) => (this.gainOf(b) > this.gainOf(a) ? b : a), first);
    return this.gainOf(best) > 0 ? best : null;
  }

  private perKnown({ person }: Account, mixed: number): number {
    const { orders, review } = this.given.controls;
    const { people, newcomers } = this.given.circleOf(person.id);
    return orders && review ? orders.perKnownFen * (people - newcomers + mixed) : 0;
  }

  /** How many people who have bought before it may be worth paying to help. */
  private mixes(rooms: Rooms | null): readonly number[] {
    const { orders, review } = this.given.controls;
    const isWorth = orders !== null && review && rooms !== null && orders.perKnownFen > 0;
    return Array.from({ length: isWorth ? MIXED_MAX : 1 }, (_, mixed) => mixed);
  }

  /** Orders by this payer from a moment on: what passes unseen, and what is reviewed, if that is worth the trouble. */
  private go(payer: number, stage: number, from: number): PaidOrder[] {
    const { farm, took } = this.given;
    const { unseen, held, chance } = this.next(stage);
    const isWorth = held.reduce((sum, one) => sum + this.gainOf(one, chance), 0) > 0;
    let at = Math.max(from, ...[...unseen, ...held].map(({ account }) => account.usableAt));
    let waiting = held.length;
    const orderOf = (plan: Plan, isHeld: boolean): PaidOrder => {
      const { account, buys, mixed, fen } = plan;
      farm.purse.pay(-this.gainOf({ ...plan, fen: {} }));
      at += MINUTES_APART * MINUTE_MS;
      const end = (isKept: boolean, now: number) => {
        if (isKept) {
          farm.purse.take(this.sold(worth(fen)));
          took(worth(fen));
        }
        if (isHeld) waiting -= 1;
        if (!isHeld || !isKept || waiting > 0) return [];
        return this.go(payer, stage + 1, now);
      };
      const person = { ...account.person, payer, hasHistory: buys };
      return { person, isFarmed: true, fen, mixed, at, end };
    };
    return [...unseen.map((plan) => orderOf(plan, false)), ...(isWorth ? held.map((plan) => orderOf(plan, true)) : [])];
  }
}

const worth = (fen: Fen): number => (fen.team ?? 0) + (fen.packet ?? 0);

function spend(rooms: Rooms, { fen, buys }: Plan): void {
  for (const mechanic of MECHANICS) if (fen[mechanic] !== undefined) rooms.people[mechanic] -= 1;
  rooms.fen -= worth(fen);
  if (buys) return;
  rooms.newcomersFen -= worth(fen);
}
