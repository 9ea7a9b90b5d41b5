import { HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import { type Random, randomOf } from '../crowd/random.ts';
import type { Controls } from './controls.ts';
import { COSTS } from './costs.ts';
import { deliveryOf, equip, type Farm, type Slot, type Taken } from './farms.ts';
import type { OrderReview } from './orders.ts';
import { CAMPAIGN_DAYS, type Invitation, type Person } from './people.ts';
import type { Population } from './population.ts';
import { HABITS, type Redeemed, redeem } from './redeem.ts';
import { type Asking, Shop, type Tally } from './shop.ts';

/** Refusals in a row after which a farm empties a device's storage and goes on with a fresh key. */
const BURNS_MAX = 2;
/** Of helpers for pay, those who have bought before: their accounts are old. */
const HELPER_HISTORY = 0.85;

export type RunResult = {
  readonly honest: Tally & { readonly ordersRefused: number };
  readonly farms: readonly Farm[];
  /** Redeemed on paid orders that stayed, fen; of farms by the farm. */
  readonly honestFen: number;
  readonly helpersFen: number;
  readonly farmedFen: ReadonlyMap<Farm, number>;
  /** Of rewards that were given out, whether they were redeemed or not. */
  readonly givenHonestFen: number;
  readonly givenFarmedFen: number;
  readonly accounts: number;
  readonly review: { readonly refused: number; readonly wronglyRefused: number; readonly unseen: number };
  readonly orders: OrderReview['counts'];
  readonly wait: Redeemed['wait'];
};

/** Lets one population meet one set of controls. The same seed and controls give the same figures. */
export function runCampaign(population: Population, controls: Controls, seed: number): RunResult {
  return new Campaign(population, controls, randomOf(seed)).run();
}

class Campaign {
  private readonly people: Person[];
  private readonly invitations: readonly Invitation[];
  private readonly farms: readonly Farm[];
  private readonly taken: Taken;
  private readonly shop: Shop;
  private readonly controls: Controls;
  private readonly random: Random;
  private readonly tally: Tally = { asked: 0, refused: 0, challenged: 0, held: 0, heldOverDay: 0 };
  /** Honest people by the hour in which they pay an order. */
  private readonly paying = new Map<number, Person[]>();
  private readonly burns = new Map<number, number>();
  /** Of accounts that are at work. */
  private readonly slotOfPerson = new Map<number, Slot>();
  private hour = 0;

  constructor(population: Population, controls: Controls, random: Random) {
    this.people = [...population.people];
    this.invitations = population.invitations;
    const { farms, taken } = population.freshFarms();
    this.farms = farms;
    this.taken = taken;
    this.controls = controls;
    this.random = random;
    this.shop = new Shop(controls, random);
  }

  run(): RunResult {
    for (const invitation of this.invitations) {
      this.pass(invitation.at);
      if (invitation.mechanic === 'team') this.team(invitation);
      else this.packet(invitation);
    }
    this.pass((CAMPAIGN_DAYS + 3) * 24 * HOUR_MS);
    const { shop, farms, tally } = this;
    shop.grow();
    const paid = redeem(shop, this.people, farms, this.controls, this.random);
    let [givenHonestFen, givenFarmedFen] = [0, 0];
    for (const { person, fen } of shop.rewards) {
      if ((this.people[person] as Person).farm < 0) givenHonestFen += fen;
      else givenFarmedFen += fen;
    }
    const { refused, wronglyRefused, unseen } = shop.review;
    return {
      ...paid,
      honest: { ...tally, heldOverDay: wronglyRefused, ordersRefused: paid.ordersRefused },
      farms,
      givenHonestFen,
      givenFarmedFen,
      accounts: this.people.length,
      review: { refused, wronglyRefused, unseen },
    };
  }

  /** What happens by itself up to a moment: reviews and payments. */
  private pass(at: number): void {
    this.shop.review.work(at);
    for (; this.hour <= Math.floor(at / HOUR_MS); this.hour += 1) {
      for (const person of this.paying.get(this.hour) ?? []) this.shop.paid(person);
      this.paying.delete(this.hour);
    }
  }

  private slotOf(farm: Farm, at: number): Slot {
    return farm.slots[at] as Slot;
  }

  /** Who acts: an honest person, or the account that a farm's slot has at work now. */
  private actor(invitation: Invitation, isComer: boolean): Person {
    const index = isComer ? invitation.to : invitation.from;
    if (invitation.farm < 0) return this.people[index] as Person;
    const farm = this.farms[invitation.farm] as Farm;
    const slot = this.slotOf(farm, index);
    const isUsedUp = !slot.isHelper && slot.rewards >= this.controls.limits.perPerson;
    if (slot.person < 0 || isUsedUp) {
      const id = this.people.length;
      this.slotOfPerson.delete(slot.person);
      this.slotOfPerson.set(id, slot);
      equip(farm, slot, id, this.taken, invitation.chance, this.controls.phone);
      const madeAt = invitation.at - ageMs(farm, slot, invitation.chance);
      const payer = slot.isHelper ? this.taken.payers++ : farm.payer;
      const place = deliveryOf(farm, slot, id, this.taken);
      // Helpers are people like others.
      const hasHistory = slot.isHelper && invitation.chance < HELPER_HISTORY;
      this.people.push({ id, farm: farm.id, madeAt, device: slot.device, payer, place, hasHistory });
    }
    return this.people[slot.person] as Person;
  }

  private asking(invitation: Invitation, person: Person, isComer: boolean): Asking {
    const isFarmed = invitation.farm >= 0;
    const slot = isFarmed
      ? this.slotOf(this.farms[invitation.farm] as Farm, isComer ? invitation.to : invitation.from)
      : null;
    return {
      person,
      at: invitation.at,
      cluster: slot ? slot.cluster : isComer ? invitation.toCluster : invitation.fromCluster,
      mechanic: invitation.mechanic,
      invitation: isComer ? invitation : null,
      rhythm: invitation.rhythm,
      hasWorked: isFarmed || this.random() >= HABITS.noWork,
      takesCode: isFarmed || this.random() >= HABITS.givesUpCode,
    };
  }

  /** Asks for a reward in somebody's name; counts honest ones; a farm pays for it and learns. */
  private ask(invitation: Invitation, isComer: boolean): { asking: Asking; verdict: ReturnType<Shop['ask']> } {
    const person = this.actor(invitation, isComer);
    const asking = this.asking(invitation, person, isComer);
    const verdict = this.shop.ask(asking, Math.min(person.madeAt, asking.at));
    const { action } = verdict.decision;
    if (person.farm < 0) {
      this.tally.asked += 1;
      if (verdict.codes > 0) this.tally.challenged += 1;
      if (!verdict.isGiven) this.tally.refused += 1;
      if (action === 'hold') this.tally.held += 1;
      return { asking, verdict };
    }
    const farm = this.farms[person.farm] as Farm;
    const slot = this.slotOf(farm, isComer ? invitation.to : invitation.from);
    const { tactic, purse } = farm;
    if (slot.isHelper) purse.pay(isComer ? COSTS.helpFen : 0);
    else {
      purse.pay(tactic.name === 'ring' ? COSTS.handFenPerAction : tactic.mimics ? COSTS.mimicryFenPerAction : 0);
      purse.pay(verdict.codes * COSTS.codeFen);
      if (!verdict.isGiven || action === 'hold') this.burn(farm, slot);
    }
    return { asking, verdict };
  }

  /** A farm gives an account up that was refused or held, and after two of them in a row the key of its device. */
  private burn(farm: Farm, slot: Slot): void {
    this.slotOfPerson.delete(slot.person);
    slot.person = -1;
    const burns = (this.burns.get(slot.device) ?? 0) + 1;
    this.burns.set(slot.device, burns);
    if (farm.perDevice === 0 || burns < BURNS_MAX) return;
    const [before, fresh] = [slot.device, this.taken.devices++];
    for (const one of farm.slots) if (one.device === before) one.device = fresh;
    farm.purse.pay(COSTS.freshKeyFen);
  }

  private team(invitation: Invitation): void {
    const { shop } = this;
    const { at } = invitation;
    let team = shop.teams.gathering(this.actor(invitation, false).id, at);
    if (team === null) {
      const opened = this.ask(invitation, false);
      if (!opened.verdict.isGiven) return;
      const answer = shop.teams.open(opened.asking.person.id, at);
      if (answer.kind === 'refused') return;
      team = answer.team;
    }
    const joined = this.ask(invitation, true);
    if (!joined.verdict.isGiven) return;
    const answer = shop.teams.join(joined.asking.person.id, at, team);
    if (answer.kind === 'refused') return;
    shop.ties.tie(Number(team.members[0]?.shopperId), joined.asking.person.id);
    if (answer.team.state !== 'split') return;
    for (const { shopperId } of answer.team.members)
      this.openShare(invitation, answer.team.id, Number(shopperId), joined);
  }

  /** Everybody opens his share, each in his own time; the last one was seen just now. */
  private openShare(
    invitation: Invitation,
    teamId: string,
    id: number,
    last: { asking: Asking; verdict: ReturnType<Shop['ask']> },
  ): void {
    const person = this.people[id] as Person;
    if (person.farm < 0 && this.random() >= HABITS.opensShare) return;
    const isLast = id === last.asking.person.id;
    const asking = isLast
      ? last.asking
      : { ...last.asking, person, invitation: null, cluster: this.clusterOf(person, last.asking) };
    const verdict = isLast ? last.verdict : this.shop.ask(asking, Math.min(person.madeAt, asking.at));
    if (person.farm < 0 && !isLast) {
      this.tally.asked += 1;
      if (!verdict.isGiven) this.tally.refused += 1;
      if (verdict.decision.action === 'hold') this.tally.held += 1;
    }
    const slot = person.farm < 0 ? null : this.slotOfPerson.get(id);
    if (!verdict.isGiven) {
      if (slot && !slot.isHelper) this.burn(this.farms[person.farm] as Farm, slot);
      return;
    }
    const fen = this.shop.teams.openShare(id, invitation.at, teamId);
    if (fen > 0) this.given(asking, fen, verdict, slot ?? null);
  }

  private clusterOf(person: Person, seen: Asking): number {
    if (person.farm < 0) return seen.cluster;
    return this.slotOfPerson.get(person.id)?.cluster ?? seen.cluster;
  }

  private given(asking: Asking, fen: number, { decision }: ReturnType<Shop['ask']>, slot: Slot | null): void {
    const reward = this.shop.give(asking, fen, decision);
    if (slot) slot.rewards += 1;
    if (asking.person.farm >= 0 || this.random() >= HABITS.redeems) return;
    const hour = Math.floor((reward.usableAt + -Math.log(1 - this.random()) * 20 * HOUR_MS + 5 * MINUTE_MS) / HOUR_MS);
    if (!Number.isFinite(hour)) return;
    const known = this.paying.get(Math.max(hour, this.hour));
    if (known) known.push(asking.person);
    else this.paying.set(Math.max(hour, this.hour), [asking.person]);
  }

  private packet(invitation: Invitation): void {
    const { shop } = this;
    const { at } = invitation;
    const owner = this.actor(invitation, false);
    if (!shop.packets.has(owner.id) && !this.takePacket(invitation, false, null)) return;
    const visit = this.ask(invitation, true);
    if (!visit.verdict.isGiven) return;
    const visitor = visit.asking.person;
    shop.packets.visit(owner.id, visitor.id, at, invitation.stayedMs, invitation.verifies);
    shop.ties.tie(owner.id, visitor.id);
    const isAccepting = invitation.farm >= 0 || (invitation.verifies && invitation.chance < HABITS.takesOwn);
    if (isAccepting && !shop.packets.has(visitor.id)) this.takePacket(invitation, true, owner.id);
  }

  private takePacket(invitation: Invitation, isComer: boolean, from: number | null): boolean {
    const { asking, verdict } = this.ask(invitation, isComer);
    if (!verdict.isGiven) return false;
    const fen = this.shop.packets.take(asking.person.id, invitation.at, from);
    if (fen === 0) return false;
    this.given(asking, fen, verdict, null);
    return true;
  }
}

function ageMs(farm: Farm, slot: Slot, chance: number): number {
  const day = 24 * HOUR_MS;
  return slot.isHelper ? (60 + 900 * chance) * day : farm.months * 30 * day + chance * 10 * MINUTE_MS;
}
