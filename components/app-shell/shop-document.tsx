import type { ReactNode } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { IconSprite } from '../ui/icon.tsx';
import { LocaleProvider } from '../ui/locale.tsx';
import { Toasts } from '../ui/toast.tsx';
import { ShopMemory } from './shop-memory.tsx';

/** The document of one language tree: the same bytes for everybody, whoever they are. */
export function ShopDocument({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <html lang={locale === 'zh-CN' ? 'zh-CN' : 'en'} suppressHydrationWarning>
      <body>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-full focus:bg-ink focus:px-4 focus:py-2 focus:text-paper"
        >
          {appShellMessages[locale].skipToContent}
        </a>
        <IconSprite />
        <LocaleProvider locale={locale}>
          {children}
          <Toasts />
          <ShopMemory />
        </LocaleProvider>
      </body>
    </html>
  );
}
