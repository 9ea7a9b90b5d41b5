'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import {
  claimCoupon,
  isMeantToClaim,
  meanToClaim,
  type Offered,
  useOfferedCoupons,
  useWallet,
} from '../../lib/client/coupons.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { couponCentreMessages } from '../../lib/messages/coupon-centre.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { LateShare } from '../sharing/late-share.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { CouponTicketsSkeleton } from '../ui/coupon-ticket.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { toast } from '../ui/toast.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import type { CategoryName } from './coupon-words.ts';
import { OfferedTicket } from './offered-ticket.tsx';

const OffersEntry = late(() => import('../store/offers-entry.tsx').then((module) => module.OffersEntry));

/** 领券中心: what can be claimed now; a stranger signs in on the way and comes back to what was meant. */
export function CouponCentre({ categories }: { categories: readonly CategoryName[] }) {
  const words = couponCentreMessages[useLocale()];
  return (
    <>
      <TopBar
        title={words.title}
        backTo="/"
        actions={
          <>
            <ShopLink href="/wallet" className="inline-flex min-h-11 items-center text-14 text-ink-2">
              {words.wallet}
            </ShopLink>
            <LateShare path="/coupons" title={words.title} poster={{ kind: 'coupons' }} look="bar" />
          </>
        }
      />
      <div className="gutter py-3">
        <div className="mb-3 divide-y divide-line rounded-card bg-card shadow-card">
          {(['team', 'packet'] as const).map((room) => (
            <ShopLink key={room} href={`/${room}`} className="flex min-h-13 items-center gap-3 px-3 text-16">
              <Icon name={room === 'team' ? 'gift' : 'flame'} className="size-5 text-lacquer" />
              <span className="min-w-0 flex-1">
                {words[room]} <span className="text-12 text-ink-2">{words[`${room}Text`]}</span>
              </span>
              <Icon name="forward" className="size-4 text-ink-3" />
            </ShopLink>
          ))}
          <Suspense>
            <OffersEntry isInList />
          </Suspense>
        </div>
        <OfferedCoupons categories={categories} />
      </div>
    </>
  );
}

function OfferedCoupons({ categories }: { categories: readonly CategoryName[] }) {
  const locale = useLocale();
  const words = couponCentreMessages[locale];
  const isOnline = useOnline();
  const { offered, failure, refresh } = useOfferedCoupons();
  const wallet = useWallet();
  const claims = useClaims(wallet.isNobody, wallet.isKnown && !wallet.isNobody && offered !== null, refresh);
  const now = serverNow();

  if (offered === null && failure !== null) {
    return (
      <EmptyState
        emblem="cloud"
        title={isOnline ? words.failedTitle : words.offlineTitle}
        text={isOnline ? refusalText(failure, locale) : words.offlineText}
        action={<Button onClick={refresh}>{phoneMessages[locale].tryAgain}</Button>}
      />
    );
  }
  if (offered === null) return <CouponTicketsSkeleton label={words.loading} />;
  if (offered.length === 0) {
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
      <p className="mb-3 text-14 text-ink-2">{words.lead}</p>
      {failure !== null && (
        <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14">
          {isOnline ? refusalText(failure, locale) : words.offlineText}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {offered.map((template) => (
          <li key={template.id}>
            <OfferedTicket
              template={template}
              categories={categories}
              now={now}
              own={(wallet.coupons ?? []).filter(({ templateId }) => templateId === template.id)}
              isLimit={claims.atLimit.has(template.id)}
              isBusy={claims.busy.has(template.id)}
              isStill={!isOnline}
              refused={claims.refused[template.id] ?? null}
              onClaim={() => claims.claim(template)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Claims by template: one at a time each, what was refused, and the one that was meant before signing in. */
function useClaims(isNobody: boolean, isReady: boolean, refresh: () => Promise<void>) {
  const locale = useLocale();
  const words = couponCentreMessages[locale];
  const router = useRouter();
  const pathname = usePathname();
  const meant = useSearchParams().get('claim');
  const running = useRef(new Set<string>());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [atLimit, setAtLimit] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string | null>>>({});

  const send = useCallback(
    async (id: string) => {
      // Two taps in one frame come before React has drawn the first: a flag, not a state.
      if (running.current.has(id)) return;
      running.current.add(id);
      setBusy(new Set(running.current));
      setRefused((before) => ({ ...before, [id]: null }));
      const answer = await claimCoupon(id);
      running.current.delete(id);
      setBusy(new Set(running.current));
      if (answer.ok) {
        if (answer.value.claimsLeft === 0) setAtLimit((before) => new Set([...before, id]));
        toast(words.got);
      } else if (answer.refusal.code === 'coupon_limit') setAtLimit((before) => new Set([...before, id]));
      else if (answer.refusal.code === 'login_required' || answer.refusal.code === 'phone_required') {
        meanToClaim(id);
        return router.push(loginPath(id, locale));
      } else setRefused((before) => ({ ...before, [id]: refusalText(answer.refusal, locale) }));
      void refresh();
    },
    [locale, words, router, refresh],
  );

  useEffect(() => {
    if (meant === null || !isReady) return;
    // The address alone claims nothing: somebody else may have written it.
    if (isMeantToClaim(meant)) void send(meant);
    router.replace(pathname, { scroll: false });
  }, [meant, isReady, send, router, pathname]);

  const claim = (template: Offered) => {
    if (!isNobody) return void send(template.id);
    meanToClaim(template.id);
    router.push(loginPath(template.id, locale));
  };
  return { busy, atLimit, refused, claim };
}

const loginPath = (id: string, locale: 'zh-CN' | 'en-US') =>
  pathInLocale(`/login?next=${encodeURIComponent(`/coupons?claim=${id}`)}`, locale);
