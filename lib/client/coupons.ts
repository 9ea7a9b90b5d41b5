'use client';
import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import type { Claimable, OwnCoupon } from '../contracts/coupon.ts';
import { hearServerTime, serverNow } from './answer-clock.ts';
import { call } from './api.ts';
import { callLive } from './live/command.ts';
import { startLive } from './live/socket.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import { useMe, useSession } from './session.ts';
import type { AnswerNamed } from './wire.ts';

type Failure = { readonly code: string; readonly message?: string };

/** Others claim all the time; a page that is looked at asks this often. */
const ASK_EVERY_MS = 15_000;

/** `withdrawn`: it was on this page a moment ago, and the shop has stopped it since. */
export type Offered = Claimable & { readonly isWithdrawn: boolean };

/** What can be claimed, the same for everybody; null until an answer came. What goes while it is seen stays, and says so. */
export function useOfferedCoupons() {
  const [offered, setOffered] = useState<readonly Offered[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    const answer = await call('public.coupons', {});
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    const { templates } = answer.value;
    setOffered((before) => {
      const lost = (before ?? []).filter(({ id }) => !templates.some((template) => template.id === id));
      return [
        ...templates.map((template) => ({ ...template, isWithdrawn: false })),
        ...lost.map((template) => ({ ...template, isWithdrawn: true })),
      ];
    });
  }, []);
  useEffect(() => {
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    const timer = setInterval(look, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    // By the time of the tap there is a socket to claim over.
    startLive();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [refresh]);
  return { offered, failure, refresh };
}

const KEPT_AS = 'coupons';
type Wallet = {
  readonly coupons: readonly OwnCoupon[] | null;
  /** The server's time of what is shown, ms; what the phone kept is older than the page. */
  readonly seenAt: number;
  readonly isFresh: boolean;
  readonly failure: Failure | null;
};
const EMPTY: Wallet = { coupons: null, seenAt: 0, isFresh: false, failure: null };
const useWalletStore = create<Wallet>(() => EMPTY);

async function readKept(): Promise<void> {
  const kept = await readPersonal<Pick<Wallet, 'coupons' | 'seenAt'>>(KEPT_AS);
  if (kept !== undefined && useWalletStore.getState().coupons === null) useWalletStore.setState(kept);
}

async function refreshWallet(): Promise<void> {
  const answer = await call('coupon.mine', {});
  if (!answer.ok) return useWalletStore.setState({ failure: answer.refusal });
  const { now, coupons } = answer.value;
  hearServerTime(now);
  useWalletStore.setState({ coupons, seenAt: now, isFresh: true, failure: null });
  void keepPersonal(KEPT_AS, { coupons, seenAt: now });
}

/** All that this shopper holds: what the phone kept at once, then the server's answer. */
export function useWallet() {
  const { person, isKnown } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const wallet = useWalletStore();
  const refresh = useCallback(async () => {
    if (shopperId !== null) await refreshWallet();
  }, [shopperId]);
  useEffect(() => {
    if (shopperId === null) return;
    void readKept();
    void refresh();
    const look = () => document.visibilityState === 'visible' && void refresh();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [refresh, shopperId]);
  return { ...wallet, refresh, isKnown, isNobody: isKnown && shopperId === null };
}

/** Keys of claims that were sent and not answered, by template: sent again they are answered, not done again. */
const KEYS_KEPT_AS = 'festa-claims';
function keptKeys(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEYS_KEPT_AS) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
function keepKey(templateId: string, key: string | null): void {
  const { [templateId]: _, ...others } = keptKeys();
  try {
    sessionStorage.setItem(KEYS_KEPT_AS, JSON.stringify(key === null ? others : { ...others, [templateId]: key }));
  } catch {
    // A private window keeps nothing; the key lives as long as the call.
  }
}

/** Before the way to sign-in: the claim that is meant, so that only a tap of this tab is carried out afterwards. */
export function meanToClaim(templateId: string): void {
  keepKey(templateId, keptKeys()[templateId] ?? crypto.randomUUID());
}

/** Whether this tab meant to claim it and has not been answered. */
export function isMeantToClaim(templateId: string): boolean {
  return keptKeys()[templateId] !== undefined;
}

/** Claims once, however often it is tapped; a claim whose answer was lost goes up again with its key. */
export async function claimCoupon(templateId: string): Promise<AnswerNamed<'coupon.claim'>> {
  meanToClaim(templateId);
  const key = keptKeys()[templateId] ?? crypto.randomUUID();
  const answer = await callLive('coupon.claim', { key, templateId });
  const isAnswered = answer.ok || (answer.refusal.code !== 'timeout' && answer.refusal.code !== 'offline');
  if (isAnswered) keepKey(templateId, null);
  if (answer.ok) take(answer.value.coupon);
  return answer;
}

function take(coupon: OwnCoupon): void {
  const { coupons } = useWalletStore.getState();
  const others = (coupons ?? []).filter(({ id }) => id !== coupon.id);
  useWalletStore.setState({ coupons: [coupon, ...others], seenAt: Math.round(serverNow()) });
  void refreshWallet();
}

// Another person: what the last one held is gone from the screen and from the phone.
useSession.subscribe(({ person }, before) => {
  if (before.person === null || person?.id === before.person.id) return;
  useWalletStore.setState(EMPTY);
  void keepPersonal(KEPT_AS, { coupons: null, seenAt: 0 });
});
