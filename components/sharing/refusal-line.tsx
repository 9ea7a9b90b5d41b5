import { buttonClass } from '../ui/button.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** What stands in the way of the last tap, and the way on where there is one. */
export type Refused = {
  readonly text: string;
  readonly next: { readonly path: string; readonly word: string } | null;
};

/** What went wrong with the last tap, and the way on. */
export function RefusalLine({ refused: { text, next } }: { refused: Refused }) {
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-2 rounded-card bg-gold-soft px-3 py-2">
      <p className="min-w-0 flex-1 basis-[12rem] text-14">{text}</p>
      {next !== null && (
        <ShopLink href={next.path} className={buttonClass('soft', 's')}>
          {next.word}
        </ShopLink>
      )}
    </div>
  );
}
