import { randomBytes } from 'node:crypto';
import { SHARE_CODE_LENGTH } from '../../lib/domain/sharing/share-link.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The last whole multiple of 62 in a byte: what is above would make some characters likelier. */
const FAIR_BELOW = 248;

/** A share link's code: 17 characters of 62, 101 random bits, no meaning. */
export function makeShareCode(): string {
  let code = '';
  while (code.length < SHARE_CODE_LENGTH) {
    for (const byte of randomBytes(SHARE_CODE_LENGTH)) {
      if (byte < FAIR_BELOW && code.length < SHARE_CODE_LENGTH) code += LETTERS[byte % LETTERS.length];
    }
  }
  return code;
}
