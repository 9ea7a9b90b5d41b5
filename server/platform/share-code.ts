import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 12;
/** The last whole multiple of 62 in a byte: what is above would make some characters likelier. */
const FAIR_BELOW = 248;

/** The code by which a team or a packet is shared: 12 characters of 62, 71 random bits, no meaning. */
export function makeShareCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR_BELOW && code.length < LENGTH) code += LETTERS[byte % LETTERS.length];
    }
  }
  return code;
}

/** Whether something that was typed or pasted can be such a code at all. */
export const isShareCode = (given: string): boolean => /^[0-9A-Za-z]{12}$/.test(given);
