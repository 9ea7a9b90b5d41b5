'use client';

import { useState } from 'react';
import type { PosterSubject } from '../../lib/client/poster/facts.ts';
import { refusalText } from '../../lib/client/refusal-text.ts';
import { kolingOf } from '../../lib/domain/sharing/koling.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { kolingMessages } from '../../lib/messages/koling.ts';
import { shareButtonMessages } from '../../lib/messages/share-button.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { copied } from './copied.ts';
import { ShareName } from './share-name.tsx';
import { ShareTile } from './share-tile.tsx';
import { useLatePoster } from './use-late-poster.ts';
import { useOwnLink } from './use-own-link.ts';

export type ShareSheetProps = {
  open: boolean;
  onClose: () => void;
  /** The page that is shared, without a language: `/p/silk-dress`. */
  path: string;
  title: string;
  poster: PosterSubject;
};

/** Every way to hand a page on by a link of one's own, which is made when the sheet opens. */
export function ShareSheet({ open, onClose, path, title, poster: subject }: ShareSheetProps) {
  const locale = useLocale();
  const words = shareButtonMessages[locale];
  const { link, refusal, retry } = useOwnLink(path, open);
  const poster = useLatePoster(open);
  const [said, setSaid] = useState('');
  const url = link?.url ?? null;

  const share = () => {
    // Closing the phone's own sheet without a choice is no fault.
    if (url !== null) navigator.share({ title, text: title, url }).catch(() => {});
  };
  const copy = async (what: string, done: string) => setSaid((await copied(what)) ? done : words.notCopied);
  const copyKoling = () => {
    if (link === null) return;
    const shop = appShellMessages[locale].shopName;
    void copy(kolingMessages[locale].text(shop, title, kolingOf(link.code), location.host), words.kolingCopied);
  };
  const openPoster = async () => {
    if (!(await poster.open())) setSaid(words.noPoster);
  };
  const close = () => {
    setSaid('');
    onClose();
  };
  const canShare = typeof navigator.share === 'function';
  const isOffline = refusal?.code === 'offline' || refusal?.code === 'timeout';
  const state = link !== null ? (link.isKept ? words.kept : '') : refusal === null ? words.making : '';
  return (
    <Sheet open={open} onClose={close} title={words.title}>
      <p className="text-center text-14 text-ink-2">{words.lead}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-x-1 gap-y-2">
        {canShare && <ShareTile sign="share" word={words.shareNow} disabled={url === null} onClick={share} />}
        <ShareTile
          sign="link"
          word={words.copyLink}
          disabled={url === null}
          onClick={() => url !== null && copy(url, words.copied)}
        />
        <ShareTile sign="text" word={words.copyKoling} disabled={url === null} onClick={copyKoling} />
        <ShareTile sign="poster" word={words.poster} disabled={url === null} onClick={openPoster} />
      </div>
      <p role="status" className="mt-2 min-h-6 text-center text-14 text-ink-2">
        {said || state}
      </p>
      {refusal !== null && (
        <div role="alert" className="flex flex-col items-center gap-2 text-center text-14">
          <p>{isOffline ? words.failed : refusalText(refusal, locale)}</p>
          <Button look="quiet" onClick={retry}>
            {words.again}
          </Button>
        </div>
      )}
      {url !== null && (
        <p data-testid="share-link" className="mt-2 select-all break-all text-center text-12 text-ink-2">
          {url}
        </p>
      )}
      <ShareName isOpen={open} onRefused={setSaid} />
      {poster.Poster && <poster.Poster open={poster.isOpen} onClose={poster.close} path={path} subject={subject} />}
    </Sheet>
  );
}
