'use client';

import { useSearchParams } from 'next/navigation';
import { type ReactNode, Suspense, useState } from 'react';
import { type FriendsCode, type OwnCode, useFriendsCode, useKeptClock, useOwnCode } from '../../lib/client/pickup.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import type { PickupBrief } from '../../lib/contracts/pickup-shape.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { pickupMessages } from '../../lib/messages/pickup.ts';
import { pickupCodeMessages } from '../../lib/messages/pickup-code.ts';
import { clockText, momentText } from '../../lib/messages/time.ts';
import { MovingCode } from '../store/moving-code.tsx';
import { StoreFacts } from '../store/store-facts.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';

const FriendPart = late(() => import('./friend-part.tsx').then((module) => module.FriendPart));
const NoticeOffer = late(() => import('../outreach/notice-offer.tsx').then((module) => module.NoticeOffer));
const SavedPicture = late(() => import('./saved-picture.tsx').then((module) => module.SavedPicture));

/** `?id=`: the code of one's own order; `?c=`: what a friend shows. */
export function PickupPage() {
  const words = useMessages(pickupCodeMessages);
  const query = useSearchParams();
  const friendCode = query.get('c');
  const orderId = query.get('id');
  const isFriend = friendCode !== null;
  return (
    <>
      <TopBar
        title={isFriend ? words.friendTitle : words.title}
        backTo={orderId === null ? '/' : `/order?id=${orderId}`}
      />
      <div className="flex flex-col gap-3 gutter pt-3 pb-8">
        {isFriend ? <Friends key={friendCode} code={friendCode} /> : <Own key={orderId} orderId={orderId} />}
      </div>
    </>
  );
}

export function PickupSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      <Skeleton className="h-[430px] rounded-card" />
      <Skeleton className="h-24 rounded-card" />
    </div>
  );
}

function Own({ orderId }: { orderId: string | null }) {
  const words = useMessages(pickupCodeMessages);
  const { value, failure, isLoaded, refresh } = useOwnCode(orderId);
  const toOrder = (
    <ShopLink href={orderId === null ? '/orders' : `/order?id=${orderId}`} className={buttonClass()}>
      {words.toOrder}
    </ShopLink>
  );
  if (failure?.code === 'login_required' || failure?.code === 'phone_required') {
    return (
      <EmptyState
        emblem="parcel"
        title={words.loginTitle}
        text={words.loginText}
        action={
          <ShopLink href={`/login?next=${encodeURIComponent(`/pickup?id=${orderId}`)}`} className={buttonClass()}>
            {words.login}
          </ShopLink>
        }
      />
    );
  }
  if (orderId === null || failure?.code === 'not_found' || failure?.code === 'invalid_input') {
    return <EmptyState emblem="search" title={words.missingTitle} text={words.missingText} action={toOrder} />;
  }
  if (value !== null)
    return <OwnCodeView own={value} isOffline={failure !== null} refresh={refresh} toOrder={toOrder} />;
  if (!isLoaded) return <PickupSkeleton label={words.title} />;
  return <NotHere failure={failure} refresh={refresh} />;
}

function NotHere({
  failure,
  refresh,
}: {
  failure: { code: string; message?: string } | null;
  refresh: () => Promise<void>;
}) {
  const words = useMessages(pickupCodeMessages);
  const again = useMessages(phoneMessages).tryAgain;
  const locale = useLocale();
  const isOffline = failure?.code === 'offline';
  return (
    <EmptyState
      emblem="cloud"
      title={isOffline ? words.nothingKeptTitle : words.failedTitle}
      text={isOffline || failure === null ? words.nothingKeptText : refusalText(failure, locale)}
      action={<Button onClick={refresh}>{again}</Button>}
    />
  );
}

type OwnCodeViewProps = { own: OwnCode; isOffline: boolean; refresh: () => Promise<void>; toOrder: ReactNode };

