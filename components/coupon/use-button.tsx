'use client';

import { Suspense, useState } from 'react';
import { goodsPath } from '../sharing/goods-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { late } from '../ui/late.ts';
import { ShopLink } from '../ui/shop-link.tsx';
import type { CouponScope } from './coupon-words.ts';

const GoodsSheet = late(() => import('./goods-sheet.tsx').then((module) => module.GoodsSheet));

/** 去使用: to the product, the category or the venue that a coupon is for; several products are listed first. */
export function UseButton({ scope, label }: { scope: CouponScope; label: string }) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  if (scope.kind !== 'products' || scope.handles.length === 1) {
    return (
      <ShopLink href={goodsPath(scope)} className={buttonClass('soft', 's')}>
        {label}
      </ShopLink>
    );
  }
  return (
    <>
      <Button look="soft" size="s" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      {isOpen !== null && (
        <Suspense>
          <GoodsSheet open={isOpen} handles={scope.handles} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
