'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { Icon } from './icon.tsx';
import { useLocale, useMessages } from './locale.tsx';

type TopBarProps = {
  title: string;
  /** Where Back leads when this page was opened from outside; none: a page of the tab bar, without Back. */
  backTo?: string;
  /** At the right: at most two icon buttons. */
  actions?: ReactNode;
};

/** The sticky head of a page with its one `<h1>`. */
export function TopBar({ title, backTo, actions }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 flex min-h-12 items-center gap-1 border-line border-b bg-paper/95 gutter pt-[env(safe-area-inset-top)] backdrop-blur">
      {backTo !== undefined && <BackButton to={backTo} />}
      <h1 className="min-w-0 flex-1 truncate py-2 text-18 font-semibold">{title}</h1>
      {actions}
    </header>
  );
}

/** Back to where the shopper came from inside the shop, else to `to`. */
export function BackButton({ to, className }: { to: string; className?: string }) {
  const router = useRouter();
  const locale = useLocale();
  const words = useMessages(appShellMessages);
  const goBack = () => {
    const cameFromShop = history.length > 1 && document.referrer.startsWith(location.origin);
    if (cameFromShop || sessionStorage.getItem('festa-moved')) router.back();
    else router.push(pathInLocale(to, locale));
  };
  return (
    <button
      type="button"
      aria-label={words.back}
      onClick={goBack}
      className={className ?? '-ml-3 grid size-11 place-items-center text-ink'}
    >
      <Icon name="back" />
    </button>
  );
}
