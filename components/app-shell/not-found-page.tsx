import type { ReactNode } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { ShopFrame } from './shop-frame.tsx';

/** There is nothing at this address; the way home. `children`: what else is said below. */
export function NotFoundPage({ locale, children }: { locale: Locale; children?: ReactNode }) {
  const words = appShellMessages[locale];
  return (
    <ShopFrame>
      <h1 className="sr-only">{words.notFoundTitle}</h1>
      <EmptyState
        emblem="lantern"
        title={words.notFoundTitle}
        text={words.notFoundText}
        action={
          <ShopLink href="/" className={buttonClass('act')}>
            {words.goHome}
          </ShopLink>
        }
      />
      {children}
    </ShopFrame>
  );
}
