import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { catalogMessages } from '../../../../lib/messages/catalog.ts';
import { CategoriesPage } from '../../../_pages/category.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/c',
  title: catalogMessages['en-US'].allCategories,
});

export default function Page() {
  return <CategoriesPage locale="en-US" />;
}
