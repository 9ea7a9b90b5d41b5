import { createCipheriv, createECDH, createHmac, type ECDH, randomBytes } from 'node:crypto';

/** The keys that a browser made for its subscription. */
export type DeviceKeys = { readonly p256dh: Buffer; readonly auth: Buffer };

/** One record holds it all: services take 4,096 bytes. */
const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;
const HEADER_BYTES = 16 + 4 + 1 + 65;
/** Room for the text itself: a record without its header, the tag and the mark of the last record. */
export const PUSH_BYTES_MAX = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1;
const LAST_RECORD = 2;

const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]) => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
/** One block of HKDF (RFC 5869) is all that is ever needed here. */
const expand = (key: Buffer, info: Buffer, bytes: number) => hmac(key, info, Buffer.from([1])).subarray(0, bytes);

/** Whether somebody could read what is sealed for these keys: the point lies on the curve. */
export function areUsable({ p256dh, auth }: DeviceKeys): boolean {
  if (p256dh.length !== 65 || p256dh[0] !== 4 || auth.length !== 16) return false;
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  try {
    pair.computeSecret(p256dh);
    return true;
  } catch {
    return false;
  }
}

function freshPair(): ECDH {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return pair;
}

/**
 * Seals a text so that only the device with these keys reads it (RFC 8291 over RFC 8188, `aes128gcm`).
 * @param given only a test gives salt and pair: a second text under the same ones would give both away
 * @throws RangeError when the text is longer than `PUSH_BYTES_MAX`
 */
export function sealPush(
  device: DeviceKeys,
  text: string,
  given: { salt: Buffer; pair: ECDH } = { salt: randomBytes(16), pair: freshPair() },
): Buffer {
  const plain = Buffer.from(text);
  if (plain.length > PUSH_BYTES_MAX) throw new RangeError(`A notice has ${plain.length} bytes`);
  const { salt, pair } = given;
  const own = pair.getPublicKey();
  const shared = pair.computeSecret(device.p256dh);
  const material = expand(
    hmac(device.auth, shared),
    Buffer.concat([Buffer.from('WebPush: info\0'), device.p256dh, own]),
    32,
  );
  const base = hmac(salt, material);
  const key = expand(base, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = expand(base, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = [cipher.update(plain), cipher.update(Buffer.from([LAST_RECORD])), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(5);
  size.writeUInt32BE(RECORD_BYTES);
  size.writeUInt8(own.length, 4);
  return Buffer.concat([salt, size, own, ...sealed]);
}
