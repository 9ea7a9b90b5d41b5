'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { opsMessages } from '../../lib/messages/ops.ts';
import { opsMessagesDeskMessages } from '../../lib/messages/ops-messages.ts';
import { staffMessages } from '../../lib/messages/staff.ts';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';

/** The local outbox: what was sent to whom, with everything that is nobody else's business masked. */
export function MessagesDesk() {
  const words = useMessages(opsMessagesDeskMessages);
  const common = useMessages(staffMessages);
  const places = useMessages(opsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.messages', {});
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const messages = read.value?.messages ?? [];
  const before = read.value?.nextBefore ?? null;

  async function more() {
    setBusy(true);
    const answer = await call('ops.messages', { before: before ?? undefined });
    setBusy(false);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (!answer.ok) return;
    const { value } = answer;
    read.change((last) => ({ ...value, messages: [...last.messages, ...value.messages] }));
  }

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{places.messages}</h1>
        <Button look="quiet" size="s" className="ml-auto" busy={read.isLoading} onClick={read.reload}>
          {common.refresh}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.messagesText}</p>
      </div>
      <StaffState
        read={read}
        isEmpty={messages.length === 0}
        empty={{ title: words.noMessagesTitle, text: words.noMessagesText }}
      >
        <ul className="divide-y divide-line overflow-hidden rounded-card bg-card text-14 shadow-card">
          {messages.map((message) => (
            <li key={message.id} className="grid gap-x-4 gap-y-1 px-3 py-2.5 desk:grid-cols-[10.5rem_11rem_1fr]">
              <p className="text-12 text-ink-2 desk:text-14">{timeText(message.at, locale, true)}</p>
              <p className="flex items-center gap-2">
                <Tag>{message.channel === 'sms' ? words.channel_sms : words.channel_email}</Tag>
                <span className="figures">{message.to}</span>
              </p>
              <p>{message.text}</p>
            </li>
          ))}
        </ul>
        {before && (
          <div className="py-4 text-center">
            <StaffRefused text={refused} />
            <Button look="quiet" busy={isBusy} onClick={more}>
              {common.more}
            </Button>
          </div>
        )}
      </StaffState>
    </>
  );
}
