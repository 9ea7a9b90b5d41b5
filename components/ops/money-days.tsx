'use client';

import type { ReactNode } from 'react';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsPaymentsMessages } from '../../lib/messages/ops-payments.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

type Day = ValueNamed<'ops.reconciliation'>['days'][number];

/** A channel's name as people know it. */
export function channelText(channel: string, words: (typeof opsPaymentsMessages)['zh-CN']): string {
  const key = `channel_${channel}`;
  return key in words ? String(words[key as 'channel_sandbox']) : channel;
}

const CELL = 'flex gap-2 desk:table-cell desk:px-3';

/** On a phone a day is a card: each figure stands beside its name. */
function Label({ children }: { children: ReactNode }) {
  return <span className="mr-auto text-ink-2 desk:hidden">{children}</span>;
}

/** One row a day and channel: what came in equals the three columns behind it, or the last one says by how much not. */
export function MoneyDays({ days }: { days: readonly Day[] }) {
  const words = useMessages(opsPaymentsMessages);
  const columns = ['captured', 'goods', 'returned', 'onTheWay'] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls the wide table with the arrow keys
    <section aria-label={words.days} tabIndex={0} className="overflow-x-auto rounded-card bg-card shadow-card">
      <table className="w-full text-14 desk:min-w-[640px]">
        <thead className="hidden text-left text-12 text-ink-2 desk:table-header-group">
          <tr>
            {[words.day, words.channel, words.payments, ...columns.map((column) => words[column]), words.unmatched].map(
              (head, index) => (
                <th key={head} scope="col" className={cx('px-3 py-2 font-normal', index > 1 && 'text-right')}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line desk:border-t">
          {days.map((day) => (
            <tr key={`${day.day} ${day.channel}`} className="grid gap-y-1 p-3 desk:table-row">
              <th scope="row" className="figures text-left font-semibold desk:px-3 desk:py-2.5 desk:font-normal">
                {day.day}
              </th>
              <td className={CELL}>
                <Label>{words.channel}</Label>
                {channelText(day.channel, words)}
              </td>
              <td className={cx(CELL, 'figures desk:text-right')}>
                <Label>{words.payments}</Label>
                {day.payments}
              </td>
              {columns.map((column) => (
                <td key={column} className={cx(CELL, 'figures desk:text-right')}>
                  <Label>{words[column]}</Label>¥{yuanText(day[`${column}Fen`])}
                </td>
              ))}
              <td className={cx(CELL, 'desk:text-right')}>
                <Label>{words.unmatched}</Label>
                {day.unmatchedFen === 0 ? (
                  <span className="text-jade">{words.matchedAll}</span>
                ) : (
                  <span className="figures font-semibold text-lacquer">
                    {day.unmatchedFen < 0 ? '−' : ''}¥{yuanText(Math.abs(day.unmatchedFen))}
                  </span>
                )}
                {day.quarantined > 0 && (
                  <span className="ml-2">
                    <Tag>{words.strange(day.quarantined)}</Tag>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
