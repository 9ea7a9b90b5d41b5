'use client';

import { useEffect, useState } from 'react';
import { late } from '../ui/late.ts';

const loadOptions = () => import('./option-sheet.tsx');
const loadWait = () => import('./wait-sheet.tsx');
const loadPrice = () => import('./price-sheet.tsx');

export const OptionSheet = late(() => loadOptions().then((module) => module.OptionSheet));
export const PriceSheet = late(() => loadPrice().then((module) => module.PriceSheet));
/** Nobody shares what he has not looked at: it comes with the sheets. */
export const ShareProduct = late(() => import('./share-product.tsx').then((module) => module.ShareProduct));
/** Few need it: fetched with the tap that asks for it. */
export const WaitSheet = late(() => loadWait().then((module) => module.WaitSheet));

/** Not needed for the first look at a product: fetched once the page is at rest, so that they open without a wait. */
const REST_MS = 1_500;

/** True from when the sheets are there, or are asked for. */
export function usePreparedSheets(isAsked: boolean): boolean {
  const [isPrepared, setIsPrepared] = useState(false);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      // Without the network the tap asks again.
      Promise.all([loadOptions(), loadPrice()]).then(
        () => !isOver && setIsPrepared(true),
        () => undefined,
      );
    }, REST_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  // What was opened once stays: only a sheet that closes, and is not taken away, gives the focus back.
  useEffect(() => {
    if (isAsked) setIsPrepared(true);
  }, [isAsked]);
  return isPrepared || isAsked;
}
