import { cameBy } from '../domain/sharing/share-link.ts';
import { call } from './api.ts';
import { learnWire } from './wire.ts';
import { SHARE_WIRE } from './wire-share.ts';

learnWire(SHARE_WIRE);

const DEEDS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Tells the server, once, that whoever came to this page by a share link did something on it: opening a page is not
 * looking at it. Answers the end of listening.
 */
export function tellTouch(): () => void {
  const code = cameBy(location.search);
  if (code === null) return () => {};
  const stop = () => {
    for (const deed of DEEDS) removeEventListener(deed, told, true);
  };
  function told(event: Event): void {
    if (!event.isTrusted) return;
    stop();
    // What does not arrive is no fault of the shopper's, and nothing of his.
    call('share.touch', { code: code as string }).catch(() => {});
  }
  for (const deed of DEEDS) addEventListener(deed, told, { capture: true, passive: true });
  return stop;
}
