'use client';

import { Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import type { OpsOffer } from '../../lib/contracts/ops-offer.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { StaffState } from '../staff/staff-state.tsx';
import { refusedText } from '../staff/staff-words.ts';
import { useStaffRead } from '../staff/use-staff-read.ts';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { toast } from '../ui/toast.tsx';
import { isLive } from './campaign-row.tsx';
import { LiftPanel } from './lift-panel.tsx';
import { newOffer, type OfferDraft } from './offer-draft.ts';
import { OfferRow } from './offer-row.tsx';
import { StopPanel } from './stop-panel.tsx';
import { useAskAtNextChange } from './use-ask-at-next-change.ts';

const OfferEditor = late(() => import('./offer-editor.tsx').then((module) => module.OfferEditor));

type Offers = ValueNamed<'ops.storeOffers'>;
type Open = { readonly what: 'stop' | 'lift'; readonly offer: OpsOffer };

/** All offers of stores with their money: make one, agree to a large one, stop one at once, renew passwords. */
export function OffersDesk() {
  const words = useMessages(opsOffersMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const read = useStaffRead('ops.storeOffers', {});
  const [editing, setEditing] = useState<OfferDraft | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const offers = read.value?.offers ?? [];
  const moments = offers.flatMap(({ from, until, validFrom, pause }) => [from, until, validFrom, pause?.goesOnAt]);
  useAskAtNextChange(read.value?.now ?? null, moments, read.reload);
  const take = (answer: Offers, said: string) => {
    read.change(() => answer);
    setEditing(null);
    setOpen(null);
    toast(said);
  };
  async function approve(id: string) {
    const answer = await call('ops.approveStoreOffer', { id });
    if (answer.ok) take(answer.value, words.approved);
    else toast(refusedText(answer.refusal, locale));
  }

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h1 className="text-22 font-semibold">{words.title}</h1>
        <Button
          size="s"
          className="ml-auto"
          disabled={read.value === null}
          onClick={() => setEditing(newOffer(read.value?.now ?? Date.now(), crypto.randomUUID()))}
        >
          {words.make}
        </Button>
        <p className="w-full text-14 text-ink-2">{words.text}</p>
      </div>
      <StaffState read={read} isEmpty={offers.length === 0} empty={{ title: words.emptyTitle, text: words.emptyText }}>
        <ul className="flex flex-col gap-3">
          {offers.map((offer) => (
            <OfferRow
              key={offer.id}
              offer={offer}
              onLift={() => setOpen({ what: 'lift', offer })}
              onPassword={read.reload}
              actions={
                <>
                  {offer.state === 'waiting' && !offer.isOwn && (
                    <Button size="s" onClick={() => void approve(offer.id)}>
                      {common.approve}
                    </Button>
                  )}
                  {isLive(offer.state) && (
                    <Button look="quiet" size="s" onClick={() => setOpen({ what: 'stop', offer })}>
                      {common.stop}
                    </Button>
                  )}
                </>
              }
            />
          ))}
        </ul>
      </StaffState>
      <Suspense>
        {editing && read.value && (
          <OfferEditor
            first={editing}
            now={read.value.now}
            onClose={() => setEditing(null)}
            onMade={(answer) => take(answer, common.published)}
          />
        )}
        {open?.what === 'lift' && (
          <LiftPanel
            name={inLocale(open.offer.name, locale)}
            lift={({ reason }) => call('ops.liftStoreOffer', { id: open.offer.id, reason })}
            onClose={() => setOpen(null)}
            onLifted={(answer) => take(answer, common.lifted)}
          />
        )}
        {open?.what === 'stop' && (
          <StopPanel
            title={words.stopTitle}
            name={inLocale(open.offer.name, locale)}
            text={words.stopText}
            fates={{
              legend: words.fate,
              keep: { name: words.keep, text: words.keepText },
              withdraw: { name: words.withdraw, text: words.withdrawText },
            }}
            stop={(given) => call('ops.stopStoreOffer', { id: open.offer.id, ...given })}
            onClose={() => setOpen(null)}
            onStopped={(answer) => take(answer, common.stopped)}
          />
        )}
      </Suspense>
    </>
  );
}
