'use client';
import { useMemo } from 'react';
import { create } from 'zustand';
import { type CartLine, mergeCarts, trimCart } from '../domain/cart/merge.ts';
import { PHONE_KEYS } from '../domain/phone-keys.ts';
import { serverNow } from './answer-clock.ts';
import { call } from './api.ts';
import { useSession } from './session.ts';

/** As in the contract, which a page does not import: it would bring its schemas along. A test compares them. */
export const CART_LINES_MAX = 100;
const QUANTITY_MAX = 99;

type CartState = {
  /** Removals are among them, until they are trimmed. In the order shown: latest added first. */
  readonly lines: readonly CartLine[];
  /** SKUs that the shopper has unticked on this phone. */
  readonly unticked: readonly string[];
  /** Edits that the server has not confirmed; stays true offline. */
  readonly isUnsynced: boolean;
  /** False in the published page, which is the same for everybody. */
  readonly isLoaded: boolean;
};

const EMPTY: CartState = { lines: [], unticked: [], isUnsynced: false, isLoaded: false };

/** The cart of this phone: local first, told to the server when there is a session. */
const useCartStore = create<CartState>(() => EMPTY);

/** The lines that are wanted, with their ticks. */
export function useCart() {
  const { lines, unticked, isUnsynced, isLoaded } = useCartStore();
  return useMemo(() => {
    const wanted = lines.filter((line) => line.quantity > 0);
    const isTicked = (skuId: string) => !unticked.includes(skuId);
    return {
      lines: wanted,
      isTicked,
      isUnsynced,
      isLoaded,
      count: wanted.reduce((sum, line) => sum + line.quantity, 0),
    };
  }, [lines, unticked, isUnsynced, isLoaded]);
}

export function addToCart(skuId: string, quantity = 1): void {
  const held = useCartStore.getState().lines.find((line) => line.skuId === skuId)?.quantity ?? 0;
  setTicked([skuId], true);
  setQuantity(skuId, held + quantity);
}

/** 0 removes the line; more than 99 is 99. */
export function setQuantity(skuId: string, quantity: number): void {
  const { lines } = useCartStore.getState();
  const held = lines.find((line) => line.skuId === skuId);
  // A later edit on one phone is later, even when its clock was set back in between.
  const changedAt = Math.max(Math.round(serverNow()), (held?.changedAt ?? 0) + 1);
  const edited = { skuId, quantity: Math.min(QUANTITY_MAX, Math.max(0, Math.trunc(quantity))), changedAt };
  keep({ lines: inShownOrder(mergeCarts(lines, [edited]), lines), isUnsynced: true });
  void syncCart();
}

export function removeFromCart(skuIds: readonly string[]): void {
  for (const skuId of skuIds) setQuantity(skuId, 0);
}

export function setTicked(skuIds: readonly string[], isTicked: boolean): void {
  const others = useCartStore.getState().unticked.filter((skuId) => !skuIds.includes(skuId));
  keep({ unticked: isTicked ? others : [...others, ...skuIds] });
}

let running: Promise<void> | undefined;
let isAskedAgain = false;

/** Merges with the server's cart. Calls while one runs are joined into one more run, so no edit waits for a timer. */
function syncCart(): Promise<void> {
  if (useSession.getState().person === null) return Promise.resolve();
  if (running !== undefined) {
    isAskedAgain = true;
    return running;
  }
  running = mergeOnce().finally(() => {
    running = undefined;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    void syncCart();
  });
  return running;
}

async function mergeOnce(): Promise<void> {
  const sent = useCartStore.getState().lines;
  const answer = await call('cart.merge', { lines: [...sent] });
  if (!answer.ok) return;
  const { lines } = useCartStore.getState();
  const isUnsynced = lines !== sent && useCartStore.getState().isUnsynced;
  keep({ lines: inShownOrder(mergeCarts(lines, answer.value.lines), lines), isUnsynced });
}

/** Lines that are new here come first; the others stay where the shopper sees them. */
function inShownOrder(merged: readonly CartLine[], shown: readonly CartLine[]): CartLine[] {
  const place = new Map(shown.map((line, index) => [line.skuId, line.quantity > 0 ? index : -1]));
  const ordered = [...merged].sort((a, b) => (place.get(a.skuId) ?? -1) - (place.get(b.skuId) ?? -1));
  return trimCart(ordered, CART_LINES_MAX);
}

function keep(change: Partial<CartState>): void {
  useCartStore.setState(change);
  try {
    localStorage.setItem(PHONE_KEYS.cart, JSON.stringify(useCartStore.getState()));
  } catch {
    // Storage is full or closed (a private window): the cart lives as long as the page.
  }
}

function kept(text: string | null): CartState {
  try {
    return { ...EMPTY, ...(JSON.parse(text ?? '{}') as Partial<CartState>), isLoaded: true };
  } catch {
    return { ...EMPTY, isLoaded: true };
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(PHONE_KEYS.cart);
  } catch {
    return null;
  }
}

/** Runs once in a browser: shows the kept cart, listens to other tabs, to the network and to signing in or out. */
function startCart(): void {
  useCartStore.setState(kept(readKept()));
  window.addEventListener('storage', (event) => {
    if (event.key !== PHONE_KEYS.cart) return;
    const theirs = kept(event.newValue);
    const { lines } = useCartStore.getState();
    useCartStore.setState({ ...theirs, lines: inShownOrder(mergeCarts(lines, theirs.lines), theirs.lines) });
  });
  window.addEventListener('online', () => void syncCart());
  useSession.subscribe(({ person }, before) => {
    if (person !== null && person.id !== before.person?.id) void syncCart();
    // Signed out: the cart belonged to the shopper who left.
    if (person === null && before.person !== null) keep({ ...EMPTY, isLoaded: true });
  });
}

if (globalThis.window !== undefined) startCart();
