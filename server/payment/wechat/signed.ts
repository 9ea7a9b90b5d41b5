import { createDecipheriv, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto';
import type { WechatBridge } from '../../../lib/contracts/payment.ts';
import type { WechatAccount } from '../../platform/payment-accounts.ts';

/*
 * WeChat Pay API v3 on the wire. Both sides sign with SHA256-RSA2048; what a notice holds is sealed with
 * AES-GCM under the merchant's API v3 key. (docs/adr/0010 says why this is not a package.)
 */

/** A signature is believed for this long; a copy that is sent again later is not. */
const AGE_MS_MAX = 5 * 60_000;
const TAG_BYTES = 16;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The Authorization header of one request. `pathAndQuery` is what stands behind the host. */
export function authorization(
  account: Pick<WechatAccount, 'merchantId' | 'merchantSerial' | 'merchantKey'>,
  request: { method: string; pathAndQuery: string; body: string; nowMs: number },
): string {
  const timestamp = Math.floor(request.nowMs / 1000);
  const nonce = randomBytes(16).toString('hex');
  const message = `${request.method}\n${request.pathAndQuery}\n${timestamp}\n${nonce}\n${request.body}\n`;
  const signature = createSign('RSA-SHA256').update(message).sign(account.merchantKey, 'base64');
  const facts = {
    mchid: account.merchantId,
    nonce_str: nonce,
    signature,
    timestamp,
    serial_no: account.merchantSerial,
  };
  const text = Object.entries(facts).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${text.join(',')}`;
}

/** What WeChat's own browser takes to ask for the money of a trade; the merchant signs who, when and which. */
export function bridgeOf(
  account: Pick<WechatAccount, 'appId' | 'merchantKey'>,
  prepayId: string,
  nowMs: number,
): WechatBridge {
  const facts = {
    appId: account.appId,
    timeStamp: `${Math.floor(nowMs / 1000)}`,
    nonceStr: randomBytes(16).toString('hex'),
    package: `prepay_id=${prepayId}`,
  };
  const message = `${facts.appId}\n${facts.timeStamp}\n${facts.nonceStr}\n${facts.package}\n`;
  const paySign = createSign('RSA-SHA256').update(message).sign(account.merchantKey, 'base64');
  return { ...facts, signType: 'RSA', paySign };
}

/** Why a notice or an answer is not from WeChat Pay; null when it is. `body` is what came, to the byte. */
export function signatureFault(
  platformKeys: ReadonlyMap<string, KeyObject>,
  headers: Headers,
  body: string,
  nowMs: number,
): string | null {
  const [serial, timestamp, nonce, signature] = ['serial', 'timestamp', 'nonce', 'signature'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  if (
    typeof serial !== 'string' ||
    typeof timestamp !== 'string' ||
    typeof nonce !== 'string' ||
    typeof signature !== 'string'
  ) {
    return 'a signature header is missing';
  }
  const ageMs = nowMs - Number(timestamp) * 1000;
  if (!(Math.abs(ageMs) <= AGE_MS_MAX)) return 'the timestamp is more than 5 minutes from now';
  const key = platformKeys.get(serial);
  if (!key) return `unknown serial ${serial.slice(0, 80)}`;
  const isGood = createVerify('RSA-SHA256')
    .update(`${timestamp}\n${nonce}\n${body}\n`)
    .verify(key, signature, 'base64');
  return isGood ? null : 'the signature is not WeChat Pay’s';
}

export type SealedResource = { ciphertext: string; nonce: string; associated_data?: string | undefined };

/**
 * Opens what a notice holds. Key lengths other than 32 bytes exist in published test vectors only.
 * @throws when a byte of the ciphertext, the nonce or the associated data was changed.
 */
export function openResource(apiV3Key: string, resource: SealedResource): string {
  const key = Buffer.from(apiV3Key);
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  const algorithm = key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  const decipher = createDecipheriv(algorithm, key, Buffer.from(resource.nonce), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  decipher.setAAD(Buffer.from(resource.associated_data ?? ''));
  // `final` is what compares the tag: without it changed bytes come out as if they were good.
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]).toString();
}
