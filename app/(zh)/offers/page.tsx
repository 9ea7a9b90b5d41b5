import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { offersMessages } from '../../../lib/messages/offers.ts';
import { StoreOffersPage } from '../../_pages/offers.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/offers',
  title: offersMessages['zh-CN'].title,
});

export default function Page() {
  return <StoreOffersPage />;
}
