import type { Locale } from '../../lib/contracts/contract.ts';
import type { PushPurpose } from '../../lib/domain/outreach/purpose.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import { pathInLocale } from '../../lib/messages/define.ts';
import type { PushWish } from './push-queue.ts';

/** Whose message of the outbox it is. */
type Told = {
  readonly id: number;
  readonly topic: string;
  readonly aggregate: string;
  readonly personId: string;
  readonly locale: Locale;
  /** Of an offer in the waitlist, left to order. */
  readonly minutes: number | null;
};

/** Topics by their first word; all others are about an order. */
const ROOMS: Readonly<Record<string, readonly [PushPurpose, path: string]>> = {
  waitlist: ['orders', '/waitlist'],
  coupon: ['rewards', '/wallet'],
  packet: ['rewards', '/wallet'],
  team: ['rewards', '/team'],
};

/** The shop's name stands over every notice by itself. */
const withoutName = (text: string) => text.replace(/^(?:【Festa】|\[Festa\])\s*/, '');

/** The same words as the message, for the devices of who gets it. */
export function wishOf({ id, topic, aggregate, personId, locale, minutes }: Told, text: string): PushWish {
  const [purpose, path] = ROOMS[topic.split('.')[0] ?? ''] ?? ['orders', `/order?id=${encodeURIComponent(aggregate)}`];
  return {
    personId,
    key: `outbox:${id}`,
    purpose,
    body: withoutName(text),
    path: pathInLocale(path, locale),
    goodForMs: topic === 'waitlist.offered' && minutes !== null ? minutes * MINUTE_MS : DAY_MS,
  };
}
