'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { opsPaymentsMessages } from '../../lib/messages/ops-payments.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { channelText } from './money-days.tsx';
import { SettleNoticePanel } from './settle-notice-panel.tsx';

type Quarantine = ValueNamed<'ops.quarantine'>;
export type StrangeNotice = Quarantine['notices'][number];
type Words = (typeof opsPaymentsMessages)['zh-CN'];

type QuarantineListProps = {
  read: { value: Quarantine | null; reload: () => void; change: (make: (value: Quarantine) => Quarantine) => void };
  show: 'open' | 'settled';
};

/** `other_amount: 101, expected 100` → why, in words; the figures stand beside it. */
function causeText(cause: string, words: Words): string {
  const key = `cause_${cause.split(':')[0]}`;
  return key in words ? String(words[key as 'cause_other_trade']) : cause;
}

export function QuarantineList({ read, show }: QuarantineListProps) {
  const words = useMessages(opsPaymentsMessages);
  const opsWords = useMessages(staffMessages);
  const locale = useLocale();
  const [settling, setSettling] = useState<StrangeNotice | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const notices = read.value?.notices ?? [];
  const before = read.value?.nextBefore ?? null;

  async function more() {
    setBusy(true);
    const answer = await call('ops.quarantine', { show, before: before ?? undefined });
    setBusy(false);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (answer.ok) read.change((last) => ({ ...answer.value, notices: [...last.notices, ...answer.value.notices] }));
  }

  return (
    <>
      <ul className="flex flex-col gap-3">
        {notices.map((notice) => (
          <li key={`${notice.channel} ${notice.noticeId}`} className="rounded-card bg-card p-3 text-14 shadow-card">
            <div className="flex flex-wrap items-center gap-2">
              <Tag>{causeText(notice.cause, words)}</Tag>
              <p>{channelText(notice.channel, words)}</p>
              <p className="text-12 text-ink-2">{timeText(notice.receivedAt, locale, true)}</p>
              {notice.settled === null && (
                <Button look="quiet" size="s" className="ml-auto" onClick={() => setSettling(notice)}>
                  {words.settle}
                </Button>
              )}
            </div>
            <Facts notice={notice} />
            {notice.settled !== null && (
              <p className="mt-2 border-line border-t pt-2">
                {notice.settled.reason}{' '}
                <span className="text-12 text-ink-2">
                  {words.settledBy(notice.settled.by, timeText(notice.settled.at, locale, true))}
                </span>
              </p>
            )}
          </li>
        ))}
      </ul>
      {before && (
        <div className="py-4 text-center">
          <StaffRefused text={refused} />
          <Button look="quiet" busy={isBusy} onClick={more}>
            {opsWords.more}
          </Button>
        </div>
      )}
      {settling && (
        <SettleNoticePanel
          notice={settling}
          title={causeText(settling.cause, words)}
          onClose={() => setSettling(null)}
          onSettled={() => {
            setSettling(null);
            read.reload();
          }}
          onStale={read.reload}
        />
      )}
    </>
  );
}

function Facts({ notice }: { notice: StrangeNotice }) {
  const words = useMessages(opsPaymentsMessages);
  const { told, expectedFen, paymentState, orderId } = notice;
  const state = paymentState === null ? null : `state_${paymentState}`;
  const facts: [name: string, value: string][] = [
    [words.told, `${told.currency === 'CNY' ? '¥' : `${told.currency} `}${yuanText(told.amountFen)}`],
    [words.expected, expectedFen === null ? words.none : `¥${yuanText(expectedFen)}`],
    [words.now, state !== null && state in words ? String(words[state as 'state_open']) : words.none],
    [words.order, orderId ?? words.none],
    [words.payment, told.paymentId],
    [words.trade, told.channelTradeId],
    [words.merchant, told.merchantId],
  ];
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 desk:grid-cols-[auto_1fr_auto_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="figures min-w-0 break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
