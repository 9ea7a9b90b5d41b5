import { productView } from '../../domain/catalog/sku-view.ts';
import { channelOf } from '../../domain/sharing/mechanic-allowed.ts';
import { inLocale, type Locale } from '../../messages/define.ts';
import { serverNow } from '../answer-clock.ts';
import { call } from '../api.ts';
import { ownLink, taggedLink } from '../own-links.ts';
import { goodsCopy, type Posted, pageCopy, postedIn } from './copy.ts';
import { drawPoster } from './draw.ts';
import type { GoodsFacts, PosterCopy } from './facts.ts';

export type Poster = {
  readonly picture: Blob;
  readonly copy: PosterCopy;
  /** Drawn without the network, with the last link of this page that the phone kept. */
  readonly isKept: boolean;
};
/** `link`, `goods`: the network is needed for them. `gone`: the goods are no longer sold. `drawing`: the browser failed. */
export type NoPoster = 'link' | 'goods' | 'gone' | 'drawing';

/** Goods whose page is not the one that is open: asked of the server, since a poster says what they cost now. */
async function goodsNow(handle: string, locale: Locale): Promise<GoodsFacts | 'goods' | 'gone'> {
  const answer = await call('public.product', { handle });
  if (!answer.ok) return answer.refusal.code === 'offline' || answer.refusal.code === 'timeout' ? 'goods' : 'gone';
  const { product, now } = answer.value;
  const view = productView(product.skus, () => null, now);
  if (!view) return 'gone';
  const [picture = null] = product.pictures;
  return { title: inLocale(product.title, locale), picture, view };
}

/** Makes the poster of a page: its words, the sharer's own link, and the picture of both. */
export async function makePoster(asked: Posted, locale: Locale): Promise<Poster | NoPoster> {
  const { path, subject } = postedIn(channelOf(navigator.userAgent), asked);
  const saying = { locale, now: serverNow() };
  const answer = await ownLink(path);
  if (!answer.ok) return 'link';
  let copy: PosterCopy;
  if (subject.kind !== 'goods') copy = pageCopy(subject, saying);
  else {
    const goods = subject.goods ?? (await goodsNow(subject.handle, locale));
    if (typeof goods === 'string') return goods;
    copy = goodsCopy(goods, saying);
  }
  try {
    const picture = await drawPoster(copy, taggedLink(answer.link.url, 'poster'));
    return { picture, copy, isKept: answer.link.isKept };
  } catch {
    return 'drawing';
  }
}
