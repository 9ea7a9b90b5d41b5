'use client';

import type { ReactNode } from 'react';
import { type Choice, skuOfChoice, valueState } from '../../lib/domain/catalog/choice.ts';
import type { SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { optionSheetMessages } from '../../lib/messages/option-sheet.ts';
import { productMessages } from '../../lib/messages/product.ts';
import type { StockWords } from '../catalog/offer-words.ts';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { chipClass } from '../ui/tag.tsx';
import { chosenText } from './chosen-text.ts';
import type { ProductData } from './product-data.ts';

type OptionSheetProps = {
  open: boolean;
  onClose: () => void;
  product: ProductData;
  sku: SkuView;
  stock: StockWords;
  choice: Choice;
  onChoose: (choice: Choice) => void;
  isGone: (skuId: string) => boolean;
  quantity: number;
  quantityMax: number;
  onQuantity: (quantity: number) => void;
  /** A sentence about the limit, or null. */
  limit: string | null;
  buttons: ReactNode;
};

/** Options, quantity and the two buttons; each value says in words when it cannot be had. */
export function OptionSheet({
  open,
  onClose,
  product,
  sku,
  stock,
  choice,
  onChoose,
  isGone,
  quantity,
  quantityMax,
  onQuantity,
  limit,
  buttons,
}: OptionSheetProps) {
  const words = useMessages(productMessages);
  const own = useMessages(optionSheetMessages);
  const picture = product.pictures[0];
  return (
    <Sheet open={open} onClose={onClose} title={words.choose} foot={buttons}>
      <div className="flex items-end gap-3">
        <span className="block w-24 shrink-0 overflow-hidden rounded-card">
          <Picture path={picture?.path ?? null} color={picture?.color} alt="" sizes="96px" />
        </span>
        <div className="min-w-0 flex-1">
          <Price fen={sku.unitFen} className="text-28 font-bold text-lacquer" label={words.priceNow} />
          <p className="text-14 text-ink-2">{stock.text}</p>
          <p className="line-clamp-2 text-14">
            {chosenText(product, choice) ?? missingText(product, choice, own.chooseOption)}
          </p>
        </div>
      </div>
      {product.options.map((option, at) => (
        <fieldset key={option.name} className="pt-4">
          <legend className="float-left mb-2 w-full text-14 text-ink-2">{option.name}</legend>
          <div className="clear-both flex flex-wrap gap-2">
            {option.values.map((value) => {
              const state = valueState(product.skus, choice, at, value.id, isGone);
              const isChosen = choice[at] === value.id;
              return (
                <label
                  key={value.id}
                  className={cx(
                    chipClass(isChosen),
                    'has-focus-visible:outline-2 has-focus-visible:outline-offset-2',
                    state !== 'free' && 'text-ink-2',
                  )}
                >
                  <input
                    type="radio"
                    name={`${product.handle}-${at}`}
                    className="sr-only"
                    checked={isChosen}
                    onChange={() => onChoose(withValue(product, choice, at, value.id))}
                  />
                  {value.swatch && (
                    <span
                      aria-hidden="true"
                      className="size-4 rounded-full border border-line"
                      style={{ backgroundColor: value.swatch }}
                    />
                  )}
                  {value.label}
                  {state !== 'free' && (
                    <span className="text-12"> · {state === 'sold_out' ? own.noneLeft : own.noSuch}</span>
                  )}
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-2 pt-5">
        <span className="text-14">
          <span className="text-ink-2">{own.quantity}</span>
          {limit && <span className="pl-2 text-on-lacquer-soft">{limit}</span>}
        </span>
        <Stepper value={quantity} max={quantityMax} onChange={onQuantity} label={own.quantity} />
      </div>
    </Sheet>
  );
}

/** The new value; the others are let go when the product does not come with all of them together. */
function withValue(product: ProductData, choice: Choice, at: number, valueId: string): Choice {
  const next = choice.map((value, index) => (index === at ? valueId : value));
  const isWhole = next.every((value) => value !== null);
  return isWhole && !skuOfChoice(product.skus, next) ? next.map((value, index) => (index === at ? value : null)) : next;
}

function missingText(product: ProductData, choice: Choice, say: (name: string) => string): string {
  return say(product.options.find((_, at) => choice[at] === null)?.name ?? '');
}
