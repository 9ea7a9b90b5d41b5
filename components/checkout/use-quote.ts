'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { call } from '../../lib/client/api.ts';
import type { RequestNamed } from '../../lib/contracts/named.ts';
import type { LineProblem, Quote, WantedLine } from '../../lib/contracts/order.ts';
import type { PickupOffer } from './fulfilment.ts';

/** Which coupons are wanted on the order: the best of what the shopper holds, none, or these. */
export type CouponChoice = NonNullable<RequestNamed<'order.quote'>['coupons']>;

/** Asked anew this long before the quote runs out. */
const BEFORE_EXPIRY_MS = 5_000;
/** Everybody waits for the same moment; they do not all ask in it. */
const SPREAD_MS = 300;
/** Openings further off are not waited for on this page. */
const WAIT_MS_MAX = 15 * 60_000;

type Failure = { readonly code: string; readonly message?: string };

type QuoteView = {
  readonly quote: Quote | null;
  /** How these goods would be had at the store that was asked about. */
  readonly pickup: PickupOffer | null;
  readonly problems: readonly LineProblem[];
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** The total that the shopper saw before it rose; null while nothing has risen. */
  readonly roseFromFen: number | null;
  /** Shows a quote that came with a refusal. */
  readonly show: (quote: Quote) => void;
  readonly setProblems: (problems: readonly LineProblem[]) => void;
  readonly reload: () => Promise<void>;
};

/**
 * What these lines cost, asked anew before it runs out and when a session opens. A rise is never silent.
 * @param storeId where they would be fetched; null: they are delivered
 */
export function useQuote(lines: readonly WantedLine[], coupons: CouponChoice, storeId: string | null): QuoteView {
  const [quote, setQuote] = useState<Quote | null>(null);
  const [pickup, setPickup] = useState<PickupOffer | null>(null);
  const [problems, setProblems] = useState<readonly LineProblem[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const [roseFromFen, setRoseFromFen] = useState<number | null>(null);
  const shown = useRef<{ wanted: string; totalFen: number } | null>(null);
  const fulfilment = storeId === null ? undefined : { kind: 'pickup', storeId };
  const wanted = JSON.stringify({ lines, coupons, fulfilment });

  const take = useCallback(
    (fresh: Quote) => {
      const before = shown.current?.wanted === wanted ? shown.current.totalFen : null;
      if (before !== null && fresh.totalFen > before) setRoseFromFen((first) => first ?? before);
      if (before === null || fresh.totalFen <= before) setRoseFromFen(null);
      shown.current = { wanted, totalFen: fresh.totalFen };
      setQuote(fresh);
    },
    [wanted],
  );

  const reload = useCallback(async () => {
    const asked = JSON.parse(wanted) as RequestNamed<'order.quote'>;
    if (asked.lines.length === 0) {
      setQuote(null);
      setProblems([]);
      return setIsLoading(false);
    }
    setIsLoading(true);
    const answer = await call('order.quote', asked);
    setIsLoading(false);
    setFailure(null);
    setPickup((answer.ok && answer.value.pickup) || null);
    if (answer.ok) {
      setProblems(answer.value.problems);
      return take(answer.value.quote);
    }
    if (answer.refusal.code === 'nothing_to_quote') {
      setQuote(null);
      return setProblems(answer.refusal.problems);
    }
    setFailure(answer.refusal);
  }, [wanted, take]);

  useEffect(() => {
    void reload();
  }, [reload]);

  const opensAt = problems.reduce<number | null>(
    (first, { opensAt: at }) => (at === undefined ? first : Math.min(first ?? at, at)),
    null,
  );
  const askAgainAt = opensAt ?? (quote === null ? null : quote.validUntil - BEFORE_EXPIRY_MS);
  useEffect(() => {
    if (askAgainAt === null) return;
    const waitMs = askAgainAt - serverNow();
    if (waitMs > WAIT_MS_MAX) return;
    const timer = setTimeout(reload, Math.max(1_000, waitMs) + Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [askAgainAt, reload]);

  useEffect(() => {
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, [reload]);

  return { quote, pickup, problems, failure, isLoading, roseFromFen, show: take, setProblems, reload };
}
