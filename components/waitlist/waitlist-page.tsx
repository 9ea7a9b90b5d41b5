'use client';

import { useRouter } from 'next/navigation';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useWaitlist } from '../../lib/client/waitlist.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { waitlistMessages } from '../../lib/messages/waitlist.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { WaitCard } from './wait-card.tsx';
import { WaitlistSkeleton } from './waitlist-skeleton.tsx';

/** 我的候补: every line this shopper stands in, what is held for him now, and what has become of the others. */
export function WaitlistPage() {
  const words = waitlistMessages[useLocale()];
  return (
    <>
      <TopBar title={words.title} backTo="/me" />
      <div className="gutter py-3">
        <Entries />
      </div>
    </>
  );
}

function Entries() {
  const locale = useLocale();
  const words = waitlistMessages[locale];
  const router = useRouter();
  const { entries, failure, refresh, isNobody } = useWaitlist(null);

  if (isNobody) {
    return (
      <EmptyState
        emblem="lantern"
        title={words.loginTitle}
        text={words.loginText}
        action={
          <ShopLink href="/login?next=/waitlist" className={buttonClass()}>
            {words.login}
          </ShopLink>
        }
      />
    );
  }
  if (entries === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={words.failedTitle}
        text={refusalText(failure, locale)}
        action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (entries === null) return <WaitlistSkeleton label={words.loading} />;
  if (entries.length === 0) {
    return (
      <EmptyState
        emblem="lantern"
        title={words.emptyTitle}
        text={words.emptyText}
        action={
          <ShopLink href="/" className={buttonClass()}>
            {words.goShopping}
          </ShopLink>
        }
      />
    );
  }
  return (
    <>
      {failure !== null && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {refusalText(failure, locale)}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {entries.map((entry) => (
          <WaitCard
            key={entry.id}
            entry={entry}
            onMoved={refresh}
            onBuy={(units) =>
              router.push(pathInLocale(`/checkout?buy=${encodeURIComponent(entry.skuId)}:${units}`, locale))
            }
          />
        ))}
      </ul>
    </>
  );
}
