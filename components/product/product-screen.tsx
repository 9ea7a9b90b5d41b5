'use client';

import { useRouter } from 'next/navigation';
import { memo, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { addToCart, useCart } from '../../lib/client/cart-store.ts';
import { type Choice, skuOfChoice } from '../../lib/domain/catalog/choice.ts';
import { productView, skuView } from '../../lib/domain/catalog/sku-view.ts';
import { stockLabel } from '../../lib/domain/inventory/stock-label.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { productMessages } from '../../lib/messages/product.ts';
import type { ProductNotes } from '../../lib/messages/product-notes.ts';
import { stockWords } from '../catalog/offer-words.ts';
import { useMoment } from '../catalog/use-moment.ts';
import { useStockOf } from '../catalog/use-stock.ts';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { sheetIsOnTop } from '../ui/sheet-history.ts';
import { StockBar } from '../ui/stock-bar.tsx';
import { toast } from '../ui/toast.tsx';
import { BackButton } from '../ui/top-bar.tsx';
import { BuyBar } from './buy-bar.tsx';
import { BuyButtons } from './buy-buttons.tsx';
import { chosenText } from './chosen-text.ts';
import { Gallery } from './gallery.tsx';
import { PricePlate } from './price-plate.tsx';
import type { ProductData } from './product-data.ts';
import { OptionSheet, PriceSheet, ShareProduct, usePreparedSheets, WaitSheet } from './product-sheets.tsx';
import { TierLadder } from './tier-ladder.tsx';

/** Speaks of changes only, so it comes when the page is at rest. */
const StockNews = late(() => import('./stock-news.tsx').then((module) => module.StockNews));

const ProductDetails = late(() => import('./product-details.tsx').then((module) => module.ProductDetails));
/** Stands in the page as it was published; a change elsewhere on the page must not take it out while its script comes. */
const Details = memo(({ product }: { product: ProductData }) => (
  <Suspense>
    <ProductDetails product={product} />
  </Suspense>
));

const QUANTITY_MAX = 99;

type ProductScreenProps = { product: ProductData; notes: ProductNotes; publishedAt: number };

/** A product: pictures, the price plate, its tiers, options in a sheet, and a bar that says what will happen. */
export function ProductScreen({ product, notes, publishedAt }: ProductScreenProps) {
  const locale = useLocale();
  const words = productMessages[locale];
  const router = useRouter();
  const spans = useMemo(() => product.skus.flatMap(({ offers }) => offers), [product]);
  const now = useMoment(publishedAt, spans);
  const products = useMemo(() => [product], [product]);
  const stockOf = useStockOf(products);
  const cart = useCart();
  const [choice, setChoice] = useState<Choice>(() => onlyChoice(product));
  const [quantity, setQuantity] = useState(1);
  const [sheet, setSheet] = useState<'options' | 'price' | null>(null);
  // Lies on the options where it is opened from them; once opened it stays, so that closing gives the focus back.
  const [wait, setWait] = useState<'never' | 'open' | 'closed'>('never');

  const isPrepared = usePreparedSheets(sheet !== null);

  // The address names the SKU, so that a link, a reload and Back come to the same one.
  useEffect(() => {
    const named = new URLSearchParams(location.search).get('sku');
    const sku = product.skus.find(({ id }) => id === named);
    if (sku) setChoice(sku.choice);
  }, [product]);
  const chosen = skuOfChoice(product.skus, choice);
  useEffect(() => {
    if (sheet !== null || !chosen || product.skus.length === 1) return;
    const nameIt = () => {
      const address = new URL(location.href);
      if (address.searchParams.get('sku') === chosen.id) return;
      address.searchParams.set('sku', chosen.id);
      history.replaceState(history.state, '', address);
    };
    // A sheet that closes is still taking its own history entry away: the one below it is to be named.
    if (!sheetIsOnTop()) return nameIt();
    addEventListener('popstate', nameIt, { once: true });
    return () => removeEventListener('popstate', nameIt);
  }, [chosen, sheet, product]);

  const whole = productView(product.skus, stockOf, now);
  if (!whole) return null;
  const sku = chosen ? skuView(chosen, stockOf(chosen.id), now) : whole.sku;
  const facts = chosen ?? product.skus.find(({ id }) => id === sku.id);
  if (!facts) return null;
  const isFrom = !chosen && whole.isFrom;
  const count = chosen ? stockOf(chosen.id) : whole.stock;
  const stock = stockWords(count, sku.offer !== null && sku.opensAt === null, locale);
  const inCart = cart.lines.find(({ skuId }) => skuId === sku.id)?.quantity ?? 0;
  const isLimitReached = chosen !== null && sku.limit !== null && inCart >= sku.limit;
  const quantityMax = Math.max(
    1,
    Math.min(QUANTITY_MAX, sku.limit ?? QUANTITY_MAX, chosen ? (count?.available ?? QUANTITY_MAX) : QUANTITY_MAX),
  );
  const units = Math.min(quantity, quantityMax);
  const limit =
    sku.limit === null ? null : inCart > 0 && chosen ? words.limitInCart(sku.limit, inCart) : words.limit(sku.limit);

  const buy = (id: string, count: number) => {
    const address = pathInLocale(`/checkout?buy=${encodeURIComponent(id)}:${count}`, locale);
    // The sheet's own history entry becomes the checkout: Back then leads to the product.
    if (sheetIsOnTop()) router.replace(address);
    else router.push(address);
  };
  const act = (deed: 'cart' | 'buy' | 'wait') => {
    if (deed === 'wait' && chosen) return setWait('open');
    // From the bar of a product with options the sheet comes first, so that nobody buys a colour unseen.
    if (!chosen || (sheet !== 'options' && product.skus.length > 1)) return setSheet('options');
    if (deed === 'cart') {
      addToCart(chosen.id, Math.min(units, sku.limit === null ? units : sku.limit - inCart));
      setSheet(null);
      return toast(words.addedToCart);
    }
    buy(chosen.id, units);
  };
  const buttons = (
    <BuyButtons
      sku={sku}
      now={now}
      isLimitReached={isLimitReached}
      onCart={() => act('cart')}
      onBuy={() => act('buy')}
      onWait={() => act('wait')}
    />
  );

  return (
    <>
      <div className="relative">
        <BackButton
          to="/"
          className="absolute top-[calc(8px+env(safe-area-inset-top))] left-2 z-10 grid size-11 place-items-center rounded-full bg-scrim text-white"
        />
        <Gallery pictures={product.pictures} title={product.title} />
      </div>
      <PricePlate sku={sku} isFrom={isFrom} now={now} />
      <div className="flex flex-col gap-1 gutter pt-3">
        <h1 className="text-18 font-semibold">{product.title}</h1>
        {product.subtitle && <p className="text-14 text-ink-2">{product.subtitle}</p>}
        <StockBar soldShare={stock.soldShare} text={stock.text} tone={stock.tone} className="mt-1.5" />
        {isPrepared && (
          <Suspense>
            <StockNews kind={count ? stockLabel(count).kind : null} text={words.stockNews(stock.text)} />
          </Suspense>
        )}
      </div>
      <TierLadder sku={sku} note={notes.ladderNote} />
      <div className="mt-4 divide-y divide-line border-line border-y bg-card">
        {product.options.length > 0 && (
          <Row name={chosen ? words.chosen : words.choose} onClick={() => setSheet('options')}>
            {chosenText(product, choice) ?? product.options.map(({ name }) => name).join(' · ')}
            {limit && <span className="block text-12 text-ink-2">{limit}</span>}
          </Row>
        )}
        <Row name={words.explainEntry} onClick={() => setSheet('price')}>
          {sku.offer ? words.sessionPrice : words.ordinaryPrice}
        </Row>
        <div className="flex min-h-12 items-start gap-3 gutter py-3 text-14">
          <span className="w-20 shrink-0 text-ink-2">{notes.delivery}</span>
          <span className="min-w-0 flex-1">{notes.deliveryText}</span>
        </div>
      </div>
      <Details product={product} />
      <BuyBar unitsInCart={cart.count}>{buttons}</BuyBar>
      <Suspense>
        {isPrepared && (
          <>
            <ShareProduct product={product} sku={sku} isFrom={isFrom} />
            <OptionSheet
              open={sheet === 'options'}
              onClose={() => setSheet(null)}
              product={product}
              sku={sku}
              stock={stock}
              choice={choice}
              onChoose={setChoice}
              isGone={(id) => (stockOf(id)?.available ?? 1) <= 0}
              quantity={units}
              quantityMax={quantityMax}
              onQuantity={setQuantity}
              limit={limit}
              buttons={buttons}
            />
            <PriceSheet
              open={sheet === 'price'}
              onClose={() => setSheet(null)}
              sku={sku}
              facts={facts}
              good={{ productHandle: product.handle, categoryId: product.categoryId }}
            />
          </>
        )}
      </Suspense>
      <Suspense>
        {wait !== 'never' && chosen && (
          <WaitSheet
            open={wait === 'open'}
            onClose={() => setWait('closed')}
            skuId={chosen.id}
            handle={product.handle}
            chosen={chosenText(product, choice) ?? product.title}
            quantityMax={Math.min(QUANTITY_MAX, sku.limit ?? QUANTITY_MAX)}
            onBuy={(units) => buy(chosen.id, units)}
          />
        )}
      </Suspense>
    </>
  );
}

function Row({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-12 w-full items-center gap-3 gutter py-2 text-left text-14"
    >
      <span className="w-20 shrink-0 text-ink-2">{name}</span>
      <span className="min-w-0 flex-1">{children}</span>
      <Icon name="forward" className="size-4 text-ink-2" />
    </button>
  );
}

/** What has only one value is chosen from the start. */
function onlyChoice(product: ProductData): Choice {
  if (product.skus.length === 1) return product.skus[0]?.choice ?? [];
  return product.options.map(({ values }) => (values.length === 1 ? (values[0]?.id ?? null) : null));
}
