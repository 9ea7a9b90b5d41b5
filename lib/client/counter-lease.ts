'use client';
import { create } from 'zustand';
import type { RequestNamed, ValueNamed } from '../contracts/named.ts';
import { type GivenUnits, type LeasedRefusal, readTypedOffline } from '../domain/pickup/leased.ts';
import type { LineUnits } from '../domain/pickup/pickup.ts';
import type { Result } from '../domain/result.ts';
import { hearServerTime, serverNow } from './answer-clock.ts';
import { askCounter } from './counter-ask.ts';
import { deviceId } from './counter-device.ts';
import { keep, readKept } from './counter-kept.ts';

/* The right of this device to hand over without network, and what it has handed over by it. */

type Lease = ValueNamed<'counter.lease'>['lease'];
export type LeasedOrder = Lease['orders'][number];
export type Reconciled = ValueNamed<'counter.reconcile'>['results'];
export type Queued = RequestNamed<'counter.reconcile'>['handovers'][number] & { readonly lines: LineUnits[] };

type Kept = {
  readonly lease: Lease;
  /** Server's clock minus this device's, ms: a page that is opened without network has heard no answer. */
  readonly offsetMs: number;
  /** Handed over with network since the list was made. */
  readonly given: readonly GivenUnits[];
  /** Handed over without; to be told. */
  readonly queue: readonly Queued[];
};

type LeaseState = {
  readonly kept: Kept | null;
  readonly isBusy: boolean;
  /** What came of the last sending, until somebody has read it. */
  readonly results: Reconciled | null;
  /** The server knew no such lease: these were not written. */
  readonly lost: readonly Queued[];
};

const KEPT_AS = 'lease';
const RESULTS_AS = 'lease-results';
const NOTHING: LeaseState = { kept: null, isBusy: false, results: null, lost: [] };

export const useLease = create<LeaseState>(() => NOTHING);

/** Called once: what this device kept, and the time when nobody has told it yet. */
export async function recallLease(): Promise<void> {
  const [kept, told] = await Promise.all([
    readKept<Kept | null>(KEPT_AS),
    readKept<Pick<LeaseState, 'results' | 'lost'> | null>(RESULTS_AS),
  ]);
  if (kept && !navigator.onLine) hearServerTime(Date.now() + kept.offsetMs);
  useLease.setState({ kept: kept ?? null, ...told });
}

async function change(kept: Kept | null): Promise<void> {
  await keep(KEPT_AS, kept);
  useLease.setState({ kept });
}

/** Takes the ready orders of the store for this device, or makes its turn longer. */
export async function startLease() {
  useLease.setState({ isBusy: true });
  const before = useLease.getState().kept;
  const answer = await askCounter('counter.lease', { deviceId: deviceId() });
  if (answer.ok) {
    const { lease, now } = answer.value;
    const isSame = before?.lease.id === lease.id;
    // What was given out before the new list was made is not on it.
    const queue = isSame ? before.queue : [];
    await change({ lease, offsetMs: now - Date.now(), given: [], queue });
  }
  useLease.setState({ isBusy: false });
  return answer;
}

/** Whose code was typed, as far as this device may say without network; null: it has no list. */
export function typedOffline(
  digits: string,
  lastFour: string,
): Result<{ order: LeasedOrder; left: LineUnits[] }, LeasedRefusal> | null {
  const { kept } = useLease.getState();
  return kept && readTypedOffline(kept.lease, [...kept.given, ...kept.queue], { digits, lastFour }, serverNow());
}

/** Writes a handing over down, to be sent later. @throws when this browser keeps nothing */
export async function handOverOffline(
  order: LeasedOrder,
  typed: { digits: string; lastFour: string },
  lines: LineUnits[],
): Promise<void> {
  const { kept } = useLease.getState();
  if (!kept) throw new Error('Nothing is handed over offline without a lease');
  const { orderId } = order;
  const entry: Queued = { key: crypto.randomUUID(), orderId, at: Math.round(serverNow()), ...typed, lines };
  await change({ ...kept, queue: [...kept.queue, entry] });
}

/** What was handed over with network leaves the list. */
export async function noteGiven(given: GivenUnits): Promise<void> {
  const { kept } = useLease.getState();
  if (kept?.lease.orders.some(({ orderId }) => orderId === given.orderId)) {
    await change({ ...kept, given: [...kept.given, given] });
  }
}

/**
 * Sends what was handed over and ends the turn. Without an answer everything stays as it is, to be sent again with the
 * same keys.
 */
export async function reconcile() {
  const { kept, isBusy } = useLease.getState();
  if (!kept || isBusy) return null;
  useLease.setState({ isBusy: true });
  const { lease, queue } = kept;
  const answer = await askCounter('counter.reconcile', {
    leaseId: lease.id,
    deviceId: deviceId(),
    handovers: [...queue],
  });
  const isUnknown = !answer.ok && answer.refusal.code === 'unknown_lease';
  if (answer.ok || isUnknown) {
    // Before the queue goes: a page that ends here must not forget what was lost.
    const told =
      queue.length === 0
        ? { results: null, lost: [] }
        : { results: answer.ok ? answer.value.results : null, lost: isUnknown ? queue : [] };
    await keep(RESULTS_AS, told);
    await change(null);
    useLease.setState(told);
  }
  useLease.setState({ isBusy: false });
  return answer;
}

/** The clerk has read what came of it. */
export async function forgetResults(): Promise<void> {
  await keep(RESULTS_AS, null);
  useLease.setState({ results: null, lost: [] });
}
