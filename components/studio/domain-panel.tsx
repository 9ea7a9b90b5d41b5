'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { studioDomainsMessages } from '../../lib/messages/studio-domains.ts';
import { StaffPanel } from '../staff/staff-panel.tsx';
import { StaffRefused } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { DomainDeed } from './domains-desk.tsx';

type DomainPanelProps = { deed: DomainDeed; onClose: () => void; onDone: (said: string) => void };

/** Adds a domain, switches to one or retires one; what changes for shoppers is said, and why it was done is kept. */
export function DomainPanel({ deed, onClose, onDone }: DomainPanelProps) {
  const words = useMessages(studioDomainsMessages);
  const locale = useLocale();
  const [host, setHost] = useState('');
  const [reason, setReason] = useState('');
  const [isSilent, setSilent] = useState(false);
  const [isAnyway, setAnyway] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const isAdding = deed.what === 'add';
  const isWrong = isAdding ? !/^[^\s/]+\.[^\s/]+$|^localhost/.test(host.trim()) : reason.trim() === '';

  function ask() {
    if (deed.what === 'add') return call('ops.addShareDomain', { host: host.trim() });
    const target = deed.domain.host;
    if (deed.what === 'retire') return call('ops.retireShareDomain', { host: target, reason: reason.trim() });
    const isOwn = deed.domain.state === 'own';
    return call('ops.switchShareDomain', {
      host: isOwn ? null : target,
      reason: reason.trim(),
      ...(isAnyway ? { anyway: true } : {}),
    });
  }

  async function send() {
    setTried(true);
    setRefused(null);
    if (isWrong || isBusy) return;
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    if (answer.ok) return onDone({ add: words.added, use: words.done, retire: words.retired }[deed.what]);
    if (answer.refusal.code === 'domain_silent') setSilent(true);
    setRefused(answer.refusal.code === 'domain_silent' ? words.silent : refusedText(answer.refusal, locale));
  }

  const title =
    deed.what === 'add'
      ? words.add
      : deed.what === 'use'
        ? words.switchToTitle(deed.domain.host)
        : words.retireTitle(deed.domain.host);
  const text = { add: words.addText, use: words.switchToText, retire: words.retireText }[deed.what];
  return (
    <StaffPanel
      title={title}
      onClose={onClose}
      foot={
        <>
          <StaffRefused text={refused} />
          <Button wide busy={isBusy} onClick={() => void send()}>
            {isAdding ? words.add : words.confirm}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-14 text-ink-2">{text}</p>
      {isAdding ? (
        <Field id="host" label={words.host} error={isTried && isWrong ? words.hostWrong : null}>
          <Input
            id="host"
            inputMode="url"
            autoCapitalize="off"
            maxLength={255}
            value={host}
            invalid={isTried && isWrong}
            onChange={(event) => setHost(event.target.value)}
          />
        </Field>
      ) : (
        <Field id="reason" label={words.reason} error={isTried && isWrong ? words.reasonWrong : null}>
          <Input
            id="reason"
            maxLength={200}
            value={reason}
            invalid={isTried && isWrong}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      )}
      {isSilent && (
        <label className="mt-3 flex min-h-11 items-center gap-2 text-14">
          <input
            type="checkbox"
            checked={isAnyway}
            onChange={(event) => setAnyway(event.target.checked)}
            className="size-5 accent-lacquer"
          />
          {words.anyway}
        </label>
      )}
    </StaffPanel>
  );
}
