'use client';

import type { ReactNode } from 'react';
import type { OpsOffer } from '../../lib/contracts/ops-offer.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { opsCampaignsMessages } from '../../lib/messages/ops-campaigns.ts';
import { opsOffersMessages } from '../../lib/messages/ops-offers.ts';
import { timeText } from '../staff/staff-words.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Tag } from '../ui/tag.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { isLive } from './campaign-row.tsx';
import { CAMPAIGN_TONES } from './campaign-tones.ts';
import { FiguresGrid } from './figures-grid.tsx';
import { NewStorePassword } from './new-store-password.tsx';
import { saysOfferRule, saysOfferTerms } from './offer-says.ts';
import { PauseNote } from './pause-note.tsx';

type OfferRowProps = { offer: OpsOffer; actions: ReactNode; onLift: () => void; onPassword: () => void };

/** One offer: its state, what it gives where, its money, what has become of it, and the passwords of its stores. */
export function OfferRow({ offer, actions, onLift, onPassword }: OfferRowProps) {
  const words = useMessages(opsOffersMessages);
  const common = useMessages(opsCampaignsMessages);
  const locale = useLocale();
  const { state, figures, validFrom } = offer;
  const count = (value: number) => value.toLocaleString('en-US');
  const rate = figures.claimed === 0 ? '–' : `${Math.floor((figures.redeemed * 100) / figures.claimed)} %`;
  return (
    <li className="rounded-card bg-card p-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={CAMPAIGN_TONES[state]}>{words[`state_${state}`]}</Tag>
        <h2 className="min-w-0 text-16 font-medium">{inLocale(offer.name, locale)}</h2>
        <div className="ml-auto flex flex-wrap justify-end gap-2">{actions}</div>
      </div>
      <p className="mt-1 text-14">
        {saysOfferRule(offer, locale)} · {words.stores(offer.storeCount)}
      </p>
      <p className="mb-3 text-14 text-ink-2">
        {saysOfferTerms(offer, locale).join(locale === 'zh-CN' ? '；' : '; ')} · {common.madeBy(offer.madeBy)}
      </p>
      {state === 'waiting' && <p className="mb-3 text-14">{words.waitingText}</p>}
      {state === 'delayed' && validFrom !== null && (
        <p className="mb-3 text-14">{words.validFrom(timeText(validFrom, locale))}</p>
      )}
      <PauseNote pause={offer.pause} onLift={onLift} />
      <BudgetBar budgetFen={offer.budgetFen} figures={figures} />
      <FiguresGrid
        rows={[
          [words.claimed, words.ofTotal(count(figures.claimed), count(offer.total))],
          [words.near, count(figures.near)],
          [words.byPassword, count(figures.byPassword)],
          [words.redeemed, count(figures.redeemed)],
          [words.rate, rate],
          [words.expired, count(figures.expired)],
        ]}
      />
      {isLive(state) && (
        <ul className="mt-3 divide-y divide-line border-line border-t text-14">
          {offer.stores.map((store) => (
            <StorePassword key={store.id} store={store} onChanged={onPassword} />
          ))}
          {offer.storeCount > offer.stores.length && (
            <li className="py-2 text-ink-2">{words.more(offer.storeCount - offer.stores.length)}</li>
          )}
        </ul>
      )}
    </li>
  );
}

type StorePasswordProps = { store: OpsOffer['stores'][number]; onChanged: () => void };

function StorePassword({ store, onChanged }: StorePasswordProps) {
  const words = useMessages(opsOffersMessages);
  const locale = useLocale();
  const name = inLocale(store.name, locale);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 flex-1">
        {name}{' '}
        <span className="text-12 text-ink-2">
          {store.passwordSetAt === null ? words.noPassword : words.passwordSet(timeText(store.passwordSetAt, locale))}
        </span>
      </span>
      <NewStorePassword storeId={store.id} name={name} onChanged={onChanged} />
    </li>
  );
}
