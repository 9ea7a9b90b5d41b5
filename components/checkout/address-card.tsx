'use client';

import type { Address } from '../../lib/contracts/identity.ts';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type AddressCardProps = {
  address: Address | null;
  state: 'loading' | 'login' | 'ready';
  /** The shopper wants another address, a first one, or to sign in. */
  onOpen: () => void;
};

/** Where it goes; the whole card is the button to change that. */
export function AddressCard({ address, state, onOpen }: AddressCardProps) {
  const words = useMessages(checkoutMessages);
  return (
    <section className="overflow-hidden rounded-card bg-card shadow-card">
      <button
        type="button"
        onClick={onOpen}
        className="pressable flex min-h-20 w-full items-center gap-3 p-4 text-left"
      >
        <Icon name="place" className="size-6 text-lacquer" />
        <span className="min-w-0 flex-1">
          {state === 'loading' && (
            <>
              <Skeleton className="h-6 w-40" />
              <Skeleton className="mt-1 h-5 w-56" />
            </>
          )}
          {state === 'login' && <span className="text-16 font-semibold">{words.loginForAddress}</span>}
          {state === 'ready' && address === null && <span className="text-16 font-semibold">{words.addAddress}</span>}
          {state === 'ready' && address !== null && (
            <>
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 truncate text-16 font-semibold">{address.name}</span>
                <span className="figures text-14 text-ink-2">{address.phone}</span>
              </span>
              <span className="mt-0.5 block text-14 text-ink-2">
                {address.region} {address.street}
              </span>
              <span className="sr-only">{words.changeAddress}</span>
            </>
          )}
        </span>
        <Icon name="forward" className="size-4 text-ink-3" />
      </button>
      <span
        aria-hidden="true"
        className="block h-1 bg-[repeating-linear-gradient(115deg,var(--lacquer)_0_14px,transparent_14px_22px,var(--gold-shape)_22px_36px,transparent_36px_44px)]"
      />
    </section>
  );
}
