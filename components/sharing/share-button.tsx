'use client';

import { useState } from 'react';
import type { PosterSubject } from '../../lib/client/poster/facts.ts';
import { shareButtonMessages } from '../../lib/messages/share-button.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShareSheet } from './share-sheet.tsx';
import { ShareSign } from './share-signs.tsx';

export type ShareButtonProps = {
  /** The page that is shared, without a language: `/p/silk-dress`. */
  path: string;
  title: string;
  poster: PosterSubject;
  /** `over`: round, on the picture at the top of a page. `bar`: in the head of a page. `wide`: in the page. */
  look: 'over' | 'bar' | 'wide';
};

/** Hands a page on; second in rank to what the page itself is for. */
export function ShareButton({ look, ...shared }: ShareButtonProps) {
  const words = shareButtonMessages[useLocale()];
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  return (
    <>
      {look === 'wide' ? (
        <p className="gutter pt-6 pb-2 text-center">
          <Button look="soft" aria-haspopup="dialog" onClick={open}>
            {shared.poster.kind === 'goods' ? words.shareGoods : words.shareShop}
          </Button>
        </p>
      ) : (
        <button
          type="button"
          onClick={open}
          aria-label={words.share}
          aria-haspopup="dialog"
          className={
            look === 'bar'
              ? '-mr-2 grid size-11 place-items-center text-ink'
              : 'absolute top-[calc(8px+env(safe-area-inset-top))] right-2 z-10 grid size-11 place-items-center rounded-full bg-scrim text-white'
          }
        >
          <ShareSign name="share" />
        </button>
      )}
      <ShareSheet open={isOpen} onClose={() => setOpen(false)} {...shared} />
    </>
  );
}
