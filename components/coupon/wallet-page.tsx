'use client';

import { useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useWallet } from '../../lib/client/coupons.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import type { OwnCoupon } from '../../lib/contracts/coupon.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { clockText } from '../../lib/messages/time.ts';
import { walletMessages } from '../../lib/messages/wallet.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { CouponTicketsSkeleton } from '../ui/coupon-ticket.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import type { CategoryName } from './coupon-words.ts';
import { type GrowthOf, OwnTicket } from './own-ticket.tsx';

const TABS = ['usable', 'used', 'expired'] as const;
type WalletTab = (typeof TABS)[number];

/** 我的券包: every red packet and coupon of this shopper, by what can be done with it. */
export function WalletPage({ categories, growth }: { categories: readonly CategoryName[]; growth: GrowthOf }) {
  const words = walletMessages[useLocale()];
  const wallet = useWallet();
  const [tab, setTab] = useState<WalletTab>('usable');
  const now = serverNow();
  const byTab = (id: WalletTab) => (wallet.coupons ?? []).filter((coupon) => tabOf(coupon, now) === id);
  const count = byTab('usable').filter(({ whyNot }) => whyNot !== 'held').length;
  return (
    <>
      <TopBar
        title={words.title}
        backTo="/me"
        actions={
          <ShopLink href="/coupons" className="inline-flex min-h-11 items-center text-14 text-ink-2">
            {words.more}
          </ShopLink>
        }
      />
      {wallet.isNobody ? (
        <EmptyState
          emblem="lantern"
          title={words.loginTitle}
          text={words.loginText}
          action={
            <ShopLink href="/login?next=/wallet" className={buttonClass()}>
              {words.login}
            </ShopLink>
          }
        />
      ) : (
        <Tabs
          label={words.tabs}
          tabs={TABS.map((id) => ({
            id,
            label: id === 'usable' && count > 0 ? `${words.tab_usable} ${count}` : words[`tab_${id}`],
          }))}
          chosen={tab}
          onChoose={setTab}
        >
          <div className="gutter py-3">
            <Coupons tab={tab} wallet={wallet} coupons={byTab(tab)} now={now} categories={categories} growth={growth} />
          </div>
        </Tabs>
      )}
    </>
  );
}

/** A coupon whose time has just run out is under 已过期, before the server says so. */
function tabOf(coupon: OwnCoupon, now: number): WalletTab {
  if (coupon.state === 'used') return 'used';
  if (coupon.whyNot === 'refused') return 'expired';
  if (coupon.state === 'expired' || coupon.state === 'void') return 'expired';
  return coupon.state === 'usable' && coupon.validUntil <= now ? 'expired' : 'usable';
}

type CouponsProps = {
  tab: WalletTab;
  wallet: ReturnType<typeof useWallet>;
  coupons: readonly OwnCoupon[];
  now: number;
  categories: readonly CategoryName[];
  growth: GrowthOf;
};

function Coupons({ tab, wallet, coupons, now, categories, growth }: CouponsProps) {
  const locale = useLocale();
  const words = walletMessages[locale];
  const isOnline = useOnline();
  const { failure } = wallet;
  const expiring = coupons.filter(({ whyNot, validUntil }) => whyNot === null && validUntil - now <= DAY_MS).length;
  if (wallet.coupons === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={isOnline ? words.failedTitle : words.offlineTitle}
        text={isOnline ? refusalText(failure, locale) : words.offlineText}
        action={<Button onClick={wallet.refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (wallet.coupons === null) return <CouponTicketsSkeleton label={words.loading} />;
  if (coupons.length === 0) {
    return (
      <EmptyState
        emblem="lantern"
        title={words[`empty_${tab}`]}
        text={words[`emptyText_${tab}`]}
        action={
          <ShopLink href={tab === 'usable' ? '/coupons' : '/'} className={buttonClass()}>
            {tab === 'usable' ? words.goCentre : words.goShopping}
          </ShopLink>
        }
      />
    );
  }
  return (
    <>
      {failure !== null && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {phoneMessages[locale].asOf(clockText(wallet.seenAt))} ·{' '}
          {isOnline ? refusalText(failure, locale) : words.offline}
        </p>
      )}
      {tab === 'usable' && expiring > 0 && (
        <p className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14 font-semibold">{words.expiring(expiring)}</p>
      )}
      <ul className="flex flex-col gap-3">
        {coupons.map((coupon) => (
          <li key={coupon.id}>
            <OwnTicket coupon={coupon} now={now} categories={categories} isOver={tab !== 'usable'} growth={growth} />
          </li>
        ))}
      </ul>
      {tab === 'usable' && (
        <p className="mt-2 text-center">
          <ShopLink
            href="/me#notices"
            className="inline-flex min-h-11 items-center text-14 text-ink-2 underline underline-offset-4"
          >
            {words.remind}
          </ShopLink>
        </p>
      )}
    </>
  );
}