function OwnCodeView({ own, isOffline, refresh, toOrder }: OwnCodeViewProps) {
  const words = useMessages(pickupCodeMessages);
  const locale = useLocale();
  const clock = useKeptClock(own);
  const { pickup, code, lastFour } = own;
  const [isSaving, setIsSaving] = useState(false);
  const [hasSaved, setHasSaved] = useState(false);
  if (code === null || pickup.fetchBefore === null) {
    const [title, text] = stateOf(pickup, words);
    return (
      <>
        <EmptyState emblem="parcel" title={title} text={text} action={toOrder} />
        <StoreFacts store={pickup.store}>
          {pickup.state === 'preparing' && (
            <Suspense>
              <NoticeOffer />
            </Suspense>
          )}
        </StoreFacts>
      </>
    );
  }
  if (clock === null) return <PickupSkeleton label={words.title} />;
  const before = words.before(momentText(pickup.fetchBefore, clock.now(), locale));
  const store = inLocale(pickup.store.name, locale);
  return (
    <>
      <OfflineNote isOffline={isOffline} />
      <MovingCode code={code} clock={clock} lastFour={lastFour} />
      <Deadline before={before} />
      <StoreFacts store={pickup.store} />
      <Suspense>
        <FriendPart own={own} refresh={refresh} />
      </Suspense>
      <Button
        look="quiet"
        onClick={() => {
          setHasSaved(true);
          setIsSaving(true);
        }}
      >
        {words.save}
      </Button>
      {hasSaved && (
        <Suspense>
          <SavedPicture
            open={isSaving}
            said={{
              title: words.title,
              store: words.at(store),
              digits: code.digits,
              before,
            }}
            onClose={() => setIsSaving(false)}
          />
        </Suspense>
      )}
    </>
  );
}

type Words = ReturnType<typeof useMessages<(typeof pickupCodeMessages)['zh-CN']>>;

function stateOf({ state, handedAt }: PickupBrief, words: Words): [title: string, text: string] {
  if (state === 'preparing' || state === 'ready') return [words.notReadyTitle, words.notReadyText];
  if (state === 'handed_over') {
    return [words.handedTitle, handedAt === null ? '' : words.handedText(clockText(handedAt, true))];
  }
  if (state === 'expired') return [words.expiredTitle, words.expiredText];
  if (state === 'refunded') return [words.refundedTitle, words.refundedText];
  return [words.unpaidTitle, words.unpaidText];
}

function OfflineNote({ isOffline }: { isOffline: boolean }) {
  const words = useMessages(pickupCodeMessages);
  const isOnline = useOnline();
  if (isOnline && !isOffline) return null;
  return (
    <p role="status" className="flex items-center gap-2 rounded-card bg-gold-soft px-3 py-2 text-14">
      <Icon name="offline" className="size-4 text-gold" />
      {words.offline}
    </p>
  );
}

function Deadline({ before }: { before: string }) {
  const words = useMessages(pickupMessages);
  return (
    <p className="px-1 text-center text-14 text-ink-2">
      <span className="block text-16 font-semibold text-ink">{before}</span>
      {words.grace}
    </p>
  );
}

function Friends({ code }: { code: string }) {
  const words = useMessages(pickupCodeMessages);
  const shell = useMessages(appShellMessages);
  const { value, failure, isLoaded, refresh } = useFriendsCode(code);
  const clock = useKeptClock(value);
  if (failure?.code === 'friend_code_over' || failure?.code === 'invalid_input') {
    return (
      <EmptyState
        emblem="search"
        title={words.friendOverTitle}
        text={words.friendOverText}
        action={
          <ShopLink href="/" className={buttonClass()}>
            {shell.goHome}
          </ShopLink>
        }
      />
    );
  }
  if (value === null && isLoaded) return <NotHere failure={failure} refresh={refresh} />;
  if (value === null || clock === null) return <PickupSkeleton label={words.friendTitle} />;
  return <FriendsView shown={value} clock={clock} isOffline={failure !== null} />;
}

type FriendsViewProps = { shown: FriendsCode; clock: NonNullable<ReturnType<typeof useKeptClock>>; isOffline: boolean };

function FriendsView({ shown, clock, isOffline }: FriendsViewProps) {
  const words = useMessages(pickupCodeMessages);
  const locale = useLocale();
  return (
    <>
      <OfflineNote isOffline={isOffline} />
      <MovingCode code={shown.code} clock={clock} lastFour={null} />
      <Deadline before={words.before(momentText(shown.fetchBefore, clock.now(), locale))} />
      <section className="rounded-card bg-card p-4 shadow-card">
        <h2 className="text-16 font-semibold">{words.goods}</h2>
        <ul className="mt-1 divide-y divide-line">
          {shown.lines.map((line, index) => (
            <li key={index} className="flex items-baseline justify-between gap-3 py-2 text-14">
              <span className="min-w-0">
                {inLocale(line.title, locale)}
                <span className="block text-12 text-ink-2">{inLocale(line.choice, locale)}</span>
              </span>
              <span className="figures font-semibold">×{line.quantity}</span>
            </li>
          ))}
        </ul>
      </section>
      <StoreFacts store={shown.store} />
    </>
  );
}
