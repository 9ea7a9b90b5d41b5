import { hmacSha256 } from '../hmac.ts';
import { bytesOfHex } from '../sha256.ts';
import { SECOND_MS } from '../time.ts';
import { CODE_DIGITS, isCode } from './code.ts';

/** A token is good for this long, and while its neighbours are. */
export const STEP_MS = 30 * SECOND_MS;
/** Clocks differ, and a scan takes a moment: one step before and after. */
const STEPS_AROUND = 1;
/** Tokens of this long ago are told to be old; older or strange ones are as good as guessed. */
const STALE_STEPS = 240;

// Letters that the small mode of a QR code has.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MARK = 'FP1';
const MAC_BYTES = 10;

/** Base 32 (RFC 4648) without padding; whole groups of five bytes. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return text;
}

const stepOf = (now: number) => Math.floor(now / STEP_MS);

function macOf(secret: Uint8Array, codeId: string, step: number): string {
  const message = new TextEncoder().encode(`${codeId}|${step}`);
  return base32(hmacSha256(secret, message).subarray(0, MAC_BYTES));
}

/**
 * What the QR of a code says at `now` on the server's clock: 80 bits that only who has the secret can make.
 * @param secretHex the code's own secret, 64 hexadecimal digits
 */
export function tokenAt(secretHex: string, codeId: string, now: number): string {
  return `${MARK}.${codeId}.${macOf(bytesOfHex(secretHex), codeId, stepOf(now))}`;
}

/** Milliseconds until the token changes. */
export const tokenGoodForMs = (now: number): number => STEP_MS - (now % STEP_MS);

/** `stale`: it was right some minutes ago, as in a picture of the screen. */
export function judgeToken(secretHex: string, codeId: string, mac: string, now: number): 'good' | 'stale' | 'wrong' {
  const secret = bytesOfHex(secretHex);
  const step = stepOf(now);
  for (let back = -STEPS_AROUND; back <= STALE_STEPS; back += 1) {
    if (macOf(secret, codeId, step - back) === mac) return back <= STEPS_AROUND ? 'good' : 'stale';
  }
  return 'wrong';
}

export type Scanned =
  | { readonly kind: 'token'; readonly codeId: string; readonly mac: string }
  | { readonly kind: 'digits'; readonly digits: string }
  /** Eight digits with a slip in them: nobody has such a code. */
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'unreadable' };

/** What a camera, a scanner or a hand has brought in. */
export function readScanned(text: string): Scanned {
  const token = /^FP1\.([A-Z2-7]{12})\.([A-Z2-7]{16})$/.exec(text.trim());
  if (token) return { kind: 'token', codeId: token[1]!, mac: token[2]! };
  const digits = text.replace(/[\s\-－·]/g, '').replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  if (!/^\d+$/.test(digits) || digits.length !== CODE_DIGITS) return { kind: 'unreadable' };
  return isCode(digits) ? { kind: 'digits', digits } : { kind: 'mistyped' };
}
