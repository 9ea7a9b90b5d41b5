'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { loadAddresses, useAddresses } from '../../lib/client/addresses-store.ts';
import { removeFromCart } from '../../lib/client/cart-store.ts';
import { useGoods } from '../../lib/client/goods.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { lineProblemSentence } from '../../lib/messages/line-problems.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { inputClass } from '../ui/field.tsx';
import { late } from '../ui/late.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { AddressCard } from './address-card.tsx';
import { CheckoutLine } from './checkout-line.tsx';
import { CheckoutSkeleton } from './checkout-skeleton.tsx';
import type { ChosenStore, Fulfilment } from './fulfilment.ts';
import { FulfilmentTabs } from './fulfilment-tabs.tsx';
import { PriceBreakdown } from './price-breakdown.tsx';
import { SubmitBar } from './submit-bar.tsx';
import { type CouponChoice, useQuote } from './use-quote.ts';
import { type Order, type SubmitRefusal, type SubmitView, useSubmit } from './use-submit.ts';
import { useWantedLines, type WantedView } from './wanted-lines.ts';

const NOTE_MAX = 100;

const PickupChoice = late(() => import('./pickup-choice.tsx').then((module) => module.PickupChoice));
const CouponRow = late(() => import('./coupon-row.tsx').then((module) => module.CouponRow));

/** Sheets of other rooms, which the page opens over the checkout. */
export type CheckoutSheetsProps = {
  open: 'login' | 'address' | null;
  addressId: string | null;
  onClose: () => void;
  onSignedIn: () => void;
  onAddress: (addressId: string) => void;
};
export type CheckoutSheets = (props: CheckoutSheetsProps) => ReactNode;

/** From the ticked lines, or from `?buy=`, to a submitted order. */
export function CheckoutPage({ sheets }: { sheets: CheckoutSheets }) {
  const words = useMessages(checkoutMessages);
  const wanted = useWantedLines();
  const submit = useSubmit();
  const [isPlaced, setIsPlaced] = useState(false);
  return (
    <>
      <TopBar title={words.title} backTo="/cart" />
      {(wanted.state === 'loading' || isPlaced) && <CheckoutSkeleton />}
      {wanted.state === 'bad_link' && (
        <EmptyState
          emblem="search"
          title={words.badLinkTitle}
          text={words.badLinkText}
          action={
            <ShopLink href="/" className={buttonClass()}>
              {words.backToShop}
            </ShopLink>
          }
        />
      )}
      {wanted.state === 'ready' && wanted.lines.length === 0 && !isPlaced && (
        <EmptyState
          emblem="cart"
          title={words.nothingTitle}
          text={words.nothingText}
          action={
            <ShopLink href="/cart" replace className={buttonClass()}>
              {words.backToCart}
            </ShopLink>
          }
        />
      )}
      {wanted.state === 'ready' && wanted.lines.length > 0 && !isPlaced && (
        <Checkout wanted={wanted} submit={submit} sheets={sheets} onPlaced={() => setIsPlaced(true)} />
      )}
    </>
  );
}

type CheckoutProps = { wanted: WantedView; submit: SubmitView; sheets: CheckoutSheets; onPlaced: () => void };

