import { waitlistMoved } from '../../lib/contracts/live.ts';

/** Turns a notice of the `waitlist` channel into news for that shopper's open pages; what does not parse is dropped. */
export function waitlistNews(toShopper: (shopperId: string, event: string, payload: unknown) => void) {
  return (payload: string): void => {
    const told = JSON.parse(payload) as { shopperId: string } & Record<string, unknown>;
    const news = waitlistMoved.payload.safeParse(told);
    if (news.success) toShopper(told.shopperId, waitlistMoved.event, news.data);
  };
}
