'use client';
import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import type { Order } from '../contracts/order.ts';
import { hearServerTime, serverNow } from './answer-clock.ts';
import { call } from './api.ts';
import { onOrderNews } from './live/order-news.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import { useMe, useSession } from './session.ts';

const KEPT_AS = 'orders';
const KEPT_MAX = 60;

/** `seenAt` is the server's time of the last answer that held this order, ms. */
type SeenOrder = { readonly order: Order; readonly seenAt: number };
type Failure = { readonly code: string; readonly message?: string };
type Seen = { readonly byId: Readonly<Record<string, SeenOrder>>; readonly isLoaded: boolean };

/** Orders that this phone has seen; kept in IndexedDB, so that they open without a network. */
const useOrdersStore = create<Seen>(() => ({ byId: {}, isLoaded: false }));

/** Shows an order that an answer held. An older picture never replaces a newer one. */
export function seeOrders(orders: readonly Order[]): void {
  const seenAt = Math.round(serverNow());
  const byId = { ...useOrdersStore.getState().byId };
  for (const order of orders) {
    if ((byId[order.id]?.order.sequence ?? 0) <= order.sequence) byId[order.id] = { order, seenAt };
  }
  useOrdersStore.setState({ byId });
  const latest = Object.values(byId)
    .sort((a, b) => b.order.placedAt - a.order.placedAt)
    .slice(0, KEPT_MAX);
  void keepPersonal(KEPT_AS, latest);
}

/** An order that an earlier version kept, with what orders have had since. */
function asNow(order: Order): Order {
  const { cuts = [], discountFen = 0, requests = [], review = null, pickup = null } = order;
  return { ...order, cuts, discountFen, requests, review, pickup };
}

let reading: Promise<void> | undefined;

/** Brings in what the phone kept; once a page load. */
function readKept(): Promise<void> {
  reading ??= readPersonal<SeenOrder[]>(KEPT_AS).then((kept = []) => {
    const { byId } = useOrdersStore.getState();
    const fromDisk = Object.fromEntries(kept.map((seen) => [seen.order.id, { ...seen, order: asNow(seen.order) }]));
    useOrdersStore.setState({ byId: { ...fromDisk, ...byId }, isLoaded: true });
  });
  return reading;
}

/** Asks the server for one order; resolves to why it is not there, or to null when it is. */
async function refreshOrder(id: string): Promise<Failure | null> {
  const answer = await call('order.read', { id });
  if (!answer.ok) return answer.refusal;
  hearServerTime(answer.value.now);
  seeOrders([answer.value.order]);
  return null;
}

/** One order: what was kept at once, then the server's answer. `failure` is why the newest is not shown. */
export function useOrder(id: string | null) {
  const { byId, isLoaded } = useOrdersStore();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isFresh, setIsFresh] = useState(false);
  const { person, isKnown } = useMe();
  const isNobody = isKnown && person === null;
  const refresh = useCallback(async () => {
    if (id === null || !isKnown) return;
    // Nobody has no order; the door would say the same.
    if (isNobody) return setFailure({ code: 'login_required' });
    const why = await refreshOrder(id);
    setFailure(why);
    setIsFresh(why === null);
  }, [id, isKnown, isNobody]);
  useEffect(() => {
    void readKept();
    void refresh();
    // Another tab may have paid, and a phone that slept has missed the news.
    const onSeen = () => document.visibilityState === 'visible' && void refresh();
    document.addEventListener('visibilitychange', onSeen);
    addEventListener('online', onSeen);
    const endNews = onOrderNews((moved) => (moved === null || moved === id) && void refresh());
    return () => {
      endNews();
      document.removeEventListener('visibilitychange', onSeen);
      removeEventListener('online', onSeen);
    };
  }, [id, refresh]);
  return { seen: id === null ? undefined : byId[id], isLoaded, isFresh, failure, refresh };
}

export type OrderTab = 'all' | 'to_pay' | 'to_ship' | 'to_receive' | 'done' | 'refunds';

const STATES_OF_TAB: Readonly<Record<OrderTab, readonly Order['state'][] | null>> = {
  all: null,
  to_pay: ['pending_pay', 'closing'],
  to_ship: ['paid', 'packed'],
  to_receive: ['shipped'],
  done: ['received', 'completed'],
  refunds: ['refund_requested', 'returning', 'refunding', 'refunded'],
};

function isInTab(order: Order, tab: OrderTab): boolean {
  return STATES_OF_TAB[tab]?.includes(order.state) ?? true;
}

/** The orders of one tab, newest first: kept ones at once, then the server's, page by page. */
export function useOrders(tab: OrderTab) {
  const { byId, isLoaded } = useOrdersStore();
  const [answered, setAnswered] = useState<readonly string[] | null>(null);
  const [nextBefore, setNextBefore] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { person, isKnown } = useMe();
  const isNobody = isKnown && person === null;
  const load = useCallback(
    async (before?: string) => {
      if (!isKnown || isNobody) return;
      const answer = await call('order.list', { tab, before });
      setFailure(answer.ok ? null : answer.refusal);
      if (!answer.ok) return;
      const { orders, nextBefore: next } = answer.value;
      seeOrders(orders);
      const ids = orders.map(({ id }) => id);
      setAnswered((earlier) => (before === undefined ? ids : [...(earlier ?? []), ...ids]));
      setNextBefore(next);
    },
    [tab, isKnown, isNobody],
  );
  useEffect(() => {
    void readKept();
    void load();
    return onOrderNews(() => void load());
  }, [load]);
  const isFresh = answered !== null;
  // A kept order that the server's list no longer has in this tab has moved on since.
  const shown = isFresh ? answered.flatMap((id) => byId[id] ?? []) : Object.values(byId);
  const seen = shown.filter(({ order }) => isInTab(order, tab)).sort((a, b) => b.order.placedAt - a.order.placedAt);
  return { seen, isLoaded, isFresh, failure, nextBefore, load };
}

// Another person: what this phone has seen of the last one is gone from the screen and from the store.
useSession.subscribe(({ person }, before) => {
  if (before.person === null || person?.id === before.person.id) return;
  useOrdersStore.setState({ byId: {} });
  void keepPersonal(KEPT_AS, []);
});
