import type { SkuView } from '../../domain/catalog/sku-view.ts';
import { type Channel, mechanicAllowed } from '../../domain/sharing/mechanic-allowed.ts';
import { appShellMessages } from '../../messages/app-shell.ts';
import type { Locale } from '../../messages/define.ts';
import { posterMessages } from '../../messages/poster.ts';
import { clockText, dateText, momentText } from '../../messages/time.ts';
import type { GoodsFacts, PosterCopy, PosterSubject } from './facts.ts';

type Saying = { readonly locale: Locale /** Server clock, epoch ms. */; readonly now: number };

/** Why goods cost what they cost; a price of the first ones is said to be theirs. */
function noteOf({ state, kind, offer, opensAt, tier }: SkuView, { locale, now }: Saying): string | null {
  const words = posterMessages[locale];
  if (state === 'sold_out') return words.soldOut;
  if (opensAt !== null) return words.opening(momentText(opensAt, now, locale));
  if (kind === 'tier' && tier) return words.tier(tier.upTo);
  return offer ? words.session(momentText(offer.endsAt, now, locale)) : null;
}

/** A poster of goods: what they cost now, and when that was. A price is crossed out where their page crosses it out. */
export function goodsCopy({ title, picture, view }: GoodsFacts, saying: Saying): PosterCopy {
  const { locale, now } = saying;
  const words = posterMessages[locale];
  return {
    shop: appShellMessages[locale].shopName,
    title,
    picture,
    hero: null,
    price: {
      fen: view.sku.unitFen,
      from: view.isFrom ? words.from : null,
      crossedOutFen: view.sku.crossedOutFen,
      note: noteOf(view.sku, saying),
    },
    lines: [words.asOf(dateText(now, locale), clockText(now))],
    scan: words.scan,
  };
}

/** A poster of any other page. */
export function pageCopy(subject: Exclude<PosterSubject, { kind: 'goods' }>, { locale, now }: Saying): PosterCopy {
  const { shopName, shopDescription } = appShellMessages[locale];
  const words = posterMessages[locale];
  const drawn = (title: string, lines: readonly string[], more: Partial<PosterCopy> = {}): PosterCopy => ({
    shop: shopName,
    title,
    lines,
    picture: null,
    hero: null,
    price: null,
    scan: words.scan,
    ...more,
  });
  switch (subject.kind) {
    case 'shop':
      return drawn(shopName, [shopDescription]);
    case 'coupons':
      return drawn(words.coupons, [words.couponsText]);
    case 'session': {
      const hour = clockText(subject.startsAt);
      const isAhead = subject.startsAt > now;
      const when = isAhead ? words.sessionAt(dateText(subject.startsAt, locale), hour) : words.sessionOpen;
      return drawn(subject.name, [when, words.venue], { hero: hour });
    }
    case 'category':
      return drawn(words.category(subject.name), [words.venue], { picture: subject.picture });
    case 'search':
      return drawn(words.search(subject.query), [words.venue]);
    case 'reward':
      return drawn(subject.title, subject.lines, { hero: subject.hero });
  }
}

export type Posted = { readonly path: string; readonly subject: PosterSubject };

/** What may be drawn in this app: a reward for inviting others gives way to the shop where the app forbids it. */
export function postedIn(channel: Channel, posted: Posted): Posted {
  const { subject } = posted;
  const isForbidden = subject.kind === 'reward' && !mechanicAllowed(subject.mechanic, channel);
  return isForbidden ? { path: '/', subject: { kind: 'shop' } } : posted;
}
