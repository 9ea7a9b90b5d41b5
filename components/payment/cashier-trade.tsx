'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useSecondsLeft } from '../../lib/client/use-seconds-left.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { minutesText } from '../../lib/messages/moment.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { paymentMessages } from '../../lib/messages/payment.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { CashierFrame, cashierButton } from './cashier-frame.tsx';
import type { Trade } from './cashier-page.tsx';

type CashierTradeProps = { trade: Trade; setTrade: (trade: Trade) => void; look: () => Promise<void> };

export function CashierTrade({ trade, setTrade, look }: CashierTradeProps) {
  const words = useMessages(paymentMessages);
  const amount = yuanText(trade.amountFen);
  if (trade.state === 'open') return <OpenTrade trade={trade} setTrade={setTrade} look={look} />;
  if (trade.state === 'paid') {
    return (
      <CashierFrame title={words.paidTitle} text={words.paidText(amount)}>
        <ShopLink href={`/paid?order=${trade.orderId}`} replace className={cashierButton('main')}>
          {words.backToShop}
        </ShopLink>
      </CashierFrame>
    );
  }
  const isRefunded = trade.state === 'refunded';
  return (
    <CashierFrame
      title={isRefunded ? words.refundedTitle : words.closedTitle}
      text={isRefunded ? words.refundedText : words.closedText}
    >
      <ShopLink href={`/order?id=${trade.orderId}`} replace className={cashierButton('main')}>
        {words.backToShop}
      </ShopLink>
    </CashierFrame>
  );
}

function OpenTrade({ trade, setTrade, look }: CashierTradeProps) {
  const words = useMessages(paymentMessages);
  const locale = useLocale();
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const left = useSecondsLeft(trade.expiresAt, serverNow);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) void look();
  }, [isOver, look]);

  const pay = async () => {
    if (isBusy || isOver) return;
    setIsBusy(true);
    setRefused(null);
    const answer = await call('sandbox.pay', { id: trade.id });
    if (answer.ok && answer.value.state === 'paid') {
      setTrade({ ...trade, state: 'paid' });
      // As every gateway does: back to the merchant, whose own books say whether it is paid.
      return router.replace(pathInLocale(`/paid?order=${trade.orderId}`, locale));
    }
    setIsBusy(false);
    if (!answer.ok) setRefused(refusalText(answer.refusal, locale));
    await look();
  };

  return (
    <CashierFrame>
      <section className="flex flex-col gap-4 rounded-chip bg-card p-5 shadow-card">
        <p className="text-center text-40 font-semibold">
          <Price fen={trade.amountFen} />
        </p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-14">
          <dt className="text-ink-2">{words.payee}</dt>
          <dd className="text-right">{words.payeeName}</dd>
          <dt className="text-ink-2">{words.subject}</dt>
          <dd className="text-right">{trade.subject}</dd>
          <dt className="text-ink-2">{words.tradeNumber}</dt>
          <dd className="text-right break-all">{trade.id}</dd>
          <dt className="text-ink-2">{words.timeLeft}</dt>
          <dd className="text-right">
            <span role="timer" aria-live="off">
              <span aria-hidden="true" className="figures font-semibold">
                {left === null ? '--:--' : minutesText(left)}
              </span>
              {left !== null && (
                <span className="sr-only">{words.timeLeftSpoken(Math.floor(left / 60), left % 60)}</span>
              )}
            </span>
          </dd>
        </dl>
        {refused !== null && (
          <p role="alert" className="text-14 font-semibold">
            {refused}
          </p>
        )}
        <button
          type="button"
          aria-disabled={isBusy || isOver || undefined}
          aria-busy={isBusy || undefined}
          onClick={pay}
          className={cashierButton('main')}
        >
          {isBusy ? words.paying : words.pay(yuanText(trade.amountFen))}
        </button>
        <ShopLink href={`/order?id=${trade.orderId}`} replace className={cashierButton('quiet')}>
          {words.leave}
        </ShopLink>
      </section>
    </CashierFrame>
  );
}
