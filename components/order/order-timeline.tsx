'use client';

import type { Order } from '../../lib/contracts/order.ts';
import { pastMomentText } from '../../lib/messages/moment.ts';
import { orderStoryMessages } from '../../lib/messages/order-story.ts';
import { cx } from '../ui/cx.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** What has happened so far, newest first. */
export function OrderTimeline({ order }: { order: Order }) {
  const words = useMessages(orderStoryMessages);
  const locale = useLocale();
  const steps = [
    { word: words.placedAt, at: order.placedAt },
    { word: words.paidAt, at: order.paidAt },
    { word: words.shippedAt, at: order.shippedAt },
    { word: words.receivedAt, at: order.receivedAt },
    { word: words.closedAt, at: order.closedAt },
  ]
    .filter((step): step is { word: string; at: number } => step.at !== null)
    .sort((a, b) => b.at - a.at);
  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <h2 className="mb-2 text-16 font-semibold">{words.timeline}</h2>
      <ol className="relative flex flex-col gap-3 before:absolute before:top-2 before:bottom-2 before:left-[3.5px] before:w-px before:bg-line">
        {steps.map(({ word, at }, index) => (
          <li key={word} className="relative flex items-baseline justify-between gap-3 pl-5 text-14">
            <span
              aria-hidden="true"
              className={cx('absolute top-2 left-0 size-2 rounded-full', index === 0 ? 'bg-lacquer' : 'bg-ink-3')}
            />
            <span className={index === 0 ? 'font-semibold' : 'text-ink-2'}>{word}</span>
            <time className="figures text-ink-2" dateTime={new Date(at).toISOString()}>
              {pastMomentText(at, locale)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
