'use client';

import { useState } from 'react';
import { loadAddresses, removeAddress, useAddresses } from '../../lib/client/addresses-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Address } from '../../lib/contracts/identity.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { AddressList, AddressSkeleton } from './address-list.tsx';

type AddressBookProps = {
  chosenId?: string | null;
  onChoose?: (address: Address) => void;
  /** Opens the form: for a new address, or for this one. */
  onEdit: (address: Address | null) => void;
};

/** The shopper's addresses with what can be done to them; for the page and for the sheet of the checkout. */
export function AddressBook({ chosenId, onChoose, onEdit }: AddressBookProps) {
  const words = useMessages(identityMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const { addresses, failure } = useAddresses();
  const [leaving, setLeaving] = useState<Address | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const remove = async () => {
    if (leaving === null || isBusy) return;
    setIsBusy(true);
    const answer = await removeAddress(leaving.id);
    setIsBusy(false);
    if (answer.ok) setLeaving(null);
    else setRefused(refusalText(answer.refusal, locale));
  };

  if (addresses === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={words.addressesFailed}
        text={failure.code === 'offline' ? words.addressesOffline : refusalText(failure, locale)}
        action={<Button onClick={loadAddresses}>{phoneWords.tryAgain}</Button>}
      />
    );
  }
  if (addresses === null) return <AddressSkeleton />;
  return (
    <>
      {addresses.length === 0 ? (
        <EmptyState
          emblem="parcel"
          title={words.addressEmptyTitle}
          text={words.addressEmptyText}
          action={<Button onClick={() => onEdit(null)}>{words.addAddress}</Button>}
        />
      ) : (
        <AddressList
          addresses={addresses}
          chosenId={chosenId}
          onChoose={onChoose}
          onEdit={onEdit}
          onRemove={(address) => {
            setRefused(null);
            setLeaving(address);
          }}
        />
      )}
      <ConfirmSheet
        open={leaving !== null}
        title={words.removeAddressTitle}
        text={leaving === null ? '' : words.removeAddressText(leaving.name, `${leaving.region} ${leaving.street}`)}
        yes={words.remove}
        no={words.keep}
        error={refused}
        isBusy={isBusy}
        onYes={remove}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}
