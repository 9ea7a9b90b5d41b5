import { sha256Words } from './sha256.ts';

const BLOCK_BYTES = 64;

function digest(bytes: Uint8Array): Uint8Array {
  const words = sha256Words(bytes);
  return Uint8Array.from({ length: 32 }, (_, at) => (words[at >> 2]! >>> (24 - (at % 4) * 8)) & 255);
}

/** A pad of the key with the message behind it. */
function keyed(key: Uint8Array, pad: number, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BLOCK_BYTES + message.length);
  for (let at = 0; at < BLOCK_BYTES; at += 1) bytes[at] = (key[at] ?? 0) ^ pad;
  bytes.set(message, BLOCK_BYTES);
  return bytes;
}

/**
 * HMAC-SHA-256 (RFC 2104) without a platform: a phone makes tokens offline and where the page is served over plain http,
 * and browsers offer theirs only to secure pages. @returns 32 bytes
 */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > BLOCK_BYTES ? digest(key) : key;
  return digest(keyed(short, 0x5c, digest(keyed(short, 0x36, message))));
}
