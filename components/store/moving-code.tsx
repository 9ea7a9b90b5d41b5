'use client';

import { correction, generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import { useEffect, useMemo, useState } from 'react';
import type { ClockTrust } from '../../lib/client/pickup.ts';
import type { ShownCode } from '../../lib/contracts/pickup.ts';
import { spokenCode } from '../../lib/domain/pickup/code.ts';
import { STEP_MS, tokenAt, tokenGoodForMs } from '../../lib/domain/pickup/token.ts';
import { pickupCodeMessages } from '../../lib/messages/pickup-code.ts';
import { useMessages } from '../ui/locale.tsx';

type MovingCodeProps = {
  code: ShownCode;
  clock: { now: () => number; trust: ClockTrust };
  /** Of the phone that the order was made with; a friend is not told it. */
  lastFour: string | null;
};

/** The server's time, looked at often enough for seconds to be right; the screen stays on meanwhile. */
function useTicking(now: () => number): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const tick = () => setAt(now());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}

/** A phone that goes dark in front of the counter has to be unlocked again; where it cannot be kept on, nothing is lost. */
function useScreenOn(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null;
    let isOver = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      held = await navigator.wakeLock.request('screen').catch(() => null);
      if (isOver) void held?.release();
    };
    void hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', hold);
      void held?.release();
    };
  }, []);
}

/** What is held out to the clerk: the QR of this half minute, and the digits for when it cannot be scanned. */
export function MovingCode({ code, clock, lastFour }: MovingCodeProps) {
  const words = useMessages(pickupCodeMessages);
  const at = useTicking(clock.now);
  useScreenOn();
  const step = Math.floor(at / STEP_MS);
  const picture = useMemo(() => {
    const text = tokenAt(code.secret, code.codeId, step * STEP_MS);
    return toSvgDataURL(generate(text, { minCorrectionLevel: correction.M }), { on: 'black', off: 'white' });
  }, [code, step]);
  const secondsLeft = Math.ceil(tokenGoodForMs(at) / 1_000);
  const isTrusted = clock.trust === 'good';
  return (
    <section className="flex flex-col items-center rounded-card bg-white px-4 pt-4 pb-5 text-center text-[#1d1a1a] shadow-card">
      <h2 className="text-18 font-semibold">{words.show}</h2>
      {isTrusted ? (
        <>
          <img src={picture} alt={words.qrAlt} className="mt-3 aspect-square w-full max-w-[300px]" />
          <div aria-hidden="true" className="mt-2 h-1 w-full max-w-[300px] overflow-hidden rounded-full bg-[#eee]">
            <span
              className="block h-full bg-[#1d1a1a]"
              style={{ width: `${(secondsLeft * 1_000 * 100) / STEP_MS}%` }}
            />
          </div>
          <p className="figures mt-2 text-14 text-[#5c5555]">{words.changesIn(secondsLeft)}</p>
          <p className="text-14 text-[#5c5555]">{words.brighter}</p>
        </>
      ) : (
        <p role="status" className="mt-3 rounded-card bg-[#fdf1d3] px-3 py-2 text-left text-14 text-[#6b4e05]">
          {clock.trust === 'old' ? words.clockOld : words.clockUnknown}
        </p>
      )}
      <p className="mt-4 text-14 text-[#5c5555]">{lastFour === null ? words.digitsFriend : words.digits}</p>
      <p className="figures select-all text-28 font-semibold tracking-widest">{spokenCode(code.digits)}</p>
      {/* Beside a code that moves it would let a picture of the screen be used: the digits need it at the counter. */}
      {!isTrusted && lastFour !== null && <p className="figures text-16">{words.lastFour(lastFour)}</p>}
    </section>
  );
}
