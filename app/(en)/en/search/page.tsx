import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { searchMessages } from '../../../../lib/messages/search.ts';
import { SearchPage } from '../../../_pages/search.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/search',
  title: searchMessages['en-US'].search,
});

export default function Page() {
  return <SearchPage locale="en-US" />;
}
