import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { riskWork } from '../../lib/contracts/risk.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';
import type { Database } from '../../server/platform/database.ts';
import { freeDueHolds, freeGateHolds, takeBackRefused } from '../../server/risk/holds.ts';
import type { RewardAsk } from '../../server/risk/port.ts';
import { openRisk, type Risk } from '../../server/risk/service.ts';
import { SECRET } from './identity-edge.ts';

/** One process's rules against fraud; a browser is its header `x-session`. */
export const riskOf = (db: Database): Risk =>
  openRisk({ db, secret: SECRET, sessionOf: (headers) => String(headers['x-session'] ?? '') || null });

/** Somebody with a verified phone, for a day or as long as is said. */
export async function putPerson(db: Database, id: string, { ageMs = 24 * HOUR_MS, isBanned = false } = {}) {
  await db.query(
    `insert into person (id, display_name, email, phone_number_verified, banned, created_at)
     values ($1, '', $1 || '@phone.invalid', true, $2, now() - $3 * interval '1 millisecond')`,
    [id, isBanned, ageMs],
  );
}

/** These people pay by one account. */
export async function sharePayer(db: Database, payer: string, people: readonly string[]) {
  await db.query('insert into risk_payer (payer, shopper_id) select $1, unnest($2::text[]) on conflict do nothing', [
    payer,
    people,
  ]);
}

/** Somebody whose account is new and whose payer six others have: 85 points, held. */
export async function putSuspect(db: Database, id: string) {
  await putPerson(db, id, { ageMs: 1_000 });
  await sharePayer(db, `payer of ${id}`, [id, ...Array.from({ length: 6 }, (_, i) => `${id}-other-${i}`)]);
}

/** The same with an account of yesterday: 75 points, challenged. */
export async function putDoubtful(db: Database, id: string) {
  await putSuspect(db, id);
  await db.query(`update person set created_at = now() - interval '1 day' where id = $1`, [id]);
}

export const askOf = (shopperId: string, more: Partial<RewardAsk> = {}): RewardAsk => ({
  ...{ mechanic: 'coupon', command: 'coupon.claim', campaignId: 'campaign', shopperId, key: randomUUID() },
  caller: { address: '203.0.113.7', headers: { 'x-session': `session of ${shopperId}` } },
  ...more,
});

/** A device with a key that nobody can take out, as a phone's. */
export async function makeDevice() {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const id = createHash('sha256').update(raw).digest('base64url');
  return {
    id,
    publicKey: raw.toString('base64url'),
    async sign(command: string, key: string, at = Date.now()) {
      const text = new TextEncoder().encode(`festa:${command}:${key}:${at}`);
      const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
      return { id, at, signature: Buffer.from(signature).toString('base64url') };
    },
  };
}

/** Does the work that is asked for, as a phone does. */
export async function doWork(challenge: ValueOf<typeof riskWork>['challenge']): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** The time of a hold, and of the coupon that came of it, is over. */
export async function endHold(db: Database, decisionId: string) {
  await db.query(
    `update risk_decision set at = now() - interval '24 hours', hold_until = now() - interval '1 second' where id = $1`,
    [decisionId],
  );
  await db.query(`update coupon set held_until = now() - interval '1 second' where hold_id = $1`, [decisionId]);
}

/** Lets the worker come by. */
export async function sweepRisk(db: Database) {
  while (await freeDueHolds(db));
  await takeBackRefused(db);
  while (await freeGateHolds(db));
}

export async function decisionOf(db: Database, shopperId: string) {
  const [row] = await db.query<{ id: string; action: string; state: string; score: number; reasons: string[] }>(
    'select id, action, state, score, reasons from risk_decision where shopper_id = $1 order by at desc limit 1',
    [shopperId],
  );
  return row;
}
