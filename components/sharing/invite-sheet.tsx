'use client';

import { correction, generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import { useMemo, useState } from 'react';
import type { PosterSubject } from '../../lib/client/poster/facts.ts';
import { kolingOf } from '../../lib/domain/sharing/koling.ts';
import { spokenCode } from '../../lib/domain/sharing/team-link.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { inviteMessages } from '../../lib/messages/invite.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { copied } from './copied.ts';
import { useLatePoster } from './use-late-poster.ts';
import { useOwnLink } from './use-own-link.ts';

/** What the shop writes for whoever is asked: under the phone's own sharing, and as a sentence to be pasted. */
export type InviteWords = {
  title: string;
  /** The one thing that matters now, at the top. */
  lead: string;
  shareTitle: string;
  /** `shop` is the festival's name. */
  text: (shop: string, url: string) => string;
  /** Where a friend can enter the code. */
  codeHow: string;
};

type InviteSheetProps = {
  open: boolean;
  code: string;
  /** The Chinese address that is handed on. */
  path: string;
  words: InviteWords;
  /** What is drawn for those who are to scan it. */
  poster: PosterSubject;
  onClose: () => void;
};

/** Every way to hand something on: the phone's own sharing, a link, a sentence with it, a picture to scan, the code itself. */
export function InviteSheet({ open, code, path, words: given, poster: subject, onClose }: InviteSheetProps) {
  const locale = useLocale();
  const words = inviteMessages[locale];
  const url = `${location.origin}${pathInLocale(path, locale)}`;
  const { link } = useOwnLink(path, open);
  const poster = useLatePoster(open);
  const sentence = given.text(appShellMessages[locale].shopName, url);
  // Without a link of one's own the sentence still leads there, by the address in it.
  const text = link === null ? sentence : `${sentence} ${kolingOf(link.code)}`;
  const canShare = typeof navigator.share === 'function';
  const picture = useMemo(
    () => toSvgDataURL(generate(url, { minCorrectionLevel: correction.M }), { on: 'black', off: 'white' }),
    [url],
  );
  const [said, setSaid] = useState('');
  const copy = async (what: string) => setSaid((await copied(what)) ? words.copied : words.notCopied);
  const openPoster = async () => {
    if (!(await poster.open())) setSaid(words.noPoster);
  };
  const share = () => {
    // Closing the phone's own sheet without a choice is no fault.
    navigator.share({ title: given.shareTitle, text: given.shareTitle, url }).catch(() => {});
  };
  return (
    <Sheet open={open} onClose={onClose} title={given.title}>
      <p role="status" className="text-center text-18 font-semibold text-lacquer">
        {given.lead}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {canShare && (
          <Button size="l" wide onClick={share}>
            {words.shareNow}
          </Button>
        )}
        <Button look={canShare ? 'soft' : 'act'} className="flex-1" onClick={() => copy(url)}>
          {words.copyLink}
        </Button>
        <Button look="soft" className="flex-1" onClick={() => copy(text)}>
          {words.copyText}
        </Button>
        <Button look="soft" className="flex-1" aria-haspopup="dialog" onClick={openPoster}>
          {words.poster}
        </Button>
      </div>
      <p role="status" className="mt-2 min-h-6 text-center text-14 text-jade">
        {said}
      </p>
      <div className="mt-3 flex flex-col items-center gap-2 text-center">
        <p className="text-14 text-ink-2">{words.scan}</p>
        <img src={picture} alt={words.qrAlt} width={200} height={200} className="rounded-card bg-white" />
        <p className="mt-2 text-14 text-ink-2">{words.code}</p>
        <p className="figures select-all text-28 font-semibold tracking-wide">{spokenCode(code)}</p>
        <p className="text-12 text-ink-2">{given.codeHow}</p>
        <p className="select-all break-all text-12 text-ink-2">{url}</p>
      </div>
      {poster.Poster && <poster.Poster open={poster.isOpen} onClose={poster.close} path={path} subject={subject} />}
    </Sheet>
  );
}
