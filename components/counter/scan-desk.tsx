'use client';

import { useRef } from 'react';
import { useOnline } from '../../lib/client/use-online.ts';
import { counterScanMessages } from '../../lib/messages/counter-scan.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { CameraView } from './camera-view.tsx';
import { CounterIcon } from './counter-icon.tsx';
import { FoundCoupon, RedeemedResult } from './found-coupon.tsx';
import { FoundOrder } from './found-order.tsx';
import { HandedResult, NotedResult } from './handed-result.tsx';
import { ListedOrder } from './listed-order.tsx';
import { RefusedResult } from './refused-result.tsx';
import { TypedForm } from './typed-form.tsx';
import type { Desk } from './use-desk.ts';

type ScanDeskProps = {
  desk: Desk;
  /** The camera looks for codes only while this place is on the screen. */
  isSeen: boolean;
  onPreparing: () => void;
};

/** The counter itself: a code comes in by camera, scanner or fingers, and goods go out. */
export function ScanDesk({ desk, isSeen, onPreparing }: ScanDeskProps) {
  const words = useMessages(counterScanMessages);
  const isOnline = useOnline();
  const box = useRef<HTMLInputElement>(null);
  const { phase, scan, handOver, redeem, handOverListed, next } = desk;
  const isFree = phase.at === 'idle' || phase.at === 'asking';
  const typeIt = () => {
    next();
    // After the form is seen again.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.select();
    });
  };
  return (
    <div className="mx-auto grid w-full max-w-[520px] gap-4 studio:max-w-none studio:grid-cols-2">
      <h1 className="sr-only">{words.title}</h1>
      <section className={cx('flex flex-col gap-4', !isFree && 'max-studio:hidden')}>
        {isOnline && <CameraView isLooking={isSeen && phase.at === 'idle'} onText={(text) => void scan(text)} />}
        <div className="rounded-sheet bg-card p-4 shadow-card">
          <h2 className="mb-2 text-18 font-semibold">{words.typedTitle}</h2>
          <TypedForm box={box} isBusy={phase.at === 'asking'} onText={(text, four) => void scan(text, four)} />
        </div>
        <p className="flex items-center gap-2 px-1 text-14 text-ink-2">
          <CounterIcon name="scan" className="size-5" />
          {words.wedge}
        </p>
      </section>
      <section aria-live="off" className={cx(isFree && 'max-studio:hidden')}>
        {isFree && (
          <div className="grid h-full min-h-80 place-items-center rounded-sheet border-2 border-line border-dashed text-ink-2">
            <p className="flex flex-col items-center gap-3 text-18">
              <CounterIcon name="scan" className="size-16" />
              {phase.at === 'asking' ? words.asking : words.title}
            </p>
          </div>
        )}
        {phase.at === 'found' && (
          <FoundOrder
            key={phase.scan.ticket}
            scan={phase.scan}
            isHanding={phase.isHanding}
            onHand={(lines) => void handOver(phase.scan, lines)}
            onCancel={next}
          />
        )}
        {phase.at === 'coupon' && (
          <FoundCoupon
            key={phase.scan.ticket}
            scan={phase.scan}
            isHanding={phase.isHanding}
            onRedeem={() => void redeem(phase.scan)}
            onCancel={next}
          />
        )}
        {phase.at === 'redeemed' && <RedeemedResult redeemed={phase.redeemed} onNext={next} />}
        {phase.at === 'handed' && <HandedResult handed={phase.handed} onNext={next} />}
        {phase.at === 'refused' && (
          <RefusedResult refusal={phase.refusal} onNext={next} onType={typeIt} onPreparing={onPreparing} />
        )}
        {phase.at === 'listed' && (
          <ListedOrder
            order={phase.order}
            left={phase.left}
            onHand={(lines) => void handOverListed(phase.order, phase.typed, lines)}
            onCancel={next}
          />
        )}
        {phase.at === 'noted' && <NotedResult units={phase.units} onNext={next} />}
      </section>
    </div>
  );
}
