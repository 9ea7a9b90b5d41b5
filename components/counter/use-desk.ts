'use client';

import { useCallback, useRef, useState } from 'react';
import { askCounter } from '../../lib/client/counter-ask.ts';
import { deviceId } from '../../lib/client/counter-device.ts';
import { refreshHome } from '../../lib/client/counter-home.ts';
import {
  handOverOffline,
  type LeasedOrder,
  noteGiven,
  typedOffline,
  useLease,
} from '../../lib/client/counter-lease.ts';
import { forgetRequest, keptRequest } from '../../lib/client/kept-requests.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { LineUnits } from '../../lib/domain/pickup/pickup.ts';
import { readScanned } from '../../lib/domain/pickup/token.ts';
import { playSound } from './counter-sounds.ts';
import { FOUND, HANDED, lookOf } from './result-looks.ts';

export type Scan = ValueNamed<'counter.scan'>;
export type Handed = ValueNamed<'counter.handOver'>;
export type CouponScan = ValueNamed<'counter.scanCoupon'>;
export type Redeemed = ValueNamed<'counter.redeemCoupon'>;
/** A no of the server, or of this device when the server cannot be reached. */
export type Refused = { readonly code: string; readonly message?: string } & Readonly<Record<string, unknown>>;
export type Typed = { readonly digits: string; readonly lastFour: string };

export type Phase =
  | { readonly at: 'idle' }
  | { readonly at: 'asking' }
  | { readonly at: 'found'; readonly scan: Scan; readonly isHanding: boolean }
  | { readonly at: 'handed'; readonly handed: Handed }
  | { readonly at: 'coupon'; readonly scan: CouponScan; readonly isHanding: boolean }
  | { readonly at: 'redeemed'; readonly redeemed: Redeemed }
  | { readonly at: 'refused'; readonly refusal: Refused }
  | { readonly at: 'listed'; readonly order: LeasedOrder; readonly left: LineUnits[]; readonly typed: Typed }
  | { readonly at: 'noted'; readonly units: number };

/** With a list for offline on the device nobody waits long for a network that is not there. */
const IMPATIENT_MS = 5_000;

async function askScan(text: string, lastFour: string | undefined) {
  const request = { text: text.slice(0, 200), lastFour, deviceId: deviceId() };
  if (useLease.getState().kept === null) return askCounter('counter.scan', request);
  const options = { attemptsMax: 1, signal: AbortSignal.timeout(IMPATIENT_MS) };
  return askCounter('counter.scan', request, options).catch(
    () => ({ ok: false, refusal: { code: 'timeout' } }) as const,
  );
}

/** What lies on the counter: from a scan to the goods in somebody's hands, one after the other. */
export function useDesk() {
  const [phase, setPhase] = useState<Phase>({ at: 'idle' });
  // A scanner may speak while an answer is on its way; its code waits for nobody and is not taken.
  const isBusy = useRef(false);

  const refuse = useCallback((refusal: Refused) => {
    playSound(lookOf(refusal.code).sound);
    setPhase({ at: 'refused', refusal });
  }, []);

  const lookOffline = useCallback(
    (text: string, lastFour: string | undefined, code: string) => {
      const read = readScanned(text);
      if (useLease.getState().kept === null || lastFour === undefined || read.kind !== 'digits')
        return refuse({ code });
      const typed = { digits: read.digits, lastFour };
      const found = typedOffline(typed.digits, lastFour);
      if (found === null) return refuse({ code });
      if (!found.ok) return refuse({ ...found.refusal, isOffline: true });
      playSound(FOUND.sound);
      setPhase({ at: 'listed', ...found.value, typed });
    },
    [refuse],
  );

  const scan = useCallback(
    async (text: string, lastFour?: string) => {
      if (isBusy.current) return;
      isBusy.current = true;
      setPhase({ at: 'asking' });
      const answer = await askScan(text, lastFour);
      if (!answer.ok && answer.refusal.code === 'coupon_code') {
        const coupon = await askCounter('counter.scanCoupon', { text: text.slice(0, 200), lastFour });
        isBusy.current = false;
        if (!coupon.ok) return refuse(coupon.refusal as Refused);
        playSound(FOUND.sound);
        return setPhase({ at: 'coupon', scan: coupon.value, isHanding: false });
      }
      isBusy.current = false;
      if (answer.ok) {
        playSound(FOUND.sound);
        return setPhase({ at: 'found', scan: answer.value, isHanding: false });
      }
      const refusal = answer.refusal as Refused;
      if (refusal.code === 'offline' || refusal.code === 'timeout') return lookOffline(text, lastFour, refusal.code);
      if (refusal.code === 'no_store') void refreshHome();
      refuse(refusal);
    },
    [refuse, lookOffline],
  );

  /** `lines`: null for all that waits. */
  const handOver = useCallback(
    async (found: Scan, lines: LineUnits[] | null) => {
      if (isBusy.current) return;
      isBusy.current = true;
      setPhase({ at: 'found', scan: found, isHanding: true });
      const about = `${found.order.orderId} ${found.ticket.slice(-24)} ${JSON.stringify(lines)}`;
      const request = keptRequest('counter.handOver', about, {
        key: crypto.randomUUID(),
        ticket: found.ticket,
        deviceId: deviceId(),
        ...(lines && { lines }),
      });
      const answer = await askCounter('counter.handOver', request);
      isBusy.current = false;
      if (!answer.ok && (answer.refusal.code === 'offline' || answer.refusal.code === 'timeout')) {
        return refuse(answer.refusal);
      }
      forgetRequest('counter.handOver', about);
      if (!answer.ok) return refuse(answer.refusal as Refused);
      playSound(HANDED.sound);
      setPhase({ at: 'handed', handed: answer.value });
      void noteGiven({ orderId: found.order.orderId, lines: answer.value.handover.lines });
      void refreshHome();
    },
    [refuse],
  );

  /** The amount was taken off at the till. */
  const redeem = useCallback(
    async (found: CouponScan) => {
      if (isBusy.current) return;
      isBusy.current = true;
      setPhase({ at: 'coupon', scan: found, isHanding: true });
      const about = `${found.coupon.id} ${found.ticket.slice(-24)}`;
      const request = keptRequest('counter.redeemCoupon', about, { key: crypto.randomUUID(), ticket: found.ticket });
      const answer = await askCounter('counter.redeemCoupon', request);
      isBusy.current = false;
      if (!answer.ok && (answer.refusal.code === 'offline' || answer.refusal.code === 'timeout')) {
        return refuse(answer.refusal);
      }
      forgetRequest('counter.redeemCoupon', about);
      if (!answer.ok) return refuse(answer.refusal as Refused);
      playSound(HANDED.sound);
      setPhase({ at: 'redeemed', redeemed: answer.value });
    },
    [refuse],
  );

  const handOverListed = useCallback(
    async (order: LeasedOrder, typed: Typed, lines: LineUnits[]) => {
      try {
        await handOverOffline(order, typed, lines);
      } catch {
        return refuse({ code: 'not_kept' });
      }
      playSound(HANDED.sound);
      setPhase({ at: 'noted', units: lines.reduce((sum, { quantity }) => sum + quantity, 0) });
    },
    [refuse],
  );

  const next = useCallback(() => setPhase({ at: 'idle' }), []);
  return { phase, scan, handOver, redeem, handOverListed, next };
}

export type Desk = ReturnType<typeof useDesk>;