function Checkout({ wanted, submit, sheets, onPlaced }: CheckoutProps) {
  const words = useMessages(checkoutMessages);
  const phoneWords = useMessages(phoneMessages);
  const locale = useLocale();
  const router = useRouter();
  const isOnline = useOnline();
  const { lines } = wanted;
  const goods = useGoods(useMemo(() => lines.map(({ skuId }) => skuId), [lines]));
  const [choice, setChoice] = useState<CouponChoice>({ choice: 'best' });
  const [fulfilment, setFulfilment] = useState<Fulfilment>({ kind: 'delivery' });
  const store = fulfilment.kind === 'pickup' ? fulfilment.store : null;
  const isHow = fulfilment.kind === 'delivery' || store !== null;
  const view = useQuote(lines, choice, store?.id ?? null);
  const book = useAddresses();
  const [lastStore, setLastStore] = useState<ChosenStore | null>(null);
  const [addressId, setAddressId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [sheet, setSheet] = useState<'login' | 'address' | null>(null);
  const [refused, setRefused] = useState<SubmitRefusal | null>(null);

  const address = book.addresses?.find(({ id }) => id === addressId) ?? book.addresses?.[0] ?? null;
  const { quote, problems } = view;
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const openAddress = () => setSheet(book.isSignedIn ? 'address' : 'login');

  const answered = (answer: Awaited<ReturnType<SubmitView['submit']>>) => {
    if (answer === null) return;
    if (!answer.ok) return hearRefusal(answer.refusal);
    onPlaced();
    router.replace(pathInLocale(`/order?id=${answer.value.orderId}&pay=1`, locale));
    if (wanted.isFromCart) removeFromCart(lines.map(({ skuId }) => skuId));
  };

  const hearRefusal = (refusal: SubmitRefusal) => {
    setRefused(refusal);
    if ('quote' in refusal) view.show(refusal.quote);
    if (refusal.code === 'lines_refused') view.setProblems(refusal.problems);
    if (refusal.code === 'quote_invalid' || refusal.code === 'key_reused') void view.reload();
    if (refusal.code === 'login_required' || refusal.code === 'phone_required') setSheet('login');
    if (refusal.code === 'unknown_address') void loadAddresses().then(() => setSheet('address'));
  };

  const send = async () => {
    setRefused(null);
    if (!book.isSignedIn) return setSheet('login');
    if (store === null && address === null) return setSheet('address');
    if (quote === null) return view.reload();
    const how: Pick<Order, 'addressId' | 'fulfilment'> =
      store === null ? { addressId: address?.id } : { fulfilment: { kind: 'pickup', storeId: store.id } };
    const order: Order = { lines: [...lines], ...how, note: note.trim() };
    answered(await submit.submit(order, quote));
  };

  const opening = problems.find(({ code }) => code === 'not_open_yet');
  const label =
    submit.state === 'waiting_for_opening'
      ? words.waitingForOpening
      : submit.state === 'sending'
        ? submit.ahead
          ? words.inLine(submit.ahead)
          : words.submitting
        : opening !== undefined
          ? lineProblemSentence(locale, opening)
          : quote !== null && view.roseFromFen !== null
            ? words.submitAt(yuanText(quote.totalFen))
            : words.submit;

  const notice = (
    <Notice>
      {!isOnline && <p role="status">{words.offlineSubmit}</p>}
      {view.roseFromFen !== null && quote !== null && (
        <p role="alert">{words.priceWas(yuanText(view.roseFromFen), yuanText(quote.totalFen))}</p>
      )}
      {/* Refused lines say their reasons where they stand. */}
      {refused !== null && refused.code !== 'lines_refused' && isOnline && (
        <p role="alert">{sentenceOf(refused, words, locale)}</p>
      )}
      {refused?.code === 'too_many_unpaid' && (
        <ShopLink href="/orders?tab=to_pay" className={buttonClass('quiet', 's')}>
          {words.payUnpaidFirst}
        </ShopLink>
      )}
      {submit.unanswered !== null && submit.state === 'idle' && refused === null && (
        <p role="status" className="flex items-center justify-between gap-2">
          {words.unanswered}
          <Button look="quiet" size="s" onClick={async () => answered(await submit.askAgain())}>
            {words.askAgain}
          </Button>
        </p>
      )}
      {view.failure !== null && isOnline && (
        <p role="alert" className="flex items-center justify-between gap-2">
          {refusalText(view.failure, locale)}
          <Button look="quiet" size="s" onClick={view.reload}>
            {phoneWords.tryAgain}
          </Button>
        </p>
      )}
    </Notice>
  );

  return (
    <>
      <div className="flex flex-col gap-3 gutter pt-3 pb-24">
        <FulfilmentTabs
          chosen={fulfilment.kind}
          onChoose={(kind) => {
            setRefused(null);
            setFulfilment(kind === 'delivery' ? { kind } : { kind, store: lastStore });
          }}
        />
        {fulfilment.kind === 'pickup' ? (
          <Suspense fallback={<Skeleton className="h-24 rounded-card" />}>
            <PickupChoice
              lines={lines}
              store={store}
              offer={view.pickup}
              isLoading={view.isLoading}
              onChoose={(chosen) => {
                setRefused(null);
                setLastStore(chosen);
                setFulfilment({ kind: 'pickup', store: chosen });
              }}
            />
          </Suspense>
        ) : (
          <AddressCard
            address={address}
            state={
              !book.isKnown || (book.isSignedIn && book.addresses === null && book.failure === null)
                ? 'loading'
                : book.isSignedIn
                  ? 'ready'
                  : 'login'
            }
            onOpen={openAddress}
          />
        )}
        <section className="rounded-card bg-card px-4 py-1 shadow-card">
          <h2 className="sr-only">{words.goods}</h2>
          <ul className="divide-y divide-line">
            {lines.map((line) => (
              <CheckoutLine
                key={line.skuId}
                line={line}
                good={goods.bySku[line.skuId] ?? null}
                units={quote?.lines.filter(({ skuId }) => skuId === line.skuId) ?? []}
                problem={problems.find(({ skuId }) => skuId === line.skuId) ?? null}
                onChange={(quantity) => {
                  setRefused(null);
                  wanted.change(line.skuId, quantity);
                }}
              />
            ))}
          </ul>
        </section>
        <Suspense fallback={<Skeleton className="h-16 rounded-card" />}>
          <CouponRow
            quote={quote}
            choice={choice}
            isLoading={view.isLoading}
            isSignedIn={book.isSignedIn}
            onChoose={setChoice}
            onSignIn={() => setSheet('login')}
          />
        </Suspense>
        <PriceBreakdown quote={quote} isLoading={view.isLoading} />
        <label className="rounded-card bg-card p-4 shadow-card">
          <span className="mb-1 block text-14 text-ink-2">{words.note}</span>
          <input
            value={note}
            maxLength={NOTE_MAX}
            placeholder={words.notePlaceholder}
            onChange={(event) => setNote(event.target.value)}
            className={inputClass}
          />
        </label>
        <p className="px-1 text-14 text-ink-2">{words.termsBefore}</p>
      </div>
      <SubmitBar
        totalFen={quote?.totalFen ?? null}
        units={units}
        label={label}
        isBusy={submit.state !== 'idle'}
        isStill={!isOnline || quote === null || problems.length > 0 || !isHow}
        notice={notice}
        onSubmit={send}
      />
      {sheets({
        open: sheet,
        addressId: address?.id ?? null,
        onClose: () => setSheet(null),
        onSignedIn: () => {
          setSheet(null);
          void view.reload();
        },
        onAddress: (id) => {
          setAddressId(id);
          setSheet(null);
          setRefused(null);
        },
      })}
    </>
  );
}

/** Empty, it takes no room. */
function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2 text-14 text-on-lacquer-soft [&:not(:empty)]:pb-2 [&>p]:rounded-card [&>p]:bg-lacquer-soft [&>p]:px-3 [&>p]:py-2">
      {children}
    </div>
  );
}

type Words = ReturnType<typeof useMessages<(typeof checkoutMessages)['zh-CN']>>;

/** A lost answer is said in the words of an order; all others are the server's. */
function sentenceOf(refusal: SubmitRefusal, words: Words, locale: 'zh-CN' | 'en-US'): string {
  if (refusal.code === 'timeout') return words.lost;
  if (refusal.code === 'offline') return words.offlineSubmit;
  return refusalText(refusal, locale);
}
