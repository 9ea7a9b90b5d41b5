'use client';

import { useRouter } from 'next/navigation';
import { Suspense, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { addToCart } from '../../lib/client/cart-store.ts';
import { seeOrders } from '../../lib/client/orders-store.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { orderMessages } from '../../lib/messages/order.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { usePay } from './use-pay.ts';

const PaySheet = late(() => import('./pay-sheet.tsx').then((module) => module.PaySheet));
const RefundSheet = late(() => import('./refund-sheet.tsx').then((module) => module.RefundSheet));

type OrderActionsProps = { order: Order; refresh: () => Promise<void> };
type Asked = 'cancel' | 'receive' | 'refund' | 'return' | null;

/** The bar below an order: what can be done in its state, and nothing else. */
export function OrderActions({ order, refresh }: OrderActionsProps) {
  const words = useMessages(orderMessages);
  const locale = useLocale();
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  // What was opened once stays: only a sheet that closes, and is not taken away, gives the focus back.
  const [sheet, setSheet] = useState<'refund' | 'return' | null>(null);
  const pay = usePay(order, refresh, setRefused);
  const [hasAsked, setHasAsked] = useState(false);
  if (pay.question !== null && !hasAsked) setHasAsked(true);
  const ask = (what: Asked) => {
    setRefused(null);
    setAsked(what);
    if (what === 'refund' || what === 'return') setSheet(what);
  };

  const move = async (name: 'order.cancel' | 'order.receive') => {
    if (isBusy) return;
    setIsBusy(true);
    const answer = await call(name, { id: order.id });
    setIsBusy(false);
    if (answer.ok) seeOrders([answer.value.order]);
    else setRefused(refusalText(answer.refusal, locale));
    // A refusal or a lost answer may mean that the order has moved: what is true now is shown.
    if (!answer.ok) await refresh();
    if (answer.ok || answer.refusal.code === 'order_cannot_move') setAsked(null);
  };

  const buyAgain = () => {
    for (const line of order.lines) addToCart(line.skuId, line.quantity);
    router.push(pathInLocale('/cart', locale));
  };

  const buttons = {
    pending_pay: (
      <>
        <Button look="quiet" size="l" onClick={() => ask('cancel')}>
          {words.cancel}
        </Button>
        <Button size="l" className="flex-1" busy={pay.isOpening} onClick={pay.open}>
          {pay.isOpening ? words.opening : words.pay}
        </Button>
      </>
    ),
    paid: <RefundButton onClick={() => ask('refund')} />,
    packed: <RefundButton onClick={() => ask('refund')} />,
    shipped: (
      <Button size="l" wide onClick={() => ask('receive')}>
        {words.receive}
      </Button>
    ),
    received: (
      <>
        {/* The server says when seven days are over; the order is completed then. */}
        <Button look="quiet" size="l" onClick={() => ask('return')}>
          {words.askReturn}
        </Button>
        <Button look="soft" size="l" className="flex-1" onClick={buyAgain}>
          {words.buyAgain}
        </Button>
      </>
    ),
    completed: <AgainButton onClick={buyAgain} />,
    closed: <AgainButton onClick={buyAgain} />,
    refunded: <AgainButton onClick={buyAgain} />,
  }[order.state as string];

  return (
    <>
      {buttons && (
        <div className="fixed inset-x-0 bottom-0 z-20 mx-auto max-w-[520px] border-line border-t bg-card gutter pt-2.5 pb-[calc(10px+var(--safe-bottom))]">
          {refused !== null && asked === null && pay.question === null && (
            <p role="alert" className="pb-2 text-14 text-on-lacquer-soft">
              {refused}
            </p>
          )}
          <div className="flex gap-3">{buttons}</div>
        </div>
      )}
      <ConfirmSheet
        open={asked === 'cancel'}
        title={words.cancelTitle}
        text={words.cancelText}
        yes={words.cancel}
        no={words.cancelKeep}
        error={refused}
        isBusy={isBusy}
        onYes={() => move('order.cancel')}
        onClose={() => setAsked(null)}
      />
      <ConfirmSheet
        open={asked === 'receive'}
        title={words.receiveTitle}
        text={words.receiveText}
        yes={words.receiveYes}
        no={words.notYet}
        error={refused}
        isBusy={isBusy}
        onYes={() => move('order.receive')}
        onClose={() => setAsked(null)}
      />
      {sheet !== null && (
        <Suspense>
          <RefundSheet
            // Another request begins with nothing chosen.
            key={`${sheet}${order.requests.length}`}
            kind={sheet}
            open={asked === sheet}
            order={order}
            refresh={refresh}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
      {hasAsked && (
        <Suspense>
          <PaySheet
            question={pay.question}
            amountFen={order.totalFen}
            isBusy={pay.isOpening}
            refused={refused}
            onChoose={pay.choose}
            onClose={pay.leave}
          />
        </Suspense>
      )}
    </>
  );
}

function RefundButton({ onClick }: { onClick: () => void }) {
  const words = useMessages(orderMessages);
  return (
    <Button look="quiet" size="l" wide onClick={onClick}>
      {words.askRefund}
    </Button>
  );
}

function AgainButton({ onClick }: { onClick: () => void }) {
  const words = useMessages(orderMessages);
  return (
    <Button look="soft" size="l" wide onClick={onClick}>
      {words.buyAgain}
    </Button>
  );
}
