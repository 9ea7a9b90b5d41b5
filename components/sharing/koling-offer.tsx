'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { taggedLink } from '../../lib/client/own-links.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { kolingIn } from '../../lib/domain/sharing/koling.ts';
import { invitePathIn } from '../../lib/domain/sharing/packet-link.ts';
import { sharePath } from '../../lib/domain/sharing/share-link.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import { kolingMessages } from '../../lib/messages/koling.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';

/** What a friend's text in the search field means: a share link, a team's or a packet's page, or one that was not copied whole. */
export type Meant =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'broken' };

/** Recognised on the phone; what people search for stays there. Null for an ordinary search. */
export function meantBy(text: string): Meant | null {
  const found = kolingIn(text);
  if (found?.kind === 'code') return found;
  const path = /\/[tg]\/?\?/.test(text) ? invitePathIn(text, () => '') : null;
  return path ? { kind: 'page', path } : found;
}

/** Goes where a text leads, by the link's own address, so that its visit is counted. */
export function useGoTo() {
  const router = useRouter();
  const locale = useLocale();
  return (meant: Meant) => {
    if (meant.kind === 'code') location.assign(taggedLink(sharePath(meant.code), 'koling'));
    if (meant.kind === 'page') router.push(pathInLocale(meant.path, locale));
  };
}

/** In place of search results: whose text it is, and the way on. */
export function KolingOffer({ meant }: { meant: Meant }) {
  const words = kolingMessages[useLocale()];
  const isOnline = useOnline();
  const goTo = useGoTo();
  const isBroken = meant.kind === 'broken';
  return (
    <section
      className="m-3 flex flex-col items-center gap-2 rounded-card bg-card p-5 text-center shadow-card"
      role="status"
    >
      <Icon name={isBroken ? 'warning' : 'gift'} className={`size-8 ${isBroken ? 'text-ink-2' : 'text-lacquer'}`} />
      <h2 className="text-18 font-semibold">{isBroken ? words.broken : words.found}</h2>
      <p className="text-14 text-ink-2">{isBroken ? words.brokenText : isOnline ? words.foundText : words.offline}</p>
      {!isBroken && (
        <Button size="l" className="mt-2" disabled={!isOnline} onClick={() => goTo(meant)}>
          {words.open}
        </Button>
      )}
    </section>
  );
}

/** Before anything is typed: reads what was copied, when it is asked to and never before. */
export function KolingPaste({ onText }: { onText: (text: string) => void }) {
  const words = kolingMessages[useLocale()];
  const [said, setSaid] = useState('');
  if (typeof navigator.clipboard?.readText !== 'function') return null;
  const paste = async () => {
    const text = await navigator.clipboard.readText().catch(() => null);
    if (text === null) return setSaid(words.cannotPaste);
    if (meantBy(text) === null) return setSaid(words.nothingPasted);
    setSaid('');
    onText(text);
  };
  return (
    <section className="gutter pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-card bg-lacquer-soft px-4 py-3 text-on-lacquer-soft">
        <p className="min-w-0 flex-1 basis-48 text-14">{words.pasteHow}</p>
        <Button look="quiet" size="s" onClick={paste}>
          {words.paste}
        </Button>
      </div>
      <p role="status" className="pt-1 text-14 text-ink-2 empty:hidden">
        {said}
      </p>
    </section>
  );
}
