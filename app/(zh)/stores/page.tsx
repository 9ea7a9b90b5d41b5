import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { storesMessages } from '../../../lib/messages/stores.ts';
import { StoreListPage } from '../../_pages/stores.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/stores',
  title: storesMessages['zh-CN'].title,
});

export default function Page() {
  return <StoreListPage locale="zh-CN" />;
}
