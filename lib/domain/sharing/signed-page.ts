const URL_CHARS_MAX = 2_048;
/** Printable ASCII without what never stands in an address: a browser encodes all else before it asks. */
const URL_CHARS = /^[!#-;=?-[\]_a-z~]+$/;
/** Doors that are no pages, and pages behind the counter: nobody shares or pays there. */
const NO_PAGE = /^\/(?:en\/)?(?:api|s|ops|studio|counter|_next|socket\.io|metrics|healthz|readyz)(?:\/|$)/i;

/**
 * What of a page's address WeChat compares a signature with: all before the hash, letter by letter as it is written. Null
 * for an address that is no page of ours: another origin in any spelling, a door, or nothing that a browser would write.
 * `origins` are ours, such as `https://shop.example`.
 */
export function signedPage(url: string, origins: readonly string[]): string | null {
  if (url.length > URL_CHARS_MAX || !URL_CHARS.test(url)) return null;
  const page = url.split('#', 1)[0] ?? '';
  const origin = origins.find((own) => page === own || page.startsWith(`${own}/`) || page.startsWith(`${own}?`));
  if (origin === undefined) return null;
  const parsed = URL.parse(page);
  if (parsed === null || parsed.origin !== origin || parsed.username !== '' || parsed.password !== '') return null;
  return NO_PAGE.test(parsed.pathname) ? null : page;
}
