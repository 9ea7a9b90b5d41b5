import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { productMessages } from '../../../../lib/messages/product.ts';
import { ItemPage } from '../../../_pages/item.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/item',
  title: productMessages['en-US'].details,
  isPersonal: true,
});

export default function Page() {
  return <ItemPage />;
}
