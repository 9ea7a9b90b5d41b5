import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';
import { ResultPage } from '../../../components/payment/result-page.tsx';
import { ResultWaiting } from '../../../components/payment/result-waiting.tsx';
import { paymentMessages } from '../../../lib/messages/payment.ts';

const words = paymentMessages['zh-CN'];

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/paid',
  title: words.resultTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <ShopFrame foot="plain">
      <Suspense fallback={<ResultWaiting />}>
        <ResultPage />
      </Suspense>
    </ShopFrame>
  );
}
