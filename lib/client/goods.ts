'use client';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { Offer, Picture, Product, Sku } from '../contracts/catalog.ts';
import type { Localized } from '../contracts/contract.ts';
import { choiceWords } from '../domain/catalog/choice-words.ts';
import { hearServerTime, serverNow } from './answer-clock.ts';
import { call } from './api.ts';

const KEPT_AS = 'festa.goods';
/** As many SKUs as one read may name. */
const SKUS_A_READ = 50;
const KEPT_MAX = 120;

/** What a line of the cart needs to know of its SKU. */
export type Good = {
  readonly skuId: string;
  readonly handle: string;
  readonly categoryId: string;
  readonly title: Localized;
  readonly choice: Localized;
  readonly picture: Picture | null;
  readonly priceFen: number;
  readonly limitPerPerson: number | null;
  readonly shelf: string;
  readonly slot: number;
  readonly offers: readonly Offer[];
};

type Goods = {
  readonly bySku: Readonly<Record<string, Good>>;
  readonly sessionNames: Readonly<Record<string, Localized>>;
  /** The server's time of the last answer, ms; null before one was ever heard on this phone. */
  readonly asOf: number | null;
};

const useStore = create<Goods>(() => ({ bySku: {}, sessionNames: {}, asOf: null }));

export type GoodsView = Goods & {
  /** `kept` is what the phone knew; `failed`: no answer came. */
  readonly state: 'loading' | 'fresh' | 'failed';
  readonly reload: () => void;
};

/** The goods of these SKUs: as last seen at once, then as they are now. */
export function useGoods(skuIds: readonly string[]): GoodsView {
  const goods = useStore();
  const [state, setState] = useState<GoodsView['state']>('loading');
  const [round, setRound] = useState(0);
  const wanted = [...skuIds].sort().join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is asked for by its number
  useEffect(() => {
    showKept();
    if (wanted === '') return;
    let isLeft = false;
    readGoods(wanted.split(',')).then((isFresh) => {
      if (!isLeft) setState(isFresh ? 'fresh' : 'failed');
    });
    return () => {
      isLeft = true;
    };
  }, [wanted, round]);
  return { ...goods, state, reload: () => setRound((before) => before + 1) };
}

async function readGoods(skuIds: readonly string[]): Promise<boolean> {
  const reads = [];
  for (let at = 0; at < skuIds.length; at += SKUS_A_READ) {
    reads.push(call('public.skus', { ids: skuIds.slice(at, at + SKUS_A_READ).join(',') }));
  }
  const [venue, ...answers] = await Promise.all([call('public.venue', {}), ...reads]);
  const bySku = { ...useStore.getState().bySku };
  let isFresh = true;
  for (const answer of answers) {
    if (!answer.ok) {
      isFresh = false;
      continue;
    }
    hearServerTime(answer.value.now);
    for (const product of answer.value.products) {
      for (const sku of product.skus) if (skuIds.includes(sku.id)) bySku[sku.id] = goodOf(product, sku);
    }
  }
  const sessionNames = venue.ok
    ? Object.fromEntries(venue.value.sessions.map(({ id, name }) => [id, name]))
    : useStore.getState().sessionNames;
  keep({ bySku, sessionNames, asOf: isFresh ? Math.round(serverNow()) : useStore.getState().asOf });
  return isFresh;
}

function goodOf(product: Product, sku: Sku): Good {
  return {
    skuId: sku.id,
    handle: product.handle,
    categoryId: product.categoryId,
    title: product.title,
    choice: choiceWords(sku.choice, product.options),
    picture: product.pictures[0] ?? null,
    priceFen: sku.priceFen,
    limitPerPerson: sku.limitPerPerson,
    shelf: sku.shelf,
    slot: sku.slot,
    offers: sku.offers,
  };
}

function keep(goods: Goods): void {
  useStore.setState(goods);
  try {
    const bySku = Object.fromEntries(Object.entries(goods.bySku).slice(-KEPT_MAX));
    localStorage.setItem(KEPT_AS, JSON.stringify({ ...goods, bySku }));
  } catch {
    // Storage is full or closed: the goods are read again next time.
  }
}

function showKept(): void {
  if (useStore.getState().asOf !== null) return;
  try {
    useStore.setState(JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Goods>);
  } catch {
    // Nothing was kept, or what was kept cannot be read.
  }
}
