'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { wait } from '../../lib/client/api.ts';
import { useOrder } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { paymentMessages } from '../../lib/messages/payment.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { LateShare } from '../sharing/late-share.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { ResultHero } from './result-hero.tsx';
import { ResultWaiting } from './result-waiting.tsx';

/** The channel's notice takes a moment: asked after 0.5, 1, 1.5 … s, for about a minute. */
const ASKS_MAX = 15;
const ASK_STEP_MS = 500;

/** What became of a payment, by `?order=`: the shop's own books say it, not the cashier. */
export function ResultPage() {
  const words = useMessages(paymentMessages);
  const id = useSearchParams().get('order');
  return (
    <>
      <TopBar title={words.resultTitle} backTo="/orders" />
      <ResultOf key={id} id={id} />
    </>
  );
}

function ResultOf({ id }: { id: string | null }) {
  const words = useMessages(paymentMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const { seen, failure, refresh } = useOrder(id);
  const [isSlow, setIsSlow] = useState(false);
  const [round, setRound] = useState(0);
  const state = seen?.order.state;
  const isWaiting = state === undefined || state === 'pending_pay' || state === 'closing';
  const isMissing = id === null || failure?.code === 'not_found' || failure?.code === 'invalid_input';

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is asked for by its number
  useEffect(() => {
    if (!isWaiting || isMissing) return;
    const leaving = new AbortController();
    const ask = async () => {
      for (let asked = 1; asked <= ASKS_MAX; asked++) {
        await wait(asked * ASK_STEP_MS, leaving.signal);
        if (document.visibilityState === 'visible') await refresh();
      }
      setIsSlow(true);
    };
    ask().catch(() => {
      // The page was left.
    });
    return () => leaving.abort();
  }, [isWaiting, isMissing, refresh, round]);

  if (isMissing) {
    return (
      <EmptyState
        emblem="search"
        title={words.unknownTitle}
        text={words.unknownText}
        action={
          <ShopLink href="/orders" className={buttonClass()}>
            {words.goOrders}
          </ShopLink>
        }
      />
    );
  }
  if (seen !== undefined && !isWaiting) {
    const [first] = seen.order.lines;
    return (
      <>
        <ResultHero order={seen.order} />
        {first && (
          <LateShare
            path={`/p/${first.productHandle}`}
            title={inLocale(first.title, locale)}
            poster={{ kind: 'goods', handle: first.productHandle }}
            look="wide"
          />
        )}
      </>
    );
  }
  if (isSlow || (failure !== null && failure.code !== 'timeout')) {
    return (
      <EmptyState
        emblem={failure === null ? 'parcel' : 'cloud'}
        title={failure === null ? words.notPaidTitle : words.resultTitle}
        text={failure === null ? words.slowText : refusalText(failure, locale)}
        action={
          <span className="flex flex-wrap justify-center gap-3">
            <Button
              look="quiet"
              onClick={() => {
                setIsSlow(false);
                setRound(round + 1);
                void refresh();
              }}
            >
              {failure === null ? words.checkAgain : phoneWords.tryAgain}
            </Button>
            <ShopLink href={`/order?id=${id}`} replace className={buttonClass()}>
              {words.viewOrder}
            </ShopLink>
          </span>
        }
      />
    );
  }
  return <ResultWaiting />;
}
