import { createHash, webcrypto } from 'node:crypto';
import type { DeviceSignature } from '../../lib/contracts/risk.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import type { RiskHashes } from './hashes.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
/** How far a phone's idea of the server's time may be off. */
const LATE_MS = 10 * MINUTE_MS;
const REMEMBERED_MAX = 20_000;

/** What a device signs: one command, once. */
export const signedText = (command: string, key: string, at: number): string => `festa:${command}:${key}:${at}`;

const importKey = (raw: Buffer) => webcrypto.subtle.importKey('raw', raw, ALGORITHM, false, ['verify']);

/** Keys of devices: learned once, looked up by the name that follows from the key, asked whether a signature is theirs. */
export function openDevices({ db, hashes }: { db: Database; hashes: RiskHashes }) {
  type Known = { readonly key: webcrypto.CryptoKey; readonly madeAt: number };
  const known = new Map<string, Known>();

  async function keyOf(hash: string): Promise<Known | null> {
    const remembered = known.get(hash);
    if (remembered) return remembered;
    const [row] = await db.query<{ key: string; madeAt: number }>(
      `update risk_device set used_at = now() where id = $1
       returning public_key as key, (extract(epoch from made_at) * 1000)::bigint as "madeAt"`,
      [hash],
    );
    if (!row) return null;
    const found = { key: await importKey(Buffer.from(row.key, 'base64url')), madeAt: row.madeAt };
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(hash, found);
    return found;
  }

  return {
    /** @returns the device's name, or null for bytes that are no point of the curve */
    async register(publicKey: string): Promise<string | null> {
      const raw = Buffer.from(publicKey, 'base64url');
      try {
        await importKey(raw);
      } catch {
        return null;
      }
      const id = createHash('sha256').update(raw).digest('base64url');
      await db.query(
        `insert into risk_device (id, public_key) values ($1, $2)
         on conflict (id) do update set used_at = now()`,
        [hashes.device(id), publicKey],
      );
      return id;
    },

    /**
     * The device that signed this command at about `now`, epoch ms; null when none did: the key is not known, the
     * signature is another command's, or old.
     */
    async verify(
      given: DeviceSignature | undefined,
      command: string,
      key: string,
      now: number,
    ): Promise<{ readonly hash: string; readonly seenAt: number } | null> {
      if (!given || Math.abs(now - given.at) > LATE_MS) return null;
      const hash = hashes.device(given.id);
      const device = await keyOf(hash);
      if (!device) return null;
      const text = new TextEncoder().encode(signedText(command, key, given.at));
      const isGood = await webcrypto.subtle.verify(
        SIGNATURE,
        device.key,
        Buffer.from(given.signature, 'base64url'),
        text,
      );
      return isGood ? { hash, seenAt: device.madeAt } : null;
    },
  };
}

export type Devices = ReturnType<typeof openDevices>;
