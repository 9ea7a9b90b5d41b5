import { createECDH, createPrivateKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import { HOUR_MS, SECOND_MS } from '../../lib/domain/time.ts';

/** The order of the curve's group (SEC 2, secp256r1). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const GOOD_FOR_MS = 12 * HOUR_MS;
const RENEW_MS = 1 * HOUR_MS;

/**
 * The shop's key towards push services (VAPID, RFC 8292). It follows from the installation's secret, which was made at
 * the first start: every process has the same one, and there is no second secret to keep. With another secret it is
 * another key, and devices of the old one are not written to (`keyId`).
 */
export type PushKeys = {
  /** Uncompressed point, base64url: what a browser subscribes with. */
  readonly publicKey: string;
  /** Short name of the public key. */
  readonly keyId: string;
  /** The Authorization header for a push service. `now` in epoch ms. */
  authorization(endpoint: string, now: number): string;
};

/** A number below the order of the group, from more bits than it has (FIPS 186-5, A.2.1). */
function privateNumber(installationSecret: string): Buffer {
  const wide = Buffer.from(hkdfSync('sha256', installationSecret, '', 'outreach:push-key', 48));
  const number = (BigInt(`0x${wide.toString('hex')}`) % (ORDER - 1n)) + 1n;
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
}

function keyObject(secret: Buffer, point: Buffer): KeyObject {
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  return createPrivateKey({
    key: { kty: 'EC', crv: 'P-256', d: secret.toString('base64url'), x: coordinate(1), y: coordinate(33) },
    format: 'jwk',
  });
}

/** @param contact whom a push service may write to: a https or mailto address */
export function pushKeys(installationSecret: string, contact: string): PushKeys {
  const secret = privateNumber(installationSecret);
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secret);
  const point = pair.getPublicKey();
  const publicKey = point.toString('base64url');
  const key = keyObject(secret, point);
  const made = new Map<string, { header: string; until: number }>();
  const part = (facts: object) => Buffer.from(JSON.stringify(facts)).toString('base64url');

  return {
    publicKey,
    keyId: publicKey.slice(0, 16),
    authorization(endpoint, now) {
      const { origin } = new URL(endpoint);
      const known = made.get(origin);
      if (known && now < known.until - RENEW_MS) return known.header;
      const until = now + GOOD_FOR_MS;
      const claims = { aud: origin, exp: Math.floor(until / SECOND_MS), sub: contact };
      const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
      const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      const header = `vapid t=${text}.${signature}, k=${publicKey}`;
      made.set(origin, { header, until });
      return header;
    },
  };
}
