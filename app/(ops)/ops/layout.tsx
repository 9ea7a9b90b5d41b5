import '../../globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EarlyTap } from '../../../components/app-shell/early-tap.tsx';
import { shopViewport } from '../../../components/app-shell/page-metadata.ts';
import { OpsFrame } from '../../../components/ops/ops-frame.tsx';
import { IconSprite } from '../../../components/ui/icon.tsx';

export const metadata: Metadata = {
  title: 'Festa 运营台',
  icons: { icon: '/icons/icon-192.png' },
  robots: { index: false, follow: false },
};
export const viewport: Viewport = shopViewport;

/** One tree in both languages: the people behind the counter choose on the page. */
export default function OpsLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN" suppressHydrationWarning>
      <body>
        <EarlyTap />
        <IconSprite />
        <OpsFrame>{children}</OpsFrame>
      </body>
    </html>
  );
}
