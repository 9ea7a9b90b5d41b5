'use client';

import { useState } from 'react';
import { useAddresses } from '../../lib/client/addresses-store.ts';
import type { Address } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { AddressBook } from './address-book.tsx';
import { AddressForm } from './address-form.tsx';

type AddressSheetProps = {
  open: boolean;
  chosenId: string | null;
  onClose: () => void;
  onChoose: (addressId: string) => void;
};

/** Chooses one of the shopper's addresses, or makes one on the spot. */
export function AddressSheet({ open, chosenId, onClose, onChoose }: AddressSheetProps) {
  const words = useMessages(identityMessages);
  const { addresses } = useAddresses();
  const [edited, setEdited] = useState<Address | 'new' | null>(null);
  // With no address yet there is nothing to choose from: the form comes at once.
  const form = edited ?? (addresses?.length === 0 ? 'new' : null);
  const address = form === 'new' ? null : form;
  const close = () => {
    setEdited(null);
    onClose();
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={form === null ? words.chooseAddress : address === null ? words.addAddress : words.editAddress}
      foot={
        form === null && (
          <Button size="l" wide onClick={() => setEdited('new')}>
            {words.addAddress}
          </Button>
        )
      }
    >
      {open && form === null && (
        <AddressBook
          chosenId={chosenId}
          onChoose={({ id }) => onChoose(id)}
          onEdit={(wanted) => setEdited(wanted ?? 'new')}
        />
      )}
      {open && form !== null && (
        <AddressForm
          key={address?.id ?? 'new'}
          address={address}
          onSaved={(id) => {
            setEdited(null);
            onChoose(id);
          }}
        />
      )}
    </Sheet>
  );
}
