import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { searchMessages } from '../../../lib/messages/search.ts';
import { SearchPage } from '../../_pages/search.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/search',
  title: searchMessages['zh-CN'].search,
});

export default function Page() {
  return <SearchPage locale="zh-CN" />;
}
