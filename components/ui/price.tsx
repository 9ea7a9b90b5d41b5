'use client';

import { priceParts, toFen } from '../../lib/domain/money/fen.ts';
import { spokenYuan } from '../../lib/messages/money.ts';
import { cx } from './cx.ts';
import { useLocale } from './locale.tsx';

type PriceProps = {
  fen: number;
  className?: string;
  /** Crossed out; `label` says what it was, such as "lowest price of the last 7 days". */
  struck?: boolean;
  /** Said before the amount, to the screen reader only. */
  label?: string;
};

/** ¥ at 60 % of the figure and the fen smaller than the yuan, on one baseline; heard as `499元`. */
export function Price({ fen, className, struck, label }: PriceProps) {
  const locale = useLocale();
  const parts = priceParts(toFen(fen));
  const Mark = struck ? 'del' : 'span';
  return (
    <span className={cx('figures whitespace-nowrap', className)}>
      <Mark aria-hidden="true">
        <span className={struck ? undefined : 'text-[0.62em]'}>¥</span>
        {parts.yuan}
        {parts.fen !== '00' && <span className={struck ? undefined : 'text-[0.66em]'}>.{parts.fen}</span>}
      </Mark>
      <span className="sr-only">
        {label} {spokenYuan(fen, locale)}
      </span>
    </span>
  );
}
