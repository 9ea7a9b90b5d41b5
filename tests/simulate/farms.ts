import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import { pick, type Random } from '../crowd/random.ts';
import { COSTS, Purse } from './costs.ts';
import { CAMPAIGN_DAYS, type Invitation, type Mechanic } from './people.ts';

/** How a farm works. Each is what somebody would try next who has met the control that stops the one before. */
export type Tactic = {
  readonly name: 'ring' | 'device_farm' | 'address_pool' | 'mimic' | 'slow' | 'helper_market';
  /** Of all farmed invitations. */
  readonly share: number;
  /** Accounts at work at a time. */
  readonly slots: readonly number[];
  /** Accounts to a device key; 0: a fresh key for each account. */
  readonly perDevice: readonly number[];
  /** Addresses that the farm comes from; 0: each account has its own. */
  readonly addresses: readonly number[];
  /** Groups that help only each other; 0: anybody helps anybody of the farm. */
  readonly clique: readonly number[];
  /** How old accounts are, months; 0: made when needed. */
  readonly months: readonly number[];
  /** Hours that the work is spread over. */
  readonly hours: readonly number[];
  readonly mimics: boolean;
  /** Real people with phones, addresses and payers of their own, paid for each help. */
  readonly isPaidHelp: boolean;
  /** Where the goods go: to the farm's own door, to each buyer's, or half and half. */
  readonly delivers: 'home' | 'buyers' | 'mixed';
};

export const TACTICS: readonly Tactic[] = [
  {
    name: 'ring',
    share: 0.2,
    slots: [4, 8, 16, 24],
    perDevice: [1, 4],
    addresses: [1, 2],
    clique: [4, 6, 8],
    months: [0],
    hours: [24, 100],
    mimics: false,
    isPaidHelp: false,
    delivers: 'home',
  },
  {
    name: 'device_farm',
    share: 0.25,
    slots: [100, 250, 500],
    perDevice: [5, 10, 25],
    addresses: [1, 4, 20],
    clique: [0, 8],
    months: [0],
    hours: [24, 72],
    mimics: false,
    isPaidHelp: false,
    delivers: 'mixed',
  },
  {
    name: 'address_pool',
    share: 0.25,
    slots: [100, 300, 600],
    perDevice: [0],
    addresses: [50, 200, 0],
    clique: [0],
    months: [0],
    hours: [24, 150],
    mimics: false,
    isPaidHelp: false,
    delivers: 'buyers',
  },
  {
    name: 'mimic',
    share: 0.1,
    slots: [100, 300],
    perDevice: [0],
    addresses: [200, 0],
    clique: [0],
    months: [0],
    hours: [100, 150],
    mimics: true,
    isPaidHelp: false,
    delivers: 'buyers',
  },
  {
    name: 'slow',
    share: 0.1,
    slots: [60, 200],
    perDevice: [0, 1],
    addresses: [0],
    clique: [0],
    months: [2, 4],
    hours: [150],
    mimics: true,
    isPaidHelp: false,
    delivers: 'buyers',
  },
  {
    name: 'helper_market',
    share: 0.1,
    slots: [150, 400],
    perDevice: [1],
    addresses: [0],
    clique: [0],
    months: [0],
    hours: [150],
    mimics: true,
    isPaidHelp: true,
    delivers: 'buyers',
  },
];

/** One of the accounts that work at a time; it is replaced when it is used up or burnt. */
export type Slot = {
  /** Person id of the account at work; −1: none yet. */
  person: number;
  device: number;
  cluster: number;
  /** What it has been given in this campaign. */
  rewards: number;
  isHelper: boolean;
};

export type Farm = {
  readonly id: number;
  readonly tactic: Tactic;
  readonly perDevice: number;
  readonly addresses: number;
  readonly months: number;
  readonly slots: readonly Slot[];
  /** Address clusters of its own, by which its slots come. */
  readonly clusters: readonly number[];
  /** The payment account that its accounts pay by; those that it rents are counted when it redeems. */
  readonly payer: number;
  /** Its own door. */
  readonly place: number;
  readonly purse: Purse;
};

export type Taken = { clusters: number; devices: number; payers: number; places: number };
export type Farms = { readonly farms: readonly Farm[]; readonly invitations: readonly Invitation[] };

/** In a farm of helpers, so many of ten slots are the buyer's own accounts. */
const BUYERS_OF_TEN = 2;

