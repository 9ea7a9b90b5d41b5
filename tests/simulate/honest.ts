import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import { pick, type Random } from '../crowd/random.ts';
import { CAMPAIGN_DAYS, type Invitation, type Person } from './people.ts';

/** How honest people are; shares of all. docs/fraud.md says why. */
export const HONEST = {
  circle: { office: 0.35, campus: 0.25 },
  /** Circles behind one address: an office building, a campus. */
  circlesPerOffice: 12,
  circlesPerCampus: 250,
  /** Orders of people in offices that go to their firm, which is their circle; on a campus to its one station. */
  toFirm: 0.4,
  toStation: 0.3,
  /** Carriers put thousands behind one block of addresses. */
  carrierClusters: 3_000,
  /** Close friends: everybody helps nearly everybody. */
  tightCircle: 0.15,
  inviters: 0.35,
  sharedPhoneFamily: 0.08,
  familyPays: 0.25,
  noDeviceKey: 0.06,
  isNew: 0.25,
  isYoung: 0.2,
  /** Accepts within a second: the chat was open. */
  withinOneSecond: 0.06,
  /** Taps as evenly as a script. */
  evenTaps: 0.01,
  verifies: 0.6,
  /** Has bought before, without rewards and long enough ago; by how old the account is. Who is new has not. */
  hasHistory: { old: 0.85, young: 0.4 },
  /** Circles in which most people are new to the shop, whatever their accounts' age, and how many of them bought. */
  freshCircle: 0.2,
  freshHistory: 0.33,
} as const;

const FAMILY = [1, 2, 3, 3, 4, 5] as const;
type Circle = {
  readonly members: readonly number[];
  /** Address cluster of the office or campus; null: a circle of chats. */
  readonly place: number | null;
  readonly isTight: boolean;
  readonly startsAt: number;
};

export type HonestPeople = {
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
  /** Address clusters, devices, payers and delivery places below this number are taken. */
  readonly clusters: number;
  readonly devices: number;
  readonly payers: number;
  readonly places: number;
};

/** More of the evening than of the night. */
function momentOfDay(random: Random): number {
  const hour = 8 + 14 * Math.sqrt(random());
  return hour * HOUR_MS + random() * 40 * MINUTE_MS;
}

const lognormal = (random: Random, median: number, spread: number) => {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(spread * normal);
};

