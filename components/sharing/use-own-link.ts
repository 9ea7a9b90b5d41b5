'use client';

import { useCallback, useEffect, useState } from 'react';
import { type NoLink, type OwnLink, ownLink } from '../../lib/client/own-links.ts';

type Asked = { readonly path: string; readonly link: OwnLink | null; readonly refusal: NoLink | null };

/** One's own link to a page, asked for when it is first wanted, and again when the network is back. */
export function useOwnLink(path: string, isWanted: boolean) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  const known = asked?.path === path ? asked : null;
  // A link of this page does not change while the page is open; one that was kept is asked for again.
  const isSure = known?.link?.isKept === false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try is the point
  useEffect(() => {
    if (!isWanted || isSure) return;
    let isOver = false;
    setAsked(null);
    ownLink(path).then((answer) => {
      if (isOver) return;
      setAsked({ path, link: answer.ok ? answer.link : null, refusal: answer.ok ? null : answer.refusal });
    });
    addEventListener('online', retry, { once: true });
    return () => {
      isOver = true;
      removeEventListener('online', retry);
    };
  }, [path, isWanted, tries]);
  return { link: known?.link ?? null, refusal: known?.refusal ?? null, retry };
}
