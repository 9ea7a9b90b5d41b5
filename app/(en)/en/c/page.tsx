import type { Metadata } from 'next';
import { pageMetadata } from '../../../../components/app-shell/page-metadata.ts';
import { categoryMessages } from '../../../../lib/messages/category.ts';
import { CategoriesPage } from '../../../_pages/category.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'en-US',
  path: '/c',
  title: categoryMessages['en-US'].allCategories,
});

export default function Page() {
  return <CategoriesPage locale="en-US" />;
}
