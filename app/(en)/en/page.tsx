import type { Metadata } from 'next';
import { pageMetadata } from '../../../components/app-shell/page-metadata.ts';
import { ShopFrame } from '../../../components/app-shell/shop-frame.tsx';

export const metadata: Metadata = pageMetadata({ locale: 'en-US', path: '/' });

export default function HomePage() {
  return <ShopFrame>Festa</ShopFrame>;
}
