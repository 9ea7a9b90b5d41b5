import { createStore, get, set } from 'idb-keyval';
import type { DeviceSignature } from '../../contracts/risk.ts';
import { serverNow } from '../answer-clock.ts';
import { call } from '../api.ts';

/*
 * This browser's own key: made here, kept in IndexedDB, and not to be taken out of it (not extractable). It says that two
 * commands come from one device and nothing else: no fingerprint, no name, gone when the storage is emptied. It outlives
 * signing out, because it is the device's and not the person's.
 */

type Kept = { readonly id: string; readonly pair: CryptoKeyPair; registeredAt: number };

const KEPT_AS = 'key';
/** The server forgets a key 30 days after it was last used; it is told again well before. */
const REGISTER_AGAIN_MS = 10 * 86_400_000;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function readOrMake(): Promise<Kept> {
  const store = createStore('festa-device', 'key');
  const kept = await get<Kept>(KEPT_AS, store);
  if (kept !== undefined && serverNow() - kept.registeredAt < REGISTER_AGAIN_MS) return kept;
  const pair = kept?.pair ?? (await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']));
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  const id = base64url(await crypto.subtle.digest('SHA-256', raw));
  const answer = await call('risk.registerDevice', { publicKey: base64url(raw) });
  const known: Kept = { id, pair, registeredAt: answer.ok ? Math.round(serverNow()) : 0 };
  await set(KEPT_AS, known, store);
  return known;
}

let opened: Promise<Kept> | undefined;

/**
 * Signs one command: `festa:<name>:<key>:<at>` (lib/contracts/risk.ts).
 *
 * @returns null where there is no key to be had (plain http, a private window, no network): a weak sign, never a wall.
 */
export async function signCommand(name: string, key: string): Promise<DeviceSignature | null> {
  try {
    opened ??= readOrMake();
    const { id, pair, registeredAt } = await opened;
    if (registeredAt === 0) opened = undefined;
    const at = Math.round(serverNow());
    const text = new TextEncoder().encode(`festa:${name}:${key}:${at}`);
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
    return { id, at, signature: base64url(signature) };
  } catch {
    opened = undefined;
    return null;
  }
}
