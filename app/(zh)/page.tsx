import type { Metadata } from 'next';
import { pageMetadata } from '../../components/app-shell/page-metadata.ts';
import { HomePage } from '../_pages/home.tsx';
import { previewOf } from '../_pages/preview.ts';

export const metadata: Metadata = pageMetadata({ locale: 'zh-CN', path: '/', preview: previewOf('/', 'zh-CN') });

export default function Page() {
  return <HomePage locale="zh-CN" />;
}
