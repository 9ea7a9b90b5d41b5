'use client';

import { CheckoutPage } from '../../components/checkout/checkout-page.tsx';
import { AddressSheet } from '../../components/identity/address-sheet.tsx';
import { LoginSheet } from '../../components/identity/login-sheet.tsx';

/** The checkout with the sheets of the identity room. */
export function CheckoutScreen() {
  return (
    <CheckoutPage
      sheets={({ open, addressId, onClose, onSignedIn, onAddress }) => (
        <>
          <LoginSheet open={open === 'login'} onClose={onClose} onDone={onSignedIn} />
          <AddressSheet open={open === 'address'} chosenId={addressId} onClose={onClose} onChoose={onAddress} />
        </>
      )}
    />
  );
}
