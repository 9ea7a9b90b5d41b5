'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { hearServerTime } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { ValueNamed } from '../../lib/contracts/named.ts';
import { paymentMessages } from '../../lib/messages/payment.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { CashierFrame, cashierButton } from './cashier-frame.tsx';
import { CashierTrade } from './cashier-trade.tsx';

export type Trade = ValueNamed<'sandbox.trade'>;
type Failure = { readonly code: string; readonly message?: string };

/** How often an open trade is looked at: it may be paid in another tab, or run out. */
const LOOK_MS = 4_000;

/** The sandbox gateway's own page by `?trade=`; nothing of the shop is on it but the way back. */
export function CashierPage() {
  const id = useSearchParams().get('trade');
  return <CashierOf key={id} id={id} />;
}

function CashierOf({ id }: { id: string | null }) {
  const words = useMessages(paymentMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const [trade, setTrade] = useState<Trade | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const look = useCallback(async () => {
    if (id === null) return;
    const answer = await call('sandbox.trade', { id });
    setFailure(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    hearServerTime(answer.value.now);
    setTrade(answer.value);
  }, [id]);

  const isOpen = trade === null || trade.state === 'open';
  useEffect(() => {
    if (!isOpen) return;
    void look();
    const timer = setInterval(() => document.visibilityState === 'visible' && void look(), LOOK_MS);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
    };
  }, [isOpen, look]);

  if (id === null || failure?.code === 'not_found' || failure?.code === 'invalid_input') {
    return (
      <CashierFrame title={words.unknownTitle} text={words.unknownText}>
        <ShopLink href="/orders" className={cashierButton('main')}>
          {words.goOrders}
        </ShopLink>
      </CashierFrame>
    );
  }
  if (trade !== null) return <CashierTrade trade={trade} setTrade={setTrade} look={look} />;
  if (failure !== null) {
    const isOffline = failure.code === 'offline';
    return (
      <CashierFrame
        title={isOffline ? words.offlineTitle : words.resultTitle}
        text={isOffline ? words.offlineText : refusalText(failure, locale)}
      >
        <button type="button" onClick={look} className={cashierButton('main')}>
          {phoneWords.tryAgain}
        </button>
      </CashierFrame>
    );
  }
  return <CashierFrame isLoading />;
}
