import type { Metadata } from 'next';
import { pageMetadata } from '../../components/app-shell/page-metadata.ts';
import { HomePage } from '../_pages/home.tsx';

export const metadata: Metadata = pageMetadata({ locale: 'zh-CN', path: '/' });

export default function Page() {
  return <HomePage locale="zh-CN" />;
}
