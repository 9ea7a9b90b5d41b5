import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { couponEntryMessages } from '../../lib/messages/coupon-entry.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { Icon } from '../ui/icon.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { FestivalMark } from './festival-mark.tsx';

/** The festival's sign and name, the way to search, and the other language. */
export function HomeHeader({ locale, name }: { locale: Locale; name: string }) {
  const words = appShellMessages[locale];
  const other: Locale = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <header className="sticky top-0 z-30 flex min-h-[3.25rem] items-center gap-2 bg-paper gutter pt-[env(safe-area-inset-top)]">
      <FestivalMark className="size-9" />
      <h1 className="sr-only">{name || words.shopName}</h1>
      <ShopLink href="/search" className="flex min-h-11 min-w-0 flex-1 items-center">
        <span className="flex min-h-9 min-w-0 flex-1 items-center gap-1.5 rounded-full border border-line bg-card px-3 text-14 text-ink-2">
          <Icon name="search" className="size-4.5" />
          <span className="truncate">{venueMessages[locale].searchEntry}</span>
        </span>
      </ShopLink>
      <ShopLink
        href="/coupons"
        className="inline-flex min-h-11 min-w-11 shrink-0 items-center justify-center gap-1 text-14 text-ink-2"
      >
        <Icon name="ticket" className="size-5" />
        <span className="max-wide:sr-only">{couponEntryMessages[locale].entry}</span>
      </ShopLink>
      <ShopLink
        href="/"
        locale={other}
        className="inline-flex min-h-11 shrink-0 items-center gap-1 px-1 text-14 text-ink-2"
        lang={other === 'zh-CN' ? 'zh-CN' : 'en'}
      >
        <Icon name="globe" className="size-5" />
        {words.otherLanguage}
      </ShopLink>
    </header>
  );
}
