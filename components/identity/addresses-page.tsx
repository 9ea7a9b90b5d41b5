'use client';

import { useState } from 'react';
import { useAddresses } from '../../lib/client/addresses-store.ts';
import type { Address } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { AddressBook } from './address-book.tsx';
import { AddressForm } from './address-form.tsx';
import { AddressSkeleton } from './address-list.tsx';

export function AddressesPage() {
  const words = useMessages(identityMessages);
  const { addresses, isSignedIn, isKnown } = useAddresses();
  const [edited, setEdited] = useState<Address | 'new' | null>(null);
  const address = edited === 'new' ? null : edited;
  return (
    <>
      <TopBar title={words.addressesTitle} backTo="/me" />
      <div className="gutter py-4">
        {!isKnown && <AddressSkeleton />}
        {isKnown && !isSignedIn && (
          <EmptyState
            emblem="parcel"
            title={words.addressLogin}
            action={
              <ShopLink href="/login?next=/addresses" className={buttonClass()}>
                {words.login}
              </ShopLink>
            }
          />
        )}
        {isSignedIn && <AddressBook onEdit={(wanted) => setEdited(wanted ?? 'new')} />}
        {isSignedIn && addresses !== null && addresses.length > 0 && (
          <Button size="l" wide className="mt-4" onClick={() => setEdited('new')}>
            {words.addAddress}
          </Button>
        )}
      </div>
      <Sheet
        open={edited !== null}
        onClose={() => setEdited(null)}
        title={address === null ? words.addAddress : words.editAddress}
      >
        {edited !== null && (
          <AddressForm key={address?.id ?? 'new'} address={address} onSaved={() => setEdited(null)} />
        )}
      </Sheet>
    </>
  );
}
