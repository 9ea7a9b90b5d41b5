import '../../globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EarlyTap } from '../../../components/app-shell/early-tap.tsx';
import { shopViewport } from '../../../components/app-shell/page-metadata.ts';
import { StudioFrame } from '../../../components/studio/studio-frame.tsx';
import { IconSprite } from '../../../components/ui/icon.tsx';

export const metadata: Metadata = {
  title: 'Festa 分享工作室',
  icons: { icon: '/icons/icon-192.png' },
  robots: { index: false, follow: false },
};
export const viewport: Viewport = shopViewport;

/** One tree in both languages, as for operators. */
export default function StudioLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN" suppressHydrationWarning>
      <body>
        <EarlyTap />
        <IconSprite />
        <StudioFrame>{children}</StudioFrame>
      </body>
    </html>
  );
}
