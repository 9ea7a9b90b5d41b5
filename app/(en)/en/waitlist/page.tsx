import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../../components/app-shell/shop-frame.tsx';
import { WaitlistPage } from '../../../../components/waitlist/waitlist-page.tsx';
import { WaitlistSkeleton } from '../../../../components/waitlist/waitlist-skeleton.tsx';
import { waitlistMessages } from '../../../../lib/messages/waitlist.ts';

const words = waitlistMessages['en-US'];

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/waitlist',
  title: words.title,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="tabs">
      <Suspense fallback={<WaitlistSkeleton label={words.loading} />}>
        <WaitlistPage />
      </Suspense>
    </ShopFrame>
  );
}
