'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { CheckoutPage } from '../../components/checkout/checkout-page.tsx';

const loadLogin = () => import('../../components/identity/login-sheet.tsx');
const loadAddress = () => import('../../components/identity/address-sheet.tsx');
const LoginSheet = lazy(() => loadLogin().then((module) => ({ default: module.LoginSheet })));
const AddressSheet = lazy(() => loadAddress().then((module) => ({ default: module.AddressSheet })));

/** The sheets are fetched once the page is at rest, so that they open without a wait. */
const REST_MS = 1_000;

/** The checkout with the sheets of the identity room. */
export function CheckoutScreen() {
  const [isPrepared, setIsPrepared] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without the network the tap asks again.
      Promise.all([loadLogin(), loadAddress()]).then(
        () => setIsPrepared(true),
        () => undefined,
      );
    }, REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <CheckoutPage
      sheets={({ open, addressId, onClose, onSignedIn, onAddress }) => (
        <Suspense>
          {(isPrepared || open === 'login') && (
            <LoginSheet open={open === 'login'} onClose={onClose} onDone={onSignedIn} />
          )}
          {(isPrepared || open === 'address') && (
            <AddressSheet open={open === 'address'} chosenId={addressId} onClose={onClose} onChoose={onAddress} />
          )}
        </Suspense>
      )}
    />
  );
}
