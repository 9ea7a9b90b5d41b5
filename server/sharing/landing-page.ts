import { createHash } from 'node:crypto';
import type { Locale } from '../../lib/contracts/contract.ts';
import { landingWith, sharePath } from '../../lib/domain/sharing/share-link.ts';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { inLocale, pathInLocale } from '../../lib/messages/define.ts';
import { previewMessages } from '../../lib/messages/preview.ts';
import { shareLandingMessages } from '../../lib/messages/share-landing.ts';
import { clockText, dateText } from '../../lib/messages/time.ts';
import type { KnownLink, PageCard } from './link-book.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] as string);
/** In a script element nothing ends it but `</`: no `<` is left. */
const json = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The same for all links, so that one hash allows it: people go on at once, Back does not come here again. */
const GO = `location.replace(document.getElementById('go').href)`;
const STYLE = `body{margin:0;display:grid;place-items:center;min-height:100vh;background:#fff8f3;color:#2b1d16;font:16px/1.6 system-ui,sans-serif;text-align:center}main{padding:24px;max-width:420px}h1{font-size:20px}a{display:inline-block;min-height:44px;line-height:44px;padding:0 24px;border-radius:22px;background:#d6212b;color:#fff;text-decoration:none}@media(prefers-color-scheme:dark){body{background:#17110f;color:#f6ebe4}}`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** No frame may hold it, nothing may be loaded, and the one script that runs is ours. */
export const LANDING_POLICY = [
  "default-src 'none'",
  `script-src ${hash(GO)}`,
  `style-src ${hash(STYLE)}`,
  "img-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function html(locale: Locale, head: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">${head}<style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

/** What a card says of a page that is no product's; nothing that some app forbids. */
function wordsOf(page: PageCard | null, locale: Locale): { title: string; description: string } {
  const words = previewMessages[locale];
  const { shopName, shopDescription } = appShellMessages[locale];
  const named = page?.name ? inLocale(page.name, locale) : null;
  if (page?.kind === 'invite') return { title: words.inviteTitle, description: words.invite };
  if (page?.kind === 'coupons') return { title: words.couponsTitle, description: words.coupons };
  if (page?.kind === 'category' && named !== null) {
    return { title: `${named} · ${shopName}`, description: words.category };
  }
  if (page?.kind === 'session' && named !== null && page.startsAt !== null) {
    const when = words.from(dateText(page.startsAt, locale), clockText(page.startsAt));
    return { title: `${named} · ${shopName}`, description: `${when} · ${words.session}` };
  }
  return { title: shopName, description: shopDescription };
}

/** The pictures of a card with their sizes, the largest first: apps take the first that suits them. */
function picturesOf({ card, page }: KnownLink, locale: Locale): [path: string, width: number, height: number][] {
  if (card?.picturePath) return [[`${card.picturePath}-800.webp`, 800, 800]];
  const preview = page?.preview[locale === 'zh-CN' ? 'zh' : 'en'];
  if (!preview) return [['/icons/icon-512.png', 512, 512]];
  return [
    [`${preview}-1200.jpg`, 1_200, 630],
    [`${preview}-300.jpg`, 300, 300],
  ];
}

/** A link's document: a card for those who read it, a way on for people, with scripts or without. */
export function landingPage(link: KnownLink, locale: Locale, origin: string): string {
  const words = shareLandingMessages[locale];
  const shop = appShellMessages[locale];
  const target = landingWith(link.landing, link.code, locale === 'en-US');
  const { card } = link;
  const page = wordsOf(link.page, locale);
  const title = card ? inLocale(card.title, locale) : page.title;
  const description = card ? inLocale(card.subtitle, locale) || shop.shopDescription : page.description;
  const pictures = picturesOf(link, locale);
  const picture = `${origin}${pictures[0]?.[0]}`;
  const url = `${origin}${sharePath(link.code)}`;
  const canonical = `${origin}${target.split('?')[0]}`;
  const data = card
    ? {
        '@context': 'https://schema.org',
        '@type': 'Product',
        name: title,
        description,
        image: picture,
        url: canonical,
        ...(card.priceFen === null
          ? {}
          : {
              offers: {
                '@type': 'AggregateOffer',
                lowPrice: (card.priceFen / 100).toFixed(2),
                priceCurrency: 'CNY',
                url: canonical,
              },
            }),
      }
    : {
        '@context': 'https://schema.org',
        '@type': 'WebPage',
        name: title,
        description,
        image: picture,
        url: canonical,
      };
  const property = (name: string, content: string | number) =>
    `<meta property="og:${name}" content="${escaped(`${content}`)}">`;
  const head = [
    `<title>${escaped(title)}</title><meta name="description" content="${escaped(description)}">`,
    `<link rel="canonical" href="${escaped(canonical)}">`,
    property('type', card ? 'product' : 'website'),
    property('title', title),
    property('description', description),
    property('url', url),
    property('site_name', shop.shopName),
    property('locale', locale === 'zh-CN' ? 'zh_CN' : 'en_US'),
    ...pictures.flatMap(([path, width, height]) => [
      property('image', `${origin}${path}`),
      property('image:width', width),
      property('image:height', height),
    ]),
    '<meta name="twitter:card" content="summary_large_image">',
    `<script type="application/ld+json">${json(data)}</script>`,
    `<noscript><meta http-equiv="refresh" content="0;url=${escaped(target)}"></noscript>`,
  ].join('');
  const body = `<h1>${escaped(title)}</h1><p>${words.opening}</p><a id="go" rel="nofollow" href="${escaped(target)}">${words.open}</a><script>${GO}</script>`;
  return html(locale, head, body);
}

export type NoLanding = 'unknown' | 'expired' | 'stopped' | 'loop' | 'later';

/** Where a link leads nowhere: why, and the shop. */
export function noLandingPage(why: NoLanding, locale: Locale): string {
  const words = shareLandingMessages[locale];
  const title = words[`${why}Title`];
  return html(
    locale,
    `<title>${title}</title>`,
    `<h1>${title}</h1><p>${words[`${why}Text`]}</p><a href="${pathInLocale('/', locale)}">${words.toShop}</a>`,
  );
}