/** Farms that follow `wanted` invitations of their own accounts; every number they need is above those `taken`. */
export function farmedPeople(wanted: number, taken: Taken, random: Random): Farms {
  const farms: Farm[] = [];
  const invitations: Invitation[] = [];

  function farmOf(tactic: Tactic): Farm {
    const size = pick(random, tactic.slots) as number;
    const perDevice = pick(random, tactic.perDevice) as number;
    const addresses = pick(random, tactic.addresses) as number;
    const months = pick(random, tactic.months) as number;
    const clusters = Array.from({ length: addresses === 0 ? size : addresses }, () => taken.clusters++);
    let device = -1;
    const slots = Array.from({ length: size }, (_, at): Slot => {
      if (perDevice === 0 || at % perDevice === 0) device = taken.devices++;
      const isHelper = tactic.isPaidHelp && at % 10 >= BUYERS_OF_TEN;
      return { person: -1, device, cluster: clusters[at % clusters.length] as number, rewards: 0, isHelper };
    });
    const purse = new Purse();
    const phones = perDevice === 0 || tactic.isPaidHelp ? 0 : Math.ceil(size / perDevice);
    purse.pay(phones * COSTS.phoneFenPerDay * CAMPAIGN_DAYS);
    const [payer, place] = [taken.payers++, taken.places++];
    return { id: farms.length, tactic, perDevice, addresses, months, slots, clusters, payer, place, purse };
  }

  function inviteIn(farm: Farm, until: number): void {
    const { tactic, slots } = farm;
    const clique = Math.min(pick(random, tactic.clique) as number, slots.length) || slots.length;
    const spread = (pick(random, tactic.hours) as number) * HOUR_MS;
    const begins = random() * (CAMPAIGN_DAYS * DAY_MS - spread);
    // As many joins as the days allow each account, the buyers' accounts being the ones that invite.
    const sessions = Math.ceil((slots.length * 3 * (spread / DAY_MS)) / 3);
    for (let n = 0; n < sessions && invitations.length < until; n += 1) {
      const first = Math.floor(random() * (slots.length / clique)) * clique;
      const group = slots.slice(first, first + clique);
      const owners = tactic.isPaidHelp ? group.filter(({ isHelper }) => !isHelper) : group;
      const owner = pick(random, owners);
      if (owner === undefined) continue;
      const mechanic: Mechanic = random() < 0.6 ? 'team' : 'packet';
      const sharedAt = begins + Math.floor((n / sessions) * spread) + random() * MINUTE_MS;
      const comers = mechanic === 'team' ? 3 : 3 + Math.floor(8 * random());
      const asked = new Set<Slot>([owner]);
      for (let k = 0; k < comers && invitations.length < until; k += 1) {
        const comer = pick(random, group) as Slot;
        if (asked.has(comer) || (tactic.isPaidHelp && !comer.isHelper)) continue;
        asked.add(comer);
        const openedAfterMs = tactic.mimics ? (0.2 + -Math.log(1 - random())) * 6 * MINUTE_MS : 300 + 2_500 * random();
        // A ring is tapped by hand, and scripts can be told to wait as people do.
        const isHuman = tactic.mimics || tactic.name === 'ring';
        const stayedMs = isHuman ? (4 + 12 * random()) * SECOND_MS : 5_000 + 400 * random();
        invitations.push({
          at: sharedAt + k * 20 * SECOND_MS + openedAfterMs + stayedMs,
          mechanic,
          from: slots.indexOf(owner),
          to: slots.indexOf(comer),
          farm: farm.id,
          openedAfterMs,
          stayedMs,
          rhythm: isHuman ? 0.2 + random() : 0.02 + 0.1 * random(),
          fromCluster: owner.cluster,
          toCluster: comer.cluster,
          verifies: true,
          chance: random(),
        });
      }
    }
  }

  let until = 0;
  for (const tactic of TACTICS) {
    until = Math.min(wanted, until + Math.round(wanted * tactic.share));
    while (invitations.length < until) {
      const farm = farmOf(tactic);
      farms.push(farm);
      inviteIn(farm, until);
    }
  }
  return { farms, invitations };
}

/** A new account in a slot: a number, an address, a device if the farm has fresh ones, its age; paid for. */
export function equip(farm: Farm, slot: Slot, person: number, taken: Taken, chance: number, needsPhone: boolean): void {
  const { purse, tactic, months } = farm;
  slot.person = person;
  slot.rewards = 0;
  if (slot.isHelper) return;
  const { least, most } = COSTS.simFen;
  if (needsPhone) purse.pay(least + Math.round(chance * (most - least)));
  purse.pay(COSTS.runningFenPerAccount + months * COSTS.ageingFenPerMonth);
  if (farm.perDevice === 0) {
    slot.device = taken.devices++;
    purse.pay(COSTS.freshKeyFen);
  }
  if (farm.addresses === 0) {
    slot.cluster = taken.clusters++;
    purse.pay(COSTS.exitFen);
  } else if (tactic.name !== 'ring') {
    purse.pay(COSTS.exitFen);
  }
}

/** Where the orders of an account go that the farm makes now. */
export function deliveryOf({ tactic, place }: Farm, slot: Slot, person: number, taken: Taken): number {
  const isHome = !slot.isHelper && (tactic.delivers === 'home' || (tactic.delivers === 'mixed' && person % 2 === 0));
  return isHome ? place : taken.places++;
}
