'use client';

import { useEffect, useState } from 'react';
import { CheckoutPage, type CheckoutSheetsProps } from '../../components/checkout/checkout-page.tsx';
import type { CheckoutSheets } from './checkout-sheets.tsx';

/** The checkout with the sheets of the identity room, which come after the page: who has an address needs neither. */
export function CheckoutScreen() {
  return <CheckoutPage sheets={(props) => <LateSheets {...props} />} />;
}

function LateSheets(props: CheckoutSheetsProps) {
  const [Sheets, setSheets] = useState<typeof CheckoutSheets | null>(null);
  const isWanted = props.open !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for after the page, and again by a tap if that failed
  useEffect(() => {
    import('./checkout-sheets.tsx').then(
      (module) => setSheets(() => module.CheckoutSheets),
      () => {
        // No network: the next tap asks again.
      },
    );
  }, [isWanted]);
  return Sheets === null ? null : <Sheets {...props} />;
}
