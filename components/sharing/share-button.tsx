'use client';

import { useState } from 'react';
import { call } from '../../lib/client/api.ts';
import { learnWire } from '../../lib/client/wire.ts';
import { SHARE_WIRE } from '../../lib/client/wire-share.ts';
import { shareButtonMessages } from '../../lib/messages/share-button.ts';
import { Button } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { copied } from './copied.ts';

learnWire(SHARE_WIRE);

export type ShareButtonProps = {
  /** The page that is shared, without a language: `/p/silk-dress`. */
  path: string;
  title: string;
  /** `over`: round, on the picture at the top of a page. `wide`: in the page. */
  look: 'over' | 'wide';
};

/** Hands a page on by a link of one's own, which is made when the sheet opens. */
export function ShareButton({ path, title, look }: ShareButtonProps) {
  const words = shareButtonMessages[useLocale()];
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<{ path: string; url: string } | 'failed' | null>(null);
  const [said, setSaid] = useState('');
  const url = link !== null && link !== 'failed' && link.path === path ? link.url : null;

  const make = async () => {
    setLink(null);
    const answer = await call('share.link', { key: crypto.randomUUID(), path });
    setLink(answer.ok ? { path, url: `${location.origin}${answer.value.path}` } : 'failed');
  };
  const open = () => {
    setOpen(true);
    setSaid('');
    if (url === null) void make();
  };
  const share = () => {
    // Closing the phone's own sheet without a choice is no fault.
    if (url !== null) navigator.share({ title, text: title, url }).catch(() => {});
  };
  const copy = async () => {
    if (url !== null) setSaid((await copied(url)) ? words.copied : words.notCopied);
  };
  const canShare = typeof navigator.share === 'function';
  return (
    <>
      {look === 'over' ? (
        <button
          type="button"
          onClick={open}
          aria-label={words.share}
          className="absolute top-[calc(8px+env(safe-area-inset-top))] right-2 z-10 grid size-11 place-items-center rounded-full bg-scrim text-white"
        >
          <ShareSign />
        </button>
      ) : (
        <p className="gutter pt-6 pb-2 text-center">
          <Button look="soft" onClick={open}>
            {path === '/' ? words.shareShop : words.shareGoods}
          </Button>
        </p>
      )}
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={words.title}>
        <p className="text-center text-14 text-ink-2">{words.lead}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          {canShare && (
            <Button size="l" wide disabled={url === null} onClick={share}>
              {words.shareNow}
            </Button>
          )}
          <Button look={canShare ? 'soft' : 'act'} className="flex-1" disabled={url === null} onClick={copy}>
            {words.copyLink}
          </Button>
        </div>
        <p role="status" className="mt-2 min-h-6 text-center text-14 text-ink-2">
          {said || (link === null ? words.making : link === 'failed' ? words.failed : '')}
        </p>
        {link === 'failed' && (
          <p className="text-center">
            <Button look="quiet" onClick={make}>
              {words.again}
            </Button>
          </p>
        )}
        {url !== null && (
          <p data-testid="share-link" className="mt-2 select-all break-all text-center text-12 text-ink-2">
            {url}
          </p>
        )}
      </Sheet>
    </>
  );
}

/** A page with an arrow out of it. */
function ShareSign() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-5.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <path
        strokeLinecap="round"
        strokeLinejoin="round"
        d="M12 14.5V3.5M8 7.5l4-4 4 4M5.5 12v7a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-7"
      />
    </svg>
  );
}
