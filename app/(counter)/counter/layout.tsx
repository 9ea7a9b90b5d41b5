import '../../globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EarlyTap } from '../../../components/app-shell/early-tap.tsx';
import { shopViewport } from '../../../components/app-shell/page-metadata.ts';
import { IconSprite } from '../../../components/ui/icon.tsx';

export const metadata: Metadata = {
  title: 'Festa 柜台',
  manifest: '/counter.webmanifest',
  icons: { icon: '/icons/icon-192.png', apple: '/icons/apple-touch-icon.png' },
  appleWebApp: { capable: true, title: 'Festa 柜台', statusBarStyle: 'default' },
  robots: { index: false, follow: false },
  formatDetection: { telephone: false },
};
export const viewport: Viewport = shopViewport;

/** One tree in both languages, as all rooms of the staff. */
export default function CounterLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN" suppressHydrationWarning>
      <body>
        <EarlyTap />
        <IconSprite />
        {children}
      </body>
    </html>
  );
}
