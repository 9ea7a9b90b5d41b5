import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { HomePage } from '../../_pages/home.tsx';
import { previewOf } from '../../_pages/preview.ts';

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/', preview: previewOf('/', 'en-US') });

export default function Page() {
  return <HomePage locale="en-US" />;
}
