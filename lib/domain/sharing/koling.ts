import { SHARE_CODE_LENGTH } from './share-link.ts';

/*
 * Words used in this file:
 *
 * - koling: 口令, a share link's code with two signs that check it, between two yuan signs, in a sentence that is copied.
 *           Where an app blocks links it travels as text; pasted into the shop's search it opens the page.
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK_LENGTH = 2;
const LENGTH = SHARE_CODE_LENGTH + CHECK_LENGTH;
/** The largest prime below 62²; 3 is of a high order in it, so that no two places of a koling weigh the same. */
const PRIME = 3_833;
const STEP = 3;

/** The shop's name stands in every sentence with a koling; without it a broken one is any text with yuan signs. */
const SHOP = /festa/i;
const TEXT_CHARS_MAX = 2_000;
/** What may stand between the two signs of a broken koling. */
const BROKEN_MIN = 8;
const BROKEN_MAX = 40;

/** Two signs that change with every single sign of the code, and when two of its signs change places. */
function checkOf(code: string): string {
  let weight = 1;
  let sum = 0;
  for (const sign of code) {
    weight = (weight * STEP) % PRIME;
    sum = (sum + weight * (ALPHABET.indexOf(sign) + 1)) % PRIME;
  }
  return `${ALPHABET[Math.floor(sum / ALPHABET.length)]}${ALPHABET[sum % ALPHABET.length]}`;
}

/** A share link's code as it stands in a sentence that is copied: `¥…¥`. */
export function kolingOf(code: string): string {
  return `¥${code}${checkOf(code)}¥`;
}

function codeOf(signs: string): string | null {
  if (signs.length !== LENGTH) return null;
  const code = signs.slice(0, SHARE_CODE_LENGTH);
  return checkOf(code) === signs.slice(SHARE_CODE_LENGTH) ? code : null;
}

/** What chat apps put into a text: emoji, also in words (`[微笑]`), and signs that nobody sees. */
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Mn}\u115f\u3164]/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\[[^[\]\n]{1,12}\]/gu;
const NEITHER_SIGN = /[^0-9A-Za-z]/g;
/** Between two yuan signs, also where an app has made other currencies of them. */
const BETWEEN = /[¥$€£₤₴](?=([^¥$€£₤₴]{8,160})[¥$€£₤₴])/g;

/** `broken`: there was one, and it did not come through whole. */
export type KolingFound = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'broken' };

/**
 * The share link that a pasted text means: by a koling, whole or with what chat apps put into it (full-width signs,
 * spaces, line breaks, emoji), or by a link of a shop. Null when there is none.
 */
export function kolingIn(text: string): KolingFound | null {
  const read = text.slice(0, TEXT_CHARS_MAX).normalize('NFKC');
  const linked = read.match(/\/s\/([0-9A-Za-z]+)(?![0-9A-Za-z])/)?.[1];
  if (linked?.length === SHARE_CODE_LENGTH) return { kind: 'code', code: linked };
  const plain = read.replaceAll(EMOJI, '').replaceAll(/\s/g, ' ').replaceAll(INVISIBLE, '');
  let isBroken = false;
  for (const [, between = ''] of plain.matchAll(BETWEEN)) {
    const signs = between.replaceAll(NEITHER_SIGN, '');
    const code = codeOf(signs);
    if (code !== null) return { kind: 'code', code };
    // A price has a few digits between its signs, a sentence has words.
    isBroken ||= signs.length >= BROKEN_MIN && signs.length <= BROKEN_MAX && /^[0-9A-Za-z .·-]*$/.test(between);
  }
  // An app has taken the yuan signs away.
  for (const [run] of plain.matchAll(/(?<![0-9A-Za-z])[0-9A-Za-z]+(?![0-9A-Za-z])/g)) {
    const code = codeOf(run);
    if (code !== null) return { kind: 'code', code };
  }
  return isBroken && SHOP.test(plain) ? { kind: 'broken' } : null;
}
