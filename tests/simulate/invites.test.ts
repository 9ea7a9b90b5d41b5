import { beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../server/platform/limits.ts';
import { COSTS } from './costs.ts';
import type { Figures } from './figures.ts';
import { simulateInvites } from './invites.ts';
import { makePopulation } from './population.ts';

/** Small enough for every run of the tests; docs/fraud.md has the figures of a million. */
const SMALL = { invitations: 20_000, farmedShare: 0.3, seed: 11 };

let lines: ReadonlyMap<string, Figures>;
const line = (run: string): Figures => {
  const found = lines.get(run);
  if (!found) throw new Error(`There is no run "${run}"`);
  return found;
};

beforeAll(async () => {
  lines = new Map((await simulateInvites(SMALL)).map((one) => [one.run, one]));
}, 240_000);

test('thirty of a hundred invitations are farmed, and the same seed makes the same campaign', async () => {
  const { invitations } = makePopulation(SMALL);
  expect(invitations).toHaveLength(SMALL.invitations);
  expect(invitations.filter(({ farm }) => farm >= 0)).toHaveLength(SMALL.invitations * SMALL.farmedShare);
  expect(invitations.every(({ at }, n) => n === 0 || at >= invitations[n - 1]!.at)).toBe(true);
  const [again] = await simulateInvites({ ...SMALL, only: ['all on'] });
  expect({ ...again, seconds: 0 }).toEqual({ ...line('all on'), seconds: 0 });
});

test('the hard cases are among the honest people: campuses, families on one phone, firms and stations that take everybody’s parcels, acceptance within a second', () => {
  const { people, invitations } = makePopulation(SMALL);
  const honest = invitations.filter(({ farm }) => farm < 0);
  const perCluster = Map.groupBy(honest, ({ toCluster }) => toCluster);
  expect(Math.max(...[...perCluster.values()].map((all) => all.length))).toBeGreaterThan(300);
  const perDevice = Map.groupBy(
    people.filter(({ device }) => device >= 0),
    ({ device }) => device,
  );
  expect([...perDevice.values()].filter((all) => all.length > 1).length).toBeGreaterThan(50);
  const perPlace = Map.groupBy(people, ({ place }) => place);
  const { perPlace: most } = LIMITS.risk.orders;
  expect([...perPlace.values()].filter((all) => all.length > most + 1).length).toBeGreaterThan(10);
  expect(honest.filter(({ openedAfterMs }) => openedAfterMs < 1_000).length).toBeGreaterThan(honest.length / 50);
});

test('with all controls at most one honest request in two hundred is refused', () => {
  expect(line('all on').honestRefused).toBeLessThanOrEqual(0.005);
});

test('with all controls farms lose money on the whole, and without any they gain', () => {
  expect(line('all on').attackerReturn).toBeLessThan(0);
  expect(line('none').attackerReturn).toBeGreaterThan(0);
  expect(line('none').payoutShare).toBeGreaterThan(line('all on').payoutShare);
});

test('a phone that is new to the campaign and the part of a line are what a farm pays for most', () => {
  const { attackerReturn } = line('all on');
  expect(line('without a verified phone').attackerReturn).toBeGreaterThan(attackerReturn);
  expect(line('without the part of a line').attackerReturn).toBeGreaterThan(attackerReturn);
});

test('orders that are reviewed by payer before they are packed leave no tactic a gain', () => {
  expect(line('all on').bestReturn).toBeLessThan(0);
  expect(line('all on').payoutShare).toBeLessThan(line('without orders reviewed').payoutShare / 2);
});

test('whom a person has freed is free, and not whoever comes after him by the same payer', () => {
  const { payoutShare } = line('without a second look at who was freed');
  expect(payoutShare).toBeGreaterThanOrEqual(line('all on').payoutShare);
});

test('newcomers told apart, and groups of which reviewers see all people, let less through than without', () => {
  const { payoutShare } = line('all on');
  for (const run of [
    'newcomers told apart',
    'money of groups',
    'what a group takes',
    'sight of circles and all people',
  ]) {
    expect(line(`without ${run}`).payoutShare, run).toBeGreaterThan(payoutShare);
  }
  expect(line('all on, and ¥5 for newcomers').payoutShare).toBeLessThan(payoutShare);
  expect(line('all on, and ¥5 for newcomers').honestOrdersHeld).toBeGreaterThan(line('all on').honestOrdersHeld);
});

test('nobody’s order waits for longer than a day', () => {
  for (const [run, { honestOrdersWaitHours }] of lines) expect(honestOrdersWaitHours.most, run).toBeLessThanOrEqual(24);
});

test('farms that buy their accounts a history pay for it, and still lose', () => {
  const buying = line('all on, and every farm buys');
  expect(buying.payoutShare).toBeGreaterThan(line('all on').payoutShare);
  expect(buying.bestReturn).toBeLessThan(0);
  expect(line('all on, and farms that hope').bestReturn).toBeLessThan(0);
});

test('no control that is on lets more through than the same one off, but for chance', () => {
  const { payoutShare } = line('all on');
  for (const [run, figures] of lines) {
    if (run.startsWith('without')) expect(figures.payoutShare, run).toBeGreaterThan(payoutShare - 0.02);
  }
});

test('every number of the cost model is a positive number of fen', () => {
  const numbers = Object.values(COSTS).flatMap((one) => (typeof one === 'number' ? [one] : Object.values(one)));
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.every((fen) => Number.isInteger(fen) && fen > 0)).toBe(true);
});
