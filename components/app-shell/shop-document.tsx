import type { ReactNode } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { IconSprite } from '../ui/icon.tsx';
import { LocaleProvider } from '../ui/locale.tsx';
import { Toasts } from '../ui/toast.tsx';
import { EarlyTap } from './early-tap.tsx';
import { AppUpdates } from './service-worker.tsx';
import { ShopMemory } from './shop-memory.tsx';

type ShopDocumentProps = {
  locale: Locale;
  /** Starts of the published sessions, epoch ms; around them the app offers nothing of its own. */
  sessionStarts?: readonly number[];
  children: ReactNode;
};

/** The document of one language tree: the same bytes for everybody, whoever they are. */
export function ShopDocument({ locale, sessionStarts, children }: ShopDocumentProps) {
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
          <EarlyTap />
          <ShopMemory />
          <AppUpdates locale={locale} sessionStarts={sessionStarts} />
        </LocaleProvider>
      </body>
    </html>
  );
}
