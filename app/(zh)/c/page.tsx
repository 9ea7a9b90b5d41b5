import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { categoryMessages } from '../../../lib/messages/category.ts';
import { CategoriesPage } from '../../_pages/category.tsx';

export const metadata: Metadata = pageMetadata({
  locale: 'zh-CN',
  path: '/c',
  title: categoryMessages['zh-CN'].allCategories,
});

export default function Page() {
  return <CategoriesPage locale="zh-CN" />;
}
