import { cameBy, sharePath } from '../../domain/sharing/share-link.ts';
import { sharedPage } from '../../domain/sharing/shared-page.ts';
import { appShellMessages } from '../../messages/app-shell.ts';
import { type Locale, pathInLocale } from '../../messages/define.ts';
import { call } from '../api.ts';
import { learnWire } from '../wire.ts';
import { SHARE_WIRE } from '../wire-share.ts';
import { readySdk, type Sdk } from './sdk.ts';

learnWire(SHARE_WIRE);

const DEEDS = ['pointerdown', 'keydown', 'touchstart'] as const;
const SHOP_PICTURE = '/icons/apple-touch-icon.png';

type Card = { title: string; desc: string; imgUrl: string };

function metaOf(selector: string): string {
  return document.querySelector<HTMLMetaElement>(selector)?.content ?? '';
}

/** What the card in the chat shows: the page's own title and picture, or the shop's. */
function cardOf(isNeutral: boolean, locale: Locale): Card {
  const words = appShellMessages[locale];
  const shop = { title: words.shopName, desc: words.shopDescription, imgUrl: `${location.origin}${SHOP_PICTURE}` };
  if (isNeutral) return shop;
  const picture = metaOf('meta[property="og:image"]');
  return {
    title: document.title || shop.title,
    desc: metaOf('meta[name="description"]') || shop.desc,
    // The published address may be of another host than the one that this phone asks.
    imgUrl: picture === '' ? shop.imgUrl : location.origin + new URL(picture, location.origin).pathname,
  };
}

/** Tells WeChat what its menu hands on. Success means that it was noted; nobody is told whether it is shared. */
function setMenu(sdk: Sdk, card: Card, link: string): void {
  const quiet = { success() {}, fail() {}, cancel() {} };
  sdk.updateAppMessageShareData({ ...card, link, ...quiet });
  sdk.updateTimelineShareData({ title: card.title, imgUrl: card.imgUrl, link, ...quiet });
}

/**
 * Puts the page behind WeChat's own share menu. Until its reader has done something on it, the link by which he came
 * goes on, or the page itself; then a link of his own, below the one by which he came. Whatever fails, WeChat shows what
 * it would show anyhow, and nobody is told. Answers the end of it.
 */
export function sharePageInWechat(pathname: string, locale: Locale): () => void {
  const { path, isNeutral } = sharedPage(pathname, 'wechat');
  const came = cameBy(location.search);
  const left = new AbortController();

  async function put(link: string): Promise<void> {
    const sdk = await readySdk();
    if (sdk && !left.signal.aborted) setMenu(sdk, cardOf(isNeutral, locale), link);
  }

  /** A link below another needs the deed on the page to be known first. */
  async function putOwn(): Promise<void> {
    if (came !== null) await call('share.touch', { code: came });
    const own = await call('share.link', { key: crypto.randomUUID(), path });
    if (own.ok) await put(location.origin + own.value.path);
  }

  const first = came === null ? pathInLocale(path, locale) : sharePath(came);
  put(`${location.origin}${first}`).catch(() => {});
  const told = (event: Event) => {
    if (!event.isTrusted || left.signal.aborted) return;
    for (const deed of DEEDS) removeEventListener(deed, told, true);
    putOwn().catch(() => {});
  };
  for (const deed of DEEDS) addEventListener(deed, told, { capture: true, passive: true });
  return () => {
    left.abort();
    for (const deed of DEEDS) removeEventListener(deed, told, true);
  };
}
