'use client';

import { Suspense, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { WantedLine } from '../../lib/contracts/order.ts';
import { checkoutPickupMessages } from '../../lib/messages/checkout-pickup.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { momentText } from '../../lib/messages/time.ts';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import type { ChosenStore, PickupOffer } from './fulfilment.ts';

const StoreChooser = late(() => import('../store/store-chooser.tsx').then((module) => module.StoreChooser));

type PickupChoiceProps = {
  lines: readonly WantedLine[];
  store: ChosenStore | null;
  /** What the last quote said of this store; null while it is asked, and where it refused. */
  offer: PickupOffer | null;
  isLoading: boolean;
  onChoose: (store: ChosenStore) => void;
};

/** The store where the goods are fetched, and from when; the whole card is the button to change it. */
export function PickupChoice({ lines, store, offer, isLoading, onChoose }: PickupChoiceProps) {
  const words = useMessages(checkoutPickupMessages);
  const locale = useLocale();
  const [isChoosing, setIsChoosing] = useState(false);
  const [hasChosen, setHasChosen] = useState(false);
  const open = () => {
    setHasChosen(true);
    setIsChoosing(true);
  };
  const promised = offer && momentText(offer.promisedAt, serverNow(), locale);
  return (
    <section className="overflow-hidden rounded-card bg-card shadow-card">
      <button type="button" onClick={open} className="pressable flex min-h-20 w-full items-center gap-3 p-4 text-left">
        <Icon name="place" className="size-6 text-lacquer" />
        <span className="min-w-0 flex-1">
          {store === null ? (
            <>
              <span className="block text-16 font-semibold">{words.choose}</span>
              <span className="mt-0.5 block text-14 text-ink-2">{words.chooseText}</span>
            </>
          ) : (
            <>
              <span className="block text-16 font-semibold">{inLocale(store.name, locale)}</span>
              <span className="mt-0.5 block text-14 text-ink-2">{inLocale(store.address, locale)}</span>
              <span className="sr-only">{words.change}</span>
            </>
          )}
        </span>
        <Icon name="forward" className="size-4 text-ink-3" />
      </button>
      {store !== null && (
        <p role="status" className="border-line border-t px-4 py-2.5 text-14">
          {offer !== null && promised !== null ? (
            <>
              <span className="block font-semibold text-jade">
                {offer.lines.some(({ isTransfer }) => isTransfer)
                  ? words.byTransfer(promised)
                  : words.inStore(promised)}
              </span>
              <span className="text-ink-2">{words.keeps}</span>
            </>
          ) : (
            isLoading && words.looking
          )}
        </p>
      )}
      {hasChosen && (
        <Suspense>
          <StoreChooser
            open={isChoosing}
            title={words.chooseTitle}
            lines={lines}
            onChoose={(chosen) => {
              setIsChoosing(false);
              onChoose(chosen);
            }}
            onClose={() => setIsChoosing(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
