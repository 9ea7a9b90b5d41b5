import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A merchant's account at WeChat Pay, API v3. */
export type WechatAccount = {
  readonly appId: string;
  readonly merchantId: string;
  /** Serial number of the merchant's certificate. */
  readonly merchantSerial: string;
  readonly merchantKey: KeyObject;
  /** 32 bytes; opens what a notice holds. */
  readonly apiV3Key: string;
  /** WeChat Pay's own keys by the serial number or public key id that its signatures name. */
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  readonly origin: string;
};

/** An application at Alipay's open platform, with key signing (RSA2). */
export type AlipayAccount = {
  readonly appId: string;
  /** PKCS #8 PEM. */
  readonly appKey: string;
  /** PEM; Alipay's key, not the application's. */
  readonly alipayPublicKey: string;
  readonly gateway: string;
};

export type Env = Readonly<Record<string, string | undefined>>;
/** Told to the person at the terminal. */
export class AccountError extends Error {}

/** All of these settings or none; null: what they are for is off. @throws AccountError when some are missing. */
export function allOrNone<const Name extends string>(env: Env, names: readonly Name[]): Record<Name, string> | null {
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return null;
  if (missing.length > 0) throw new AccountError(`Set ${missing.join(', ')} too, or none of them.`);
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<Name, string>;
}

function fromFile<T>(name: string, file: string, read: (pem: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AccountError(`${name}: ${file} holds no usable key (${(error as Error).message}).`);
  }
}

/** A platform key file: a certificate or a bare public key. */
function platformKey(pem: string): KeyObject {
  return pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

/** `SERIAL=file,PUB_KEY_ID_…=file` → the keys by name. */
function platformKeys(text: string): Map<string, KeyObject> {
  return new Map(
    text.split(',').map((pair) => {
      const [serial = '', file = ''] = pair.trim().split('=');
      return [serial, fromFile('WECHAT_PAY_PLATFORM_KEYS', file, platformKey)];
    }),
  );
}

/** @throws AccountError when settings are missing or a key cannot be read. */
export function wechatAccount(env: Env): WechatAccount | null {
  const set = allOrNone(env, [
    'WECHAT_PAY_APP_ID',
    'WECHAT_PAY_MERCHANT_ID',
    'WECHAT_PAY_MERCHANT_SERIAL',
    'WECHAT_PAY_MERCHANT_KEY',
    'WECHAT_PAY_API_V3_KEY',
    'WECHAT_PAY_PLATFORM_KEYS',
  ]);
  if (!set) return null;
  if (Buffer.byteLength(set.WECHAT_PAY_API_V3_KEY) !== 32) {
    throw new AccountError('WECHAT_PAY_API_V3_KEY has 32 characters.');
  }
  return {
    appId: set.WECHAT_PAY_APP_ID,
    merchantId: set.WECHAT_PAY_MERCHANT_ID,
    merchantSerial: set.WECHAT_PAY_MERCHANT_SERIAL,
    merchantKey: fromFile('WECHAT_PAY_MERCHANT_KEY', set.WECHAT_PAY_MERCHANT_KEY, createPrivateKey),
    apiV3Key: set.WECHAT_PAY_API_V3_KEY,
    platformKeys: platformKeys(set.WECHAT_PAY_PLATFORM_KEYS),
    origin: env.WECHAT_PAY_ORIGIN ?? 'https://api.mch.weixin.qq.com',
  };
}

/** @throws AccountError when settings are missing or a key cannot be read. */
export function alipayAccount(env: Env): AlipayAccount | null {
  const set = allOrNone(env, ['ALIPAY_APP_ID', 'ALIPAY_APP_KEY', 'ALIPAY_PUBLIC_KEY']);
  if (!set) return null;
  return {
    appId: set.ALIPAY_APP_ID,
    appKey: fromFile('ALIPAY_APP_KEY', set.ALIPAY_APP_KEY, (pem) =>
      createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    alipayPublicKey: fromFile('ALIPAY_PUBLIC_KEY', set.ALIPAY_PUBLIC_KEY, (pem) =>
      createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
    ),
    gateway: env.ALIPAY_GATEWAY ?? 'https://openapi.alipay.com/gateway.do',
  };
}
