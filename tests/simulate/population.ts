import { randomOf } from '../crowd/random.ts';
import { type Farm, farmedPeople, type Taken } from './farms.ts';
import { honestPeople } from './honest.ts';
import type { Invitation, Person } from './people.ts';

export type Population = {
  /** Honest people; farms make theirs as they need them. */
  readonly people: readonly Person[];
  /** All, in the order of their moments. */
  readonly invitations: readonly Invitation[];
  /** The farms as they are before the campaign, with empty purses; the same ones each time. */
  freshFarms(): { readonly farms: readonly Farm[]; readonly taken: Taken };
};

/** `invitations` that are followed, `farmedShare` of them by farms. A seed repeats them. */
export function makePopulation(given: { invitations: number; farmedShare: number; seed: number }): Population {
  const farmed = Math.round(given.invitations * given.farmedShare);
  const honest = honestPeople(given.invitations - farmed, randomOf(given.seed), {
    whereTo: randomOf(given.seed + 3),
    whoBought: randomOf(given.seed + 4),
  });
  const plan = () => {
    const taken: Taken = {
      clusters: honest.clusters,
      devices: honest.devices,
      payers: honest.payers,
      places: honest.places,
    };
    return { ...farmedPeople(farmed, taken, randomOf(given.seed + 1)), taken };
  };
  const invitations = [...honest.invitations, ...plan().invitations].sort((a, b) => a.at - b.at);
  return { people: honest.people, invitations, freshFarms: plan };
}
