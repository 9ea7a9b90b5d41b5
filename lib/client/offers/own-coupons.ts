'use client';
import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import type { StoreCoupon } from '../../contracts/store-offer.ts';
import { patchOf } from '../../domain/store/cell.ts';
import type { Fix } from '../../domain/store/fence.ts';
import { accuracyBucket } from '../../domain/store/fence.ts';
import { hearServerTime } from '../answer-clock.ts';
import { call } from '../api.ts';
import { forgetRequest, keptRequest } from '../kept-requests.ts';
import { keepPersonal, readPersonal } from '../personal-store.ts';
import { useMe, useSession } from '../session.ts';
import { type AnswerNamed, learnWire } from '../wire.ts';
import { OFFER_WIRE } from '../wire-offer.ts';

learnWire(OFFER_WIRE);

const KEPT_AS = 'store-coupons';
/** As in lib/client/pickup.ts: what the moving code needs to be right without a network. */
const CLOCK_KEPT_AS = 'pickup-clock';
/** A clerk takes a coupon while its owner looks at it. */
const WATCH_MS = 3_000;

type Own = { readonly coupons: readonly StoreCoupon[] | null; readonly isFresh: boolean };
const useOwnStore = create<Own>(() => ({ coupons: null, isFresh: false }));

async function refresh(): Promise<void> {
  const answer = await call('offer.mine', {}, { attemptsMax: 1 });
  if (!answer.ok) return useOwnStore.setState({ isFresh: false });
  const { now, coupons } = answer.value;
  hearServerTime(now);
  useOwnStore.setState({ coupons, isFresh: true });
  await Promise.all([
    keepPersonal(KEPT_AS, coupons),
    keepPersonal(CLOCK_KEPT_AS, { offsetMs: now - Date.now(), heardAt: Date.now() }),
  ]);
}

/**
 * One's store coupons: what the phone kept at once, then what the server says.
 * @param isWatched one of them is held out to a clerk: asked again every few seconds
 */
export function useOwnCoupons(isWatched: boolean) {
  const { person, isKnown } = useMe();
  const shopperId = person?.isVerified ? person.id : null;
  const own = useOwnStore();
  useEffect(() => {
    if (shopperId === null) return;
    void readPersonal<readonly StoreCoupon[]>(KEPT_AS).then((kept) => {
      if (kept !== undefined && useOwnStore.getState().coupons === null) useOwnStore.setState({ coupons: kept });
    });
    const look = () => document.visibilityState === 'visible' && void refresh();
    look();
    const timer = isWatched ? setInterval(look, WATCH_MS) : undefined;
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [shopperId, isWatched]);
  return { coupons: own.coupons ?? [], isFresh: own.isFresh, isNobody: isKnown && shopperId === null };
}

export type ClaimAt =
  | { readonly by: 'near'; readonly offerId: string; readonly storeId: string; readonly fix: Fix }
  | { readonly by: 'password'; readonly password: string };

type Answer = AnswerNamed<'offer.claim'>;

/** Claims once, however often it is tapped; of the fix a square of 600 m and a rough accuracy go up, and no more. */
export async function claimOffer(at: ClaimAt): Promise<Answer> {
  // What is sent again is what was sent first, wherever the phone is by then.
  const about = at.by === 'near' ? `${at.offerId} ${at.storeId}` : at.password;
  const request = keptRequest('offer.claim', about, {
    key: crypto.randomUUID(),
    at:
      at.by === 'near'
        ? {
            by: 'near' as const,
            offerId: at.offerId,
            storeId: at.storeId,
            patch: patchOf(at.fix.point),
            accuracyM: accuracyBucket(at.fix.accuracyM) ?? 100,
          }
        : at,
  });
  const answer = await call('offer.claim', request);
  if (answer.ok || (answer.refusal.code !== 'offline' && answer.refusal.code !== 'timeout')) {
    forgetRequest('offer.claim', about);
  }
  if (answer.ok) {
    const others = (useOwnStore.getState().coupons ?? []).filter(({ id }) => id !== answer.value.coupon.id);
    useOwnStore.setState({ coupons: [answer.value.coupon, ...others] });
    void refresh();
  }
  return answer;
}

/** Claims by what is asked about, one at a time, and what was refused of each. */
export function useClaiming() {
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<{
    readonly about: string;
    readonly refusal: Exclude<Answer, { ok: true }>['refusal'];
  } | null>(null);
  const claim = useCallback(async (about: string, at: ClaimAt) => {
    setBusy(about);
    setRefused(null);
    const answer = await claimOffer(at);
    setBusy(null);
    if (!answer.ok) setRefused({ about, refusal: answer.refusal });
    return answer.ok ? answer.value.coupon : null;
  }, []);
  return { busy, refused, claim };
}

// Another person: what the last one held is gone from the screen and from the phone.
useSession.subscribe(({ person }, before) => {
  if (before.person === null || person?.id === before.person.id) return;
  useOwnStore.setState({ coupons: null, isFresh: false });
  void keepPersonal(KEPT_AS, []);
});
