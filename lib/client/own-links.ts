import { call } from './api.ts';
import { keepPersonal, readPersonal } from './personal-store.ts';
import type { AnswerNamed } from './wire.ts';
import { learnWire } from './wire.ts';
import { SHARE_WIRE } from './wire-share.ts';

learnWire(SHARE_WIRE);

/** A shopper's own link to one page, its address on the share domain of the moment when it was asked for. `isKept`: no answer came, and this is the last one that the phone kept. */
export type OwnLink = { readonly code: string; readonly url: string; readonly isKept: boolean };
export type NoLink = Extract<AnswerNamed<'share.link'>, { readonly ok: false }>['refusal'];
export type OwnLinkAnswer =
  | { readonly ok: true; readonly link: OwnLink }
  | { readonly ok: false; readonly refusal: NoLink };

const keptAs = (path: string) => `own-link:${path}`;
/** What is asked for now, by page: the sheet, the poster and a card for a chat app want the same link. */
const asked = new Map<string, Promise<OwnLinkAnswer>>();

async function ask(path: string): Promise<OwnLinkAnswer> {
  const answer = await call('share.link', { key: crypto.randomUUID(), path });
  if (answer.ok) {
    const { code, url } = answer.value;
    void keepPersonal(keptAs(path), { code, url });
    return { ok: true, link: { code, url, isKept: false } };
  }
  const { refusal } = answer;
  const isUnanswered = refusal.code === 'offline' || refusal.code === 'timeout';
  const kept = isUnanswered ? await readPersonal<Pick<OwnLink, 'code' | 'url'>>(keptAs(path)) : undefined;
  return kept ? { ok: true, link: { ...kept, isKept: true } } : { ok: false, refusal };
}

/**
 * One's own link to a page of the shop, made at the first time; the same page is the same link. Without an answer of the
 * server it is the last one of this page that the phone kept, which signing out wipes.
 *
 * @param path without a language: `/p/silk-dress`
 */
export function ownLink(path: string): Promise<OwnLinkAnswer> {
  const running = asked.get(path);
  if (running) return running;
  const asking = ask(path).finally(() => asked.delete(path));
  asked.set(path, asking);
  return asking;
}

/** By which way a link is handed on, as its visits are counted: `poster` by a picture, `koling` by a copied sentence. */
export function taggedLink(url: string, way: 'poster' | 'koling'): string {
  return `${url}?utm_${way === 'poster' ? 'medium' : 'source'}=${way}`;
}
