'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { transferMessages } from '../../lib/messages/transfers.ts';
import { StaffRefused, StaffState } from '../staff/staff-state.tsx';
import { refusedText, timeText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast.tsx';
import { LocationForm } from './location-form.tsx';
import { TransferForm } from './transfer-form.tsx';

type Value = ValueNamed<'ops.transfers'>;
type Transfer = Value['transfers'][number];

/** Where units lie, what is on its way between, and the two ends of each transfer. */
export function TransfersDesk() {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [panel, setPanel] = useState<'send' | 'location' | null>(null);
  const read = useStaffRead('ops.transfers', {});
  const locations = read.value?.locations ?? [];
  const transfers = read.value?.transfers ?? [];
  const nameOf = (id: string) => {
    const place = locations.find((one) => one.id === id);
    return place ? inLocale(place.name, locale) : id;
  };
  const close = (isDone: boolean) => {
    setPanel(null);
    if (isDone) read.reload();
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h1 className="mr-auto text-22 font-semibold">{words.title}</h1>
        <Button look="quiet" onClick={() => setPanel('location')}>
          {words.newLocation}
        </Button>
        <Button disabled={locations.length === 0} onClick={() => setPanel('send')}>
          {words.send}
        </Button>
      </div>
      <StaffState read={read} isEmpty={false} empty={{ title: words.none, text: words.noneText }}>
        <section aria-label={words.locations} className="mb-4">
          <p className="mb-2 text-14 text-ink-2">{words.locationsHint}</p>
          <ul className="grid gap-2 desk:grid-cols-3">
            {locations.map((place) => (
              <li key={place.id} className="rounded-card border border-line bg-card p-3">
                <p className="font-medium">{inLocale(place.name, locale)}</p>
                <p className="mb-2 text-12 text-ink-2">{place.id}</p>
                <dl className="grid grid-cols-3 gap-1">
                  {(['onHand', 'reserved', 'arriving'] as const).map((name) => (
                    <div key={name}>
                      <dt className="text-12 text-ink-2">{words[name]}</dt>
                      <dd className="figures">{place[name].toLocaleString('en-US')}</dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ul>
        </section>
        <h2 className="mb-2 text-18 font-semibold">{words.transfers}</h2>
        {transfers.length === 0 ? (
          <EmptyState emblem="parcel" title={words.none} text={words.noneText} />
        ) : (
          <ul className="divide-y divide-line rounded-card border border-line bg-card">
            {transfers.map((transfer) => (
              <TransferRow key={transfer.id} transfer={transfer} nameOf={nameOf} onEnded={read.reload} />
            ))}
          </ul>
        )}
      </StaffState>
      {panel === 'send' && <TransferForm locations={locations} onClose={close} />}
      {panel === 'location' && <LocationForm onClose={close} />}
    </>
  );
}

function TransferRow({
  transfer,
  nameOf,
  onEnded,
}: {
  transfer: Transfer;
  nameOf: (id: string) => string;
  onEnded: () => void;
}) {
  const locale = useLocale();
  const words = transferMessages[locale];
  const [busy, setBusy] = useState<'arrived' | 'returned' | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  async function end(outcome: 'arrived' | 'returned') {
    if (busy) return;
    setBusy(outcome);
    const answer = await call('ops.endTransfer', { id: transfer.id, outcome });
    setBusy(null);
    setRefused(answer.ok ? null : refusedText(answer.refusal, locale));
    if (answer.ok) toast(words.ended);
    onEnded();
  }

  return (
    <li className="p-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-[14rem]">
          <p className="font-medium">{inLocale(transfer.title, locale)}</p>
          <p className="text-12 text-ink-2">
            {[inLocale(transfer.choice, locale), transfer.code].filter(Boolean).join(' · ')}
          </p>
          <p className="text-14">
            {nameOf(transfer.from)} → {nameOf(transfer.to)} · <span className="figures">×{transfer.quantity}</span>
          </p>
          <p className="text-12 text-ink-2">
            {timeText(transfer.endedAt ?? transfer.sentAt, locale)} · {transfer.reason}
          </p>
        </div>
        {transfer.state === 'in_transit' ? (
          <div className="flex gap-2">
            <Button look="quiet" size="s" busy={busy === 'returned'} onClick={() => end('returned')}>
              {words.returned}
            </Button>
            <Button size="s" busy={busy === 'arrived'} onClick={() => end('arrived')}>
              {words.arrived}
            </Button>
          </div>
        ) : (
          <Tag tone="quiet">{words[`state_${transfer.state}`]}</Tag>
        )}
      </div>
      <StaffRefused text={refused} />
    </li>
  );
}
