'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { wait } from '../../lib/client/api.ts';
import { callLive } from '../../lib/client/live/command.ts';
import { startLive } from '../../lib/client/live/socket.ts';
import {
  forgetCommand,
  type PendingCommand,
  pendingCommand,
  rememberCommand,
} from '../../lib/client/pending-commands.ts';
import type { AnswerNamed } from '../../lib/client/wire.ts';
import type { RequestNamed } from '../../lib/contracts/named.ts';
import type { LineProblem, Quote, WantedLine } from '../../lib/contracts/order.ts';

type Request = RequestNamed<'order.submit'>;
type Answer = AnswerNamed<'order.submit'>;
export type SubmitRefusal = Extract<Answer, { ok: false }>['refusal'];
export type Order = Omit<Request, 'key' | 'quoteVersion'>;

/** How long a page waits for an opening that the server says is about to come. */
const OPENING_MS_MAX = 60_000;
const SPREAD_MS = 300;
/** What says nothing about the order: it may be there all the same, and the next tap asks with the same key. */
const UNHEARD = new Set(['timeout', 'offline', 'try_later', 'fault']);

export type SubmitView = {
  readonly state: 'idle' | 'sending' | 'waiting_for_opening';
  /** In a rush: how many orders are settled before this one; null when it does not wait. */
  readonly ahead: number | null;
  /** An earlier submit, of other goods or to another address, that was never answered. */
  readonly unanswered: PendingCommand<'order.submit'> | null;
  /** Sends the order at the quote that was shown. Null: another tap is being worked on. */
  readonly submit: (order: Order, quote: Quote) => Promise<Answer | null>;
  /** Sends the unanswered one again, as it was. */
  readonly askAgain: () => Promise<Answer | null>;
};

/**
 * Submits an order once, however often it is tapped and however badly the network behaves: the request is kept with
 * its key before it leaves, and what was not answered is asked again with that key.
 */
export function useSubmit(): SubmitView {
  const [state, setState] = useState<SubmitView['state']>('idle');
  const [unanswered, setUnanswered] = useState<PendingCommand<'order.submit'> | null>(null);
  const [ahead, setAhead] = useState<number | null>(null);
  const isRunning = useRef(false);
  useEffect(() => {
    void pendingCommand('order.submit').then(setUnanswered);
    // By the time of the tap there is a socket to send it over.
    startLive();
  }, []);

  const send = useCallback(async (request: Request): Promise<Answer> => {
    await rememberCommand('order.submit', request);
    const sent = { ...request, mayWait: true };
    let answer = await callLive('order.submit', sent);
    while (!answer.ok && answer.refusal.code === 'waiting') {
      setAhead(answer.refusal.position - 1);
      await wait(answer.refusal.retryAfterMs * (0.5 + Math.random()));
      answer = await callLive('order.submit', { ...sent, isAgain: true });
    }
    setAhead(null);
    if (answer.ok || !UNHEARD.has(answer.refusal.code)) await forgetCommand('order.submit');
    setUnanswered(await pendingCommand('order.submit'));
    return answer;
  }, []);

  const once = useCallback(async (work: () => Promise<Answer>): Promise<Answer | null> => {
    // Two taps in one frame come before React has drawn the first: a flag, not a state.
    if (isRunning.current) return null;
    isRunning.current = true;
    setState('sending');
    try {
      return await work();
    } finally {
      isRunning.current = false;
      setState('idle');
    }
  }, []);

  const submit = useCallback(
    (order: Order, quote: Quote) =>
      once(async () => {
        const pending = await pendingCommand('order.submit');
        const isSame = pending !== null && sameOrder(pending.request, order);
        const key = isSame ? pending.request.key : crypto.randomUUID();
        const request = { ...order, key, quoteVersion: quote.version };
        const first = await send(isSame ? { ...request, isAgain: true } : request);
        const opensAt = first.ok ? null : openingOf(first.refusal);
        if (opensAt !== null && opensAt - serverNow() <= OPENING_MS_MAX) {
          setState('waiting_for_opening');
          await wait(Math.max(0, opensAt - serverNow()) + Math.random() * SPREAD_MS);
          setState('sending');
          return send(renewed(request));
        }
        // Only the time had run out: what was shown still holds, so nobody has to tap again.
        const isStillHeld = !first.ok && first.refusal.code === 'quote_expired' && !rises(quote, first.refusal.quote);
        if (!first.ok && first.refusal.code === 'quote_expired' && isStillHeld) {
          return send({ ...renewed(request), quoteVersion: first.refusal.quote.version });
        }
        return first;
      }),
    [once, send],
  );

  const askAgain = useCallback(
    () =>
      once(async () => {
        const pending = await pendingCommand('order.submit');
        if (pending === null) return { ok: false, refusal: { code: 'timeout' } };
        return send({ ...pending.request, isAgain: true });
      }),
    [once, send],
  );

  return { state, ahead, unanswered, submit, askAgain };
}

/** A key that was refused is spent; what is asked after that is another command. */
const renewed = (request: Request): Request => ({ ...request, key: crypto.randomUUID() });

function rises(shown: Quote, fresh: Quote): boolean {
  return fresh.totalFen > shown.totalFen;
}

function sameOrder(a: Order, b: Order): boolean {
  const lines = (order: Order) =>
    JSON.stringify([...order.lines].map((line: WantedLine) => [line.skuId, line.quantity]));
  const way = ({ addressId, fulfilment }: Order) => JSON.stringify([addressId ?? null, fulfilment ?? null]);
  return way(a) === way(b) && (a.note ?? '') === (b.note ?? '') && lines(a) === lines(b);
}

/** When the only thing in the way is that a session opens later: when. */
function openingOf(refusal: SubmitRefusal): number | null {
  if (refusal.code !== 'lines_refused') return null;
  const problems: readonly LineProblem[] = refusal.problems;
  if (!problems.every(({ code }) => code === 'not_open_yet')) return null;
  return Math.max(...problems.map(({ opensAt }) => opensAt ?? 0));
}
