import { useSession } from '../session.ts';
import { onLive, renewLive, startLive } from './socket.ts';

let isHearing = false;

/** A socket belongs to whoever opened it: after signing in or out another one is needed for personal news. */
function followSession(): void {
  if (isHearing) return;
  isHearing = true;
  useSession.subscribe(({ person }, before) => {
    // The first answer to "who is this" is no change: the socket was opened with the same cookie.
    if (before.isKnown && before.person?.id !== person?.id) renewLive();
  });
}

/**
 * Calls `onMoved` when an order of this shopper has moved, and with null when the socket is open again after a break: what
 * moved meanwhile was not heard. Opens the socket.
 * @returns ends it
 */
export function onOrderNews(onMoved: (orderId: string | null) => void): () => void {
  followSession();
  let wasClosed = false;
  const ends = [
    onLive('order:moved', ({ orderId }) => onMoved(orderId)),
    onLive('closed', () => {
      wasClosed = true;
    }),
    onLive('open', () => {
      if (wasClosed) onMoved(null);
      wasClosed = false;
    }),
  ];
  startLive();
  return () => {
    for (const end of ends) end();
  };
}
