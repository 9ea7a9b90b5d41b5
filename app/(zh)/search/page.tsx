import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { catalogMessages } from '../../../lib/messages/catalog.ts';
import { SearchPage } from '../../_pages/search.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/search',
  title: catalogMessages['zh-CN'].search,
});

export default function Page() {
  return <SearchPage locale="zh-CN" />;
}
