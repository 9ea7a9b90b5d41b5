'use client';

import type { CheckoutSheetsProps } from '../../components/checkout/checkout-page.tsx';
import { AddressSheet } from '../../components/identity/address-sheet.tsx';
import { LoginSheet } from '../../components/identity/login-sheet.tsx';

/** Signing in and choosing an address, over the checkout. */
export function CheckoutSheets({ open, addressId, onClose, onSignedIn, onAddress }: CheckoutSheetsProps) {
  return (
    <>
      <LoginSheet open={open === 'login'} onClose={onClose} onDone={onSignedIn} />
      <AddressSheet open={open === 'address'} chosenId={addressId} onClose={onClose} onChoose={onAddress} />
    </>
  );
}
