'use client';

import { useRef } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { PacketPicture } from '../../lib/contracts/packet.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { packetGrowthMessages } from '../../lib/messages/packet-growth.ts';
import { packetOwnerMessages } from '../../lib/messages/packet-owner.ts';
import { momentText } from '../../lib/messages/time.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';

type Step = PacketPicture['steps'][number];

/** Who made it grow, the newest first: by name where he agreed, else by its first character; what is not there yet is dashed. */
export function HelperList({ packet }: { packet: PacketPicture }) {
  const words = packetOwnerMessages[useLocale()];
  const { steps, stepFen, state } = packet;
  // Who was there when the page came is no news.
  const known = useRef(steps.at(-1)?.place ?? 0);
  const canGrow = state === 'growing' || state === 'locked';
  if (steps.length === 0 && !canGrow) return null;
  return (
    <section className="mx-3 mt-3 rounded-card bg-card p-4 shadow-card wide:mx-4">
      <h3 className="text-16 font-semibold">{words.helpers}</h3>
      {steps.length === 0 ? (
        <p className="mt-1 text-14 text-ink-2">{words.nobody(yuanText(stepFen))}</p>
      ) : (
        <ol className="mt-2 divide-y divide-line">
          {steps.toReversed().map((step) => (
            <Helper key={step.place} step={step} isNew={step.place > known.current} isLocked={state === 'locked'} />
          ))}
        </ol>
      )}
    </section>
  );
}

type HelperProps = { step: Step; isNew: boolean; isLocked: boolean };

function Helper({ step, isNew, isLocked }: HelperProps) {
  const locale = useLocale();
  const words = packetOwnerMessages[locale];
  const { name, state, fen, visitedAt, lapsedBecause } = step;
  const shown = name ?? packetGrowthMessages[locale].friend;
  const isVested = state === 'vested';
  return (
    <li className={cx('flex items-center gap-3 py-2', isNew && 'helper-new')}>
      <span
        aria-hidden="true"
        className={cx(
          'grid size-10 shrink-0 place-items-center rounded-full text-16 font-semibold',
          isVested ? 'bg-gold-shape text-on-gold' : 'border-2 border-ink-3/50 border-dashed text-ink-2',
        )}
      >
        {name?.slice(0, 1) ?? <Icon name="person" className="size-5" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block break-words text-16">{shown}</span>
        <span className="block text-12 text-ink-2">
          {state === 'lapsed' && lapsedBecause !== null
            ? words[`lapsed_${lapsedBecause}`]
            : state === 'pending' && isLocked
              ? words.step_waits
              : words[`step_${state}`]}{' '}
          · {momentText(visitedAt, serverNow(), locale)}
        </span>
      </span>
      {isVested && <span className="figures text-18 font-semibold text-lacquer">+¥{yuanText(fen)}</span>}
    </li>
  );
}
