'use client';

import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

type Way = { readonly path: string; readonly word: string };
type NoSuchCodeProps = {
  title: string;
  text: string;
  /** The best thing to do now. */
  onward: Way;
  /** Where another code is typed. */
  enter: Way;
};

/** A code that names nothing here: said plainly, with the way on and a way to enter another one. */
export function NoSuchCode({ title, text, onward, enter }: NoSuchCodeProps) {
  return (
    <EmptyState
      emblem="search"
      title={title}
      text={text}
      action={
        <span className="flex flex-col items-center gap-2">
          <ShopLink href={onward.path} className={buttonClass()}>
            {onward.word}
          </ShopLink>
          <ShopLink href={enter.path} className={buttonClass('quiet')}>
            {enter.word}
          </ShopLink>
        </span>
      }
    />
  );
}
