import type { Metadata } from 'next';
import { Suspense } from 'react';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { CashierFrame } from '../../../components/payment/cashier-frame.tsx';
import { CashierPage } from '../../../components/payment/cashier-page.tsx';
import { paymentMessages } from '../../../lib/messages/payment.ts';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/cashier',
  title: paymentMessages['zh-CN'].cashierTitle,
  isPersonal: true,
});

export default function Page() {
  return (
    <Suspense fallback={<CashierFrame isLoading />}>
      <CashierPage />
    </Suspense>
  );
}
