'use client';

import { usePathname } from 'next/navigation';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { cx } from '../ui/cx.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const tabs = [
  { href: '/', icon: 'home', word: 'home' },
  { href: '/c', icon: 'grid', word: 'categories' },
  { href: '/cart', icon: 'cart', word: 'cart' },
  { href: '/orders', icon: 'orders', word: 'orders' },
  { href: '/me', icon: 'person', word: 'me' },
] as const satisfies readonly { href: string; icon: IconName; word: keyof (typeof appShellMessages)['zh-CN'] }[];

/** The five places of the shop. Pages with a bar of their own (product, checkout) do not show it. */
export function TabBar({ unitsInCart = 0 }: { unitsInCart?: number }) {
  const words = useMessages(appShellMessages);
  const here = usePathname().replace(/^\/en(?=\/|$)/, '') || '/';
  return (
    <nav
      aria-label={words.tabs}
      className="fixed inset-x-0 bottom-0 z-30 mx-auto flex min-h-[var(--tab-bar)] max-w-[520px] border-line border-t bg-card/95 pb-[var(--safe-bottom)] backdrop-blur"
    >
      {tabs.map(({ href, icon, word }) => {
        const isHere = href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`);
        const counts = href === '/cart' && unitsInCart > 0;
        return (
          <ShopLink
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={cx(
              'pressable flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 py-1 text-[min(0.75rem,4vw)] leading-tight',
              isHere ? 'font-semibold text-lacquer' : 'text-ink-2',
            )}
          >
            <span className="relative">
              <Icon name={icon} className="size-6" />
              {counts && (
                <span
                  aria-hidden="true"
                  className="figures absolute -top-1.5 left-3.5 min-w-4.5 rounded-full bg-lacquer px-1 text-center text-12 font-semibold text-on-lacquer ring-2 ring-card"
                >
                  {unitsInCart > 99 ? '99+' : unitsInCart}
                </span>
              )}
            </span>
            <span aria-hidden={counts || undefined} className="max-w-full truncate">
              {words[word]}
            </span>
            {counts && <span className="sr-only">{words.cartWithUnits(unitsInCart)}</span>}
          </ShopLink>
        );
      })}
    </nav>
  );
}
