import '../../globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { shopMetadata, shopViewport } from '../../../components/app-shell/page-metadata.ts';
import { ShopDocument } from '../../../components/app-shell/shop-document.tsx';
import { catalogue } from '../../catalogue.ts';
import { shopOrigin } from '../../site.ts';

export const metadata: Metadata = shopMetadata('en-US', shopOrigin);
export const viewport: Viewport = shopViewport;

export default function EnglishLayout({ children }: { children: ReactNode }) {
  return (
    <ShopDocument locale="en-US" sessionStarts={catalogue().sessions.map((session) => session.startsAt)}>
      {children}
    </ShopDocument>
  );
}
