'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import type { Channel, PayQuestion } from '../../lib/client/start-payment.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { useLocale } from '../ui/locale.tsx';
import { sheetIsOnTop } from '../ui/sheet-history.ts';

/** Not needed before the shopper pays, which needs the network anyhow. */
const loadPayment = () => import('../../lib/client/start-payment.ts');

/** Opens the cashier; at once when the shopper has just come from submitting (`?pay=1`). */
export function usePay(order: Order, refresh: () => Promise<void>, setRefused: (sentence: string | null) => void) {
  const locale = useLocale();
  const router = useRouter();
  const [isOpening, setIsOpening] = useState(false);
  const [question, setQuestion] = useState<PayQuestion | null>(null);
  const isRunning = useRef(false);

  const start = useCallback(
    async (channel: Channel) => {
      setRefused(null);
      const { cashierAddress, settleInWechat, startPayment } = await loadPayment();
      const answer = await startPayment(order.id, channel);
      const stopped = await settleInWechat(answer, order.id, locale);
      if (!answer.ok || stopped !== null) {
        setRefused(stopped);
        return refresh();
      }
      if (answer.value.as === 'qr') return setQuestion({ kind: 'scan', content: answer.value.payUrl });
      const { href, isOurs } = cashierAddress(answer.value.payUrl, locale);
      // The sheet that asked goes with the page; closed before, its step back would undo this step forward.
      const hasSheet = sheetIsOnTop();
      if (isOurs) router[hasSheet ? 'replace' : 'push'](href);
      else location[hasSheet ? 'replace' : 'assign'](href);
    },
    [order.id, locale, router, refresh, setRefused],
  );

  const once = useCallback(
    async (work: () => Promise<void>) => {
      if (isRunning.current) return;
      isRunning.current = true;
      setIsOpening(true);
      // What throws is the script that did not arrive.
      await work().catch(() => setRefused(refusalText({ code: 'timeout' }, locale)));
      isRunning.current = false;
      setIsOpening(false);
    },
    [locale, setRefused],
  );

  const open = useCallback(
    () =>
      once(async () => {
        setRefused(null);
        const ways = await call('public.ways-to-pay', {});
        if (!ways.ok) return setRefused(refusalText(ways.refusal, locale));
        const { channels, isInWechat: paysInWechat = false } = ways.value;
        const { canPayHere } = await loadPayment();
        const [only] = channels;
        if (only !== undefined && channels.length === 1 && canPayHere(only, paysInWechat)) return start(only);
        setQuestion({ kind: 'choose', channels, paysInWechat });
      }),
    [once, start, locale, setRefused],
  );

  /** Back from WeChat, which has said who pays, or has not. */
  const goOn = useCallback(
    async (told: string) => {
      const { toldByWechat } = await import('../../lib/client/wechat/sign-in.ts');
      const sentence = toldByWechat(told, locale);
      return sentence === null ? start('wechat') : setRefused(sentence);
    },
    [start, locale, setRefused],
  );

  const wantsToPay = useSearchParams().get('pay') === '1' && order.state === 'pending_pay';
  useEffect(() => {
    if (!wantsToPay) return;
    // Taken out of the address first, so that Back from the cashier and a reload stay on the order.
    const address = new URL(location.href);
    const told = address.searchParams.get('wechat');
    address.searchParams.delete('pay');
    address.searchParams.delete('wechat');
    history.replaceState(history.state, '', address);
    if (told === null) void open();
    else void once(() => goOn(told));
  }, [wantsToPay, open, once, goOn]);
  // Paid by another phone, or closed: there is nothing left to ask.
  const asked = order.state === 'pending_pay' ? question : null;
  return {
    open,
    isOpening,
    question: asked,
    choose: (channel: Channel) => once(() => start(channel)),
    leave: () => setQuestion(null),
  };
}
