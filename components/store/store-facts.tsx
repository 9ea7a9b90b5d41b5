'use client';

import type { ReactNode } from 'react';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { pickupMessages } from '../../lib/messages/pickup.ts';
import { buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';

/** Which store it is, with the two taps that lead there: its number, and the phone's own map. */
export function StoreFacts({ store, children }: { store: PickupBrief['store']; children?: ReactNode }) {
  const words = useMessages(pickupMessages);
  const locale = useLocale();
  return (
    <section className="rounded-card bg-card p-4 shadow-card">
      <div className="flex gap-3">
        <Icon name="place" className="mt-0.5 size-5 text-lacquer" />
        <div className="min-w-0 flex-1">
          <h2 className="text-16 font-semibold">{inLocale(store.name, locale)}</h2>
          <p className="text-14 text-ink-2">{inLocale(store.address, locale)}</p>
        </div>
      </div>
      {store.phone !== null && (
        <a href={`tel:${store.phone}`} className={`${buttonClass('quiet', 's')} mt-3 ml-8`}>
          <Icon name="phone" className="size-4" />
          {words.call}
        </a>
      )}
      {children}
    </section>
  );
}