/** Honest people who follow `wanted` invitations of each other, offices, campuses, families and close friends among them. */
export function honestPeople(
  wanted: number,
  random: Random,
  { whereTo, whoBought }: { readonly whereTo: Random; readonly whoBought: Random },
): HonestPeople {
  const people: Person[] = [];
  const homes: number[] = [];
  const carriers: number[] = [];
  const invitations: Invitation[] = [];
  let clusters: number = HONEST.carrierClusters;
  let devices = 0;
  let payers = 0;
  let places = 0;
  let office = { cluster: -1, left: 0 };
  let campus = { cluster: -1, left: 0, station: -1 };
  let before: Circle | null = null;

  function hasBought(madeAt: number, isFresh: boolean): boolean {
    const { old, young } = HONEST.hasHistory;
    const usual = madeAt >= 0 ? 0 : madeAt > -30 * DAY_MS ? young : old;
    return whoBought() < usual * (isFresh ? HONEST.freshHistory : 1);
  }

  function family(size: number, isFresh: boolean): void {
    const home = clusters++;
    const shared = random() < HONEST.sharedPhoneFamily ? devices++ : null;
    const payer = payers++;
    const door = places++;
    for (let n = 0; n < size; n += 1) {
      const age = random();
      const madeAt =
        age < HONEST.isNew
          ? random() * CAMPAIGN_DAYS * DAY_MS
          : -DAY_MS * (age < HONEST.isNew + HONEST.isYoung ? 1 + 29 * random() : 30 + 1_400 * random());
      people.push({
        id: people.length,
        farm: -1,
        madeAt,
        device: random() < HONEST.noDeviceKey ? -1 : shared !== null && n < 3 ? shared : devices++,
        payer: n === 0 || random() < HONEST.familyPays ? payer : payers++,
        place: door,
        hasHistory: hasBought(madeAt, isFresh),
      });
      homes.push(home);
      // Few blocks carry most people.
      carriers.push(Math.floor(HONEST.carrierClusters * random() ** 2));
    }
  }

  function placeOf(): number | null {
    const kind = random();
    if (kind < HONEST.circle.office) {
      if (office.left === 0)
        office = { cluster: clusters++, left: 1 + Math.floor(2 * HONEST.circlesPerOffice * random()) };
      office.left -= 1;
      return office.cluster;
    }
    if (kind < HONEST.circle.office + HONEST.circle.campus) {
      if (campus.left === 0)
        campus = {
          cluster: clusters++,
          left: 1 + Math.floor(2 * HONEST.circlesPerCampus * random()),
          station: places++,
        };
      campus.left -= 1;
      return campus.cluster;
    }
    return null;
  }

  /** Some have their parcels sent to where they work or study; the rest stays with the family's door. */
  function deliver(members: readonly number[], cluster: number): void {
    const isCampus = cluster === campus.cluster;
    const place = isCampus ? campus.station : places++;
    const share = isCampus ? HONEST.toStation : HONEST.toFirm;
    for (const id of members) if (whereTo() < share) people[id] = { ...(people[id] as Person), place };
  }

  function circle(): Circle {
    const size = Math.min(60, Math.max(5, Math.round(lognormal(random, 14, 0.6))));
    const first = people.length;
    const isFresh = whoBought() < HONEST.freshCircle;
    while (people.length < first + size) family(pick(random, FAMILY) ?? 1, isFresh);
    const members = Array.from({ length: people.length - first }, (_, at) => first + at);
    const day = Math.floor(random() * (CAMPAIGN_DAYS - 1));
    const place = placeOf();
    if (place !== null) deliver(members, place);
    return { members, place, isTight: random() < HONEST.tightCircle, startsAt: day * DAY_MS };
  }

  function clusterOf(person: number, place: number | null): number {
    const where = random();
    if (place !== null && where < 0.3) return place;
    return where < 0.65 ? (carriers[person] as number) : (homes[person] as number);
  }

  function openedAfter(): number {
    const kind = random();
    if (kind < HONEST.withinOneSecond) return 200 + 800 * random();
    if (kind < 0.55) return lognormal(random, 2 * MINUTE_MS, 1.1);
    return Math.min(20 * HOUR_MS, -Math.log(1 - random()) * 4 * HOUR_MS);
  }

  function invite(own: Circle, other: Circle | null, from: number): void {
    const mechanic = random() < 0.6 ? 'team' : 'packet';
    const sharedAt = own.startsAt + momentOfDay(random);
    const count =
      mechanic === 'team' ? 3 + Math.floor(2 * random()) : 2 + Math.floor((own.isTight ? 10 : 6) * random());
    const asked = new Set<number>([from]);
    for (let n = 0; n < count && invitations.length < wanted; n += 1) {
      const to = pick(random, other !== null && random() < 0.12 ? other.members : own.members) as number;
      if (asked.has(to)) continue;
      asked.add(to);
      const openedAfterMs = openedAfter();
      const stayedMs = Math.min(10 * MINUTE_MS, lognormal(random, 9 * SECOND_MS, 0.8));
      invitations.push({
        at: sharedAt + openedAfterMs + stayedMs,
        mechanic,
        from,
        to,
        farm: -1,
        openedAfterMs,
        stayedMs,
        rhythm: random() < HONEST.evenTaps ? 0.05 * random() : 0.25 + random(),
        fromCluster: clusterOf(from, own.place),
        toCluster: clusterOf(to, own.place),
        verifies: mechanic === 'team' || random() < HONEST.verifies,
        chance: random(),
      });
    }
  }

  while (invitations.length < wanted) {
    const own = circle();
    for (const from of own.members) if (random() < (own.isTight ? 0.9 : HONEST.inviters)) invite(own, before, from);
    before = own;
  }
  return { people, invitations, clusters, devices, payers, places };
}
