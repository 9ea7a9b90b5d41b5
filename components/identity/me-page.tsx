'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { signOut, useMe } from '../../lib/client/session.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { identityMessages } from '../../lib/messages/identity.ts';
import { buttonClass } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LateWechat } from './late-wechat.tsx';
import { ProfileName } from './profile-name.tsx';
import { Settings } from './settings.tsx';

const NoticeSettings = late(() => import('../outreach/notice-settings.tsx').then((module) => module.NoticeSettings));

type MePageProps = {
  /** Orders by state with their counts; the order room's. */
  orders: ReactNode;
};

export function MePage({ orders }: MePageProps) {
  const words = useMessages(identityMessages);
  const { person, isKnown } = useMe();
  const isOnline = useOnline();
  const [isLeaving, setIsLeaving] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const isSignedIn = person !== null && (person.isVerified || person.role !== 'shopper');

  const leave = async () => {
    if (isBusy || !isOnline) return;
    setIsBusy(true);
    await signOut();
    setIsBusy(false);
    setIsLeaving(false);
  };

  return (
    <>
      <header className="bg-lacquer-soft gutter pt-[calc(20px+env(safe-area-inset-top))] pb-16">
        <h1 className="sr-only">{words.meTitle}</h1>
        <div className="flex min-h-16 items-center gap-3">
          <span className="grid size-16 shrink-0 place-items-center rounded-full bg-card text-lacquer shadow-card">
            {isSignedIn && person.displayName !== '' ? (
              <span aria-hidden="true" className="text-28 font-semibold">
                {person.displayName.slice(0, 1)}
              </span>
            ) : (
              <Icon name="person" className="size-8" />
            )}
          </span>
          {!isKnown && (
            <div className="flex flex-col gap-2">
              <Skeleton className="h-6 w-32" />
              <Skeleton className="h-4 w-24" />
            </div>
          )}
          {isKnown && isSignedIn && <ProfileName person={person} />}
          {isKnown && !isSignedIn && (
            <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-2">
              <p>
                <span className="block text-18 font-semibold">{words.guest}</span>
                <span className="block text-14 text-ink-2">{words.guestText}</span>
              </p>
              <ShopLink href="/login" eager className={buttonClass('act', 'm')}>
                {words.loginNow}
              </ShopLink>
            </div>
          )}
        </div>
      </header>
      <div className="-mt-10 flex flex-col gap-3 gutter pb-4">
        {orders}
        <nav
          aria-label={words.settings}
          className="divide-y divide-line overflow-hidden rounded-card bg-card shadow-card"
        >
          <Row href="/wallet" icon="wallet" label={words.wallet} />
          <Row href="/coupons" icon="ticket" label={words.coupons} />
          <Row href="/team" icon="gift" label={words.team} />
          <Row href="/packet" icon="flame" label={words.packet} />
          <Row href="/stores" icon="home" label={words.stores} />
          <Row href="/waitlist" icon="clock" label={words.waitlist} />
          <Row href="/decisions" icon="info" label={words.decisions} />
          <Row href="/addresses" icon="place" label={words.addresses} />
        </nav>
        {isKnown && <LateWechat isSignedIn={isSignedIn} />}
        <Settings />
        {isSignedIn && (
          <Suspense>
            <NoticeSettings />
          </Suspense>
        )}
        <section className="rounded-card bg-card p-4 shadow-card">
          <h2 className="text-16 font-semibold">{words.about}</h2>
          <p className="mt-1 text-14 text-ink-2">{words.aboutText}</p>
        </section>
        {isSignedIn && (
          <button
            type="button"
            onClick={() => setIsLeaving(true)}
            className="pressable min-h-12 rounded-card bg-card text-16 text-ink-2 shadow-card"
          >
            {words.signOut}
          </button>
        )}
      </div>
      <ConfirmSheet
        open={isLeaving}
        title={words.signOutTitle}
        text={words.signOutText}
        yes={words.signOut}
        no={words.stay}
        error={isOnline ? null : words.signOutOffline}
        isBusy={isBusy}
        onYes={leave}
        onClose={() => setIsLeaving(false)}
      />
    </>
  );
}

function Row({ href, icon, label }: { href: string; icon: IconName; label: string }) {
  return (
    <ShopLink href={href} className="flex min-h-13 items-center gap-3 px-4 text-16">
      <Icon name={icon} className="size-5 text-lacquer" />
      <span className="flex-1">{label}</span>
      <Icon name="forward" className="size-4 text-ink-3" />
    </ShopLink>
  );
}
