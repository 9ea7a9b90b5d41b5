const NAME_CHARS_MAX = 20;
/** What is looked at of a name; more is none. */
const NAME_CHARS_READ = 200;
/** A number somebody could be called by; nobody’s name has so many digits. */
const DIGITS_MAX = 6;

/**
 * A person's name as marketers see it: letters, digits, spaces and plain signs of any script, 20 at most; null when
 * nothing is left, or when it is a phone number in disguise. What turns the direction of writing, cannot be seen, or
 * piles marks upon letters is left out, so that a name cannot look like another or spoil the line it stands in.
 */
export function shownName(given: string): string | null {
  const kept = given
    .slice(0, NAME_CHARS_READ)
    .normalize('NFKC')
    // The last ones are letters that look like nothing at all.
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Zs}·._'’-]|[\u115F\u1160\u3164\uFFA0]/gu, '')
    // What stood apart may belong together now.
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    // A mark needs a letter to stand on.
    .replaceAll(/(^|\s)\p{M}+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if ((kept.match(/\p{Nd}/gu) ?? []).length > DIGITS_MAX) return null;
  const name = [...kept].slice(0, NAME_CHARS_MAX).join('').trim();
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}
