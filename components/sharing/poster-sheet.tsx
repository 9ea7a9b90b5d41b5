'use client';

import { useEffect, useState } from 'react';
import type { PosterCopy, PosterSubject } from '../../lib/client/poster/facts.ts';
import { makePoster, type NoPoster, type Poster } from '../../lib/client/poster/make.ts';
import type { Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { posterMessages } from '../../lib/messages/poster.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';

export type PosterSheetProps = { open: boolean; onClose: () => void; path: string; subject: PosterSubject };

type Shown = Poster & { readonly address: string };

/** A page's poster, drawn anew each time the sheet opens, since it says what goods cost now. */
export function PosterSheet({ open, onClose, path, subject }: PosterSheetProps) {
  const locale = useLocale();
  const words = posterMessages[locale];
  const [tries, setTries] = useState(0);
  const { poster, failure } = usePoster({ open, path, subject, locale, tries });
  const [isSaved, setIsSaved] = useState(false);
  // What was said of one drawing is not true of the next.
  useEffect(() => {
    if (poster === null) setIsSaved(false);
  }, [poster]);
  const file = poster && new File([poster.picture], 'festa.jpg', { type: poster.picture.type });
  const canShare = file !== null && (navigator.canShare?.({ files: [file] }) ?? false);
  const share = () => {
    // Closing the phone's own sheet without a choice is no fault.
    if (file) navigator.share({ files: [file] }).catch(() => {});
  };
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={words.title}
      foot={
        poster && (
          <div className="flex gap-2">
            <a
              href={poster.address}
              download="festa.jpg"
              onClick={() => setIsSaved(true)}
              className={`${buttonClass(canShare ? 'soft' : 'act', 'l')} flex-1`}
            >
              {words.save}
            </a>
            {canShare && (
              <Button size="l" className="flex-1" onClick={share}>
                {words.shareImage}
              </Button>
            )}
          </div>
        )
      }
    >
      <p role="status" className="min-h-6 text-center text-14 text-ink-2">
        {isSaved ? words.saved : poster ? (poster.isKept ? words.kept : words.hint) : failure ? '' : words.drawing}
      </p>
      {poster ? (
        <img
          src={poster.address}
          alt={altOf(poster.copy, locale)}
          className="mx-auto mt-2 block max-h-[58dvh] w-auto max-w-full rounded-card shadow-card"
        />
      ) : failure ? (
        <div role="alert" className="mx-auto flex max-w-[20rem] flex-col items-center gap-3 py-8 text-center">
          <p>{whyNot(failure, locale)}</p>
          {failure !== 'gone' && (
            <Button look="soft" onClick={() => setTries(tries + 1)}>
              {words.again}
            </Button>
          )}
        </div>
      ) : (
        <span
          aria-hidden="true"
          className="skeleton mx-auto mt-2 block aspect-[1080/1520] h-[58dvh] max-w-full rounded-card"
        />
      )}
    </Sheet>
  );
}

type Wanted = { open: boolean; path: string; subject: PosterSubject; locale: Locale; tries: number };

function usePoster({ open, path, subject, locale, tries }: Wanted) {
  const [poster, setPoster] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<NoPoster | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it shows is of the moment it opens; a new try is the point
  useEffect(() => {
    if (!open) return;
    let address: string | null = null;
    let isOver = false;
    setPoster(null);
    setFailure(null);
    makePoster({ path, subject }, locale).then((made) => {
      if (isOver) return;
      if (typeof made === 'string') return setFailure(made);
      address = URL.createObjectURL(made.picture);
      setPoster({ ...made, address });
    });
    return () => {
      isOver = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [open, path, tries]);
  return { poster, failure };
}

function whyNot(failure: NoPoster, locale: Locale): string {
  const words = posterMessages[locale];
  return { link: words.noLink, goods: words.noGoods, gone: words.goneGoods, drawing: words.failed }[failure];
}

/** All that the picture says, for whoever does not see it. */
function altOf({ title, hero, price, lines }: PosterCopy, locale: Locale): string {
  const words = posterMessages[locale];
  const said = [hero, price && words.priceIs(yuanText(price.fen)), price?.note, ...lines].filter(Boolean);
  return words.alt(title, said.map((line) => line?.replace(/[。.]$/, '')).join(locale === 'zh-CN' ? '，' : '; '));
}
