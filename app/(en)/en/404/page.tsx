import type { Metadata } from 'next';
import { ShopFrame } from '../../../../components/app-shell/shop-frame.tsx';
import { buttonClass } from '../../../../components/ui/button.tsx';
import { EmptyState } from '../../../../components/ui/empty-state.tsx';
import { ShopLink } from '../../../../components/ui/shop-link.tsx';
import { appShellMessages } from '../../../../lib/messages/app-shell.ts';

const words = appShellMessages['en-US'];

export const metadata: Metadata = { title: words.notFoundTitle, robots: { index: false } };

/** What unknown addresses of the English tree are answered with; those of the Chinese one get the framework's own. */
export default function NotFoundInEnglish() {
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
    </ShopFrame>
  );
}
