/*
 * Words used in this room:
 *
 * - share link: one forwarding of one page by one person, or by the shop; `/s/<code>`
 * - sharer:     who made a link; a link of the shop itself has none
 * - tree:       links whose makers came through one another's; its root was made by somebody who came through none
 * - visit:      one visitor's opening of one link, once in an hour
 * - touch:      a visit in which the visitor did something on the page that it led to; only touches can earn
 */

/** 17 of base 62: 101 random bits, no meaning. */
const CODE = /^[0-9A-Za-z]{17}$/;

export const SHARE_CODE_LENGTH = 17;

/** Whether a text can be a share link's code at all. */
export const isShareCode = (text: string): boolean => CODE.test(text);

/** The address of a link; it carries nothing but the code. */
export const sharePath = (code: string): string => `/s/${code}`;

const PATH_CHARS_MAX = 300;
/** Letters that need no second thought in a header, an attribute or a log; everything else has to be percent-encoded. */
const PATH_CHARS = /^\/[A-Za-z0-9/_.~:@!$'()*+,;=?&%-]*$/;
/** Doors that are no pages of the shop, pages behind the counter, and links that would lead in a circle. */
const NO_LANDING = /^\/(?:en\/)?(?:s|api|ops|studio|counter|_next|metrics|healthz|readyz)(?:\/|$|\?)/i;

/**
 * A path of our own that a link may lead to, as the browser will understand it; null for anything else. Never another
 * origin, whatever way it is spelled (`//host`, `/\host`, `javascript:`, encoded or with dots in between).
 */
export function ownLanding(given: string): string | null {
  if (given.length > PATH_CHARS_MAX || !PATH_CHARS.test(given) || given.startsWith('//')) return null;
  let url: URL;
  try {
    url = new URL(given, 'https://own.invalid');
    // A path that hides a second spelling of itself is nobody's honest page.
    if (/%(?:2f|5c|2e|25|0|1|7f)/i.test(url.pathname)) return null;
  } catch {
    return null;
  }
  if (url.origin !== 'https://own.invalid' || url.pathname.startsWith('//') || url.hash !== '') return null;
  if (NO_LANDING.test(url.pathname)) return null;
  url.searchParams.delete(CAME_BY);
  return `${url.pathname}${url.search}`;
}

/** The search parameter that tells a page by which link its visitor came. */
export const CAME_BY = 'by';

/** Where a link leads: its page in the visitor's language, with the code by which he came. */
export function landingWith(landing: string, code: string, isEnglish: boolean): string {
  const url = new URL(landing, 'https://own.invalid');
  url.searchParams.set(CAME_BY, code);
  const isInEnglish = url.pathname === '/en' || url.pathname.startsWith('/en/');
  const path = isEnglish && !isInEnglish ? `/en${url.pathname === '/' ? '' : url.pathname}` : url.pathname;
  return `${path}${url.search}`;
}

/** The code in a page's address, null when it was not come to by a link. */
export function cameBy(search: string): string | null {
  const code = new URLSearchParams(search).get(CAME_BY) ?? '';
  return isShareCode(code) ? code : null;
}

const TAG_CHARS_MAX = 40;
/** What is looked at of a tag that a stranger sent; more is no tag. */
const TAG_CHARS_READ = 256;

/**
 * A campaign tag (utm_source …) as it is kept: letters, digits and a few signs of any script, lower case, 40 at most;
 * null when nothing is left. What could be markup, direction marks or invisible is left out, so a tag can be shown
 * anywhere.
 */
export function cleanTag(given: unknown): string | null {
  if (typeof given !== 'string') return null;
  const kept = given
    .slice(0, TAG_CHARS_READ)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}._~ -]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return [...kept].slice(0, TAG_CHARS_MAX).join('').trim() || null;
}
