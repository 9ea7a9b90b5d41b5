'use client';

import { useState } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsChecksMessages } from '../../lib/messages/ops-checks.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { OpenSalePanel } from './open-sale-panel.tsx';

export type Stop = ValueNamed<'ops.checks'>['stops'][number];
type Reason = Pick<Stop['reasons'][number], 'invariant' | 'says' | 'orderId' | 'detail'>;

/** What the checker found: SKUs that are not sold and why, and what concerns no SKU. */
export function ChecksDesk() {
  const words = useMessages(opsChecksMessages);
  const { refresh } = useMessages(staffMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.checks', {});
  const [opening, setOpening] = useState<Stop | null>(null);
  const stops = read.value?.stops ?? [];
  const last = read.value?.lastRun ?? null;
  const others = (last?.violations ?? []).filter(({ skuId }) => skuId === null);
  const lastText = last ? words.last(timeText(last.at, locale, true), last.asked) : words.never;

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button look="quiet" size="s" className="ml-auto" busy={read.isLoading} onClick={read.reload}>
          {refresh}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={stops.length === 0 && others.length === 0}
        empty={{ title: words.balancedTitle, text: lastText }}
      >
        <p className="mb-3 text-14 text-ink-2">{lastText}</p>
        <ul className="flex flex-col gap-3">
          {stops.map((stop) => (
            <li key={stop.skuId} className="rounded-card bg-card p-3 shadow-card">
              <div className="flex flex-wrap items-center gap-2">
                <Tag>{words.stopped}</Tag>
                <p className="font-medium">{inLocale(stop.title, locale)}</p>
                <p className="text-12 text-ink-2">
                  {[inLocale(stop.choice, locale), stop.code].filter(Boolean).join(' · ')}
                </p>
                <Button look="quiet" size="s" className="ml-auto" onClick={() => setOpening(stop)}>
                  {words.open}
                </Button>
              </div>
              {stop.reasons.map((reason) => (
                <Finding
                  key={`${reason.invariant} ${reason.orderId} ${reason.detail}`}
                  reason={reason}
                  since={words.since(timeText(reason.stoppedAt, locale, true))}
                />
              ))}
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <section className="mt-4 rounded-card bg-card p-3 shadow-card">
            <h2 className="font-medium">{words.other}</h2>
            {others.map((reason) => (
              <Finding key={`${reason.invariant} ${reason.orderId} ${reason.detail}`} reason={reason} />
            ))}
          </section>
        )}
      </StaffState>
      {opening && (
        <OpenSalePanel
          stop={opening}
          onClose={() => setOpening(null)}
          onOpened={(checks) => {
            setOpening(null);
            read.change(() => checks);
          }}
          onStale={read.reload}
        />
      )}
    </>
  );
}

/** The rule in words, then how far off it is: evidence for whoever looks into it, so it is not translated. */
function Finding({ reason, since }: { reason: Reason; since?: string }) {
  const words = useMessages(opsChecksMessages);
  const locale = useLocale();
  return (
    <div className="mt-2 border-line border-t pt-2 text-14">
      <p>
        {inLocale(reason.says, locale)}
        {since && <span className="text-12 text-ink-2"> {since}</span>}
      </p>
      <p className="figures break-words text-12 text-ink-2" lang="en">
        {[reason.orderId && words.order(reason.orderId), reason.detail].filter(Boolean).join(': ')}
      </p>
    </div>
  );
}
