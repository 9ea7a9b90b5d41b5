import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { assert } from '../../lib/domain/assert.ts';
import { CODE_NUMBERS, codeOf } from '../../lib/domain/pickup/code.ts';
import type { Queryable } from '../platform/database.ts';
import { makeShareCode } from '../platform/share-code.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Free numbers are found at the first draw unless a store is nearly full of codes. */
const DRAWS_MAX = 50;

/** What the token of a code names; says nothing. */
export const makeCodeId = (): string => Array.from(randomBytes(12), (byte) => LETTERS[byte & 31]).join('');

/** What is sealed with a code: what the phone shows, and the code of a friend's link. */
export type OpenedCode = { readonly digits: string; readonly secret: string; readonly link: string | null };

export type CodeRow = {
  id: string;
  order_id: string;
  store_id: string;
  kind: 'own' | 'friend';
  sealed: Buffer;
  used_at: Date | null;
  revoked_at: Date | null;
};

/** Codes of one installation: made at random, kept as keyed hashes, sealed with a key of their own. */
export function pickupCodes(installationSecret: string) {
  const keyOf = (what: string) => Buffer.from(hkdfSync('sha256', installationSecret, '', `pickup:${what}`, 32));
  const [sealKey, hashKey] = [keyOf('seal'), keyOf('hash')];
  const hashOf = (what: 'digits' | 'link', text: string) =>
    createHmac('sha256', hashKey).update(`${what}:${text}`).digest('base64url');

  /** Readable only with this installation's secret, and only as the code of this id. */
  function seal(codeId: string, code: OpenedCode): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(codeId));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(code)), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
  }

  /** @throws when it was sealed by another installation, or for another code. */
  function open({ id, sealed }: Pick<CodeRow, 'id' | 'sealed'>): OpenedCode {
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(id))
      .setAuthTag(sealed.subarray(end));
    return JSON.parse(
      `${decipher.update(sealed.subarray(NONCE_BYTES, end), undefined, 'utf8')}${decipher.final('utf8')}`,
    );
  }

  return {
    seal,
    hashOfDigits: (digits: string) => hashOf('digits', digits),
    hashOfLink: (link: string) => hashOf('link', link),
    open,

    /**
     * Makes a code that no other order of the store has or had in 180 days. The caller has locked the order, and seen
     * that it has none of this kind.
     */
    async make(
      tx: Queryable,
      wanted: { orderId: string; storeId: string; kind: 'own' | 'friend'; key?: string },
    ): Promise<void> {
      const { orderId, storeId, kind, key } = wanted;
      const id = makeCodeId();
      const link = kind === 'friend' ? makeShareCode() : null;
      for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
        const digits = codeOf(randomInt(CODE_NUMBERS));
        const sealed = seal(id, { digits, secret: randomBytes(32).toString('hex'), link });
        const made = await tx.query(
          `insert into pickup_code (id, order_id, store_id, kind, code_hash, sealed, key, link_hash)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (store_id, code_hash) do nothing returning id`,
          [id, orderId, storeId, kind, hashOf('digits', digits), sealed, key ?? null, link && hashOf('link', link)],
        );
        if (made.length === 1) return;
      }
      assert(false, `store ${storeId} has no free codes`);
    },
  };
}

export type PickupCodes = ReturnType<typeof pickupCodes>;
