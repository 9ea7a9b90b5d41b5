/*
 * A store's password (口令): eight letters that the shop draws, said or shown at the counter. Letters and digits that
 * look or sound alike are left out.
 */

export const PASSWORD_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const PASSWORD_LENGTH = 8;

/** What somebody typed as the letters of a password; null: it cannot be one. */
export function readPassword(text: string): string | null {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-·]/g, '');
  const isOne = letters.length === PASSWORD_LENGTH && [...letters].every((letter) => PASSWORD_LETTERS.includes(letter));
  return isOne ? letters : null;
}

/** As it is said and printed: `ABCD-EFGH`. */
export const spokenPassword = (letters: string): string => `${letters.slice(0, 4)}-${letters.slice(4)}`;
