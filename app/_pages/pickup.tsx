import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { PickupPage, PickupSkeleton } from '../../components/pickup/pickup-page.tsx';
import type { Locale } from '../../lib/messages/define.ts';
import { pickupCodeMessages } from '../../lib/messages/pickup-code.ts';

/** `/pickup`: a shell that the worker keeps; which code it shows is said by its query. */
export function PickupCodePage({ locale }: { locale: Locale }) {
  return (
    <ShopFrame foot="plain">
      <Suspense fallback={<PickupSkeleton label={pickupCodeMessages[locale].title} />}>
        <PickupPage />
      </Suspense>
    </ShopFrame>
  );
}
