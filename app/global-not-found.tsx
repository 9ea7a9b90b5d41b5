import './globals.css';
import type { Metadata, Viewport } from 'next';
import { NotFoundPage } from '../components/app-shell/not-found-page.tsx';
import { shopMetadata, shopViewport } from '../components/app-shell/page-metadata.ts';
import { ShopDocument } from '../components/app-shell/shop-document.tsx';
import { buttonClass } from '../components/ui/button.tsx';
import { ShopLink } from '../components/ui/shop-link.tsx';
import { appShellMessages } from '../lib/messages/app-shell.ts';
import { shopOrigin } from './site.ts';

const zh = appShellMessages['zh-CN'];
const en = appShellMessages['en-US'];

export const metadata: Metadata = {
  ...shopMetadata('zh-CN', shopOrigin),
  title: zh.notFoundTitle,
  robots: { index: false },
};
export const viewport: Viewport = shopViewport;

/** For unknown addresses outside the English tree, which has its own: whoever typed one may read either language. */
export default function GlobalNotFound() {
  return (
    <ShopDocument locale="zh-CN">
      <NotFoundPage locale="zh-CN">
        <div lang="en" className="flex flex-col items-center gap-3 gutter pb-12 text-center text-14 text-ink-2">
          <p>
            {en.notFoundTitle}. {en.notFoundText}
          </p>
          <ShopLink href="/" locale="en-US" className={buttonClass('quiet')}>
            {en.goHome}
          </ShopLink>
        </div>
      </NotFoundPage>
    </ShopDocument>
  );
}
