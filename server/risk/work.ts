import { createHmac } from 'node:crypto';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { ValueOf } from '../../lib/contracts/contract.ts';
import type { riskWork } from '../../lib/contracts/risk.ts';
import { workFor } from '../../lib/domain/risk/work.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';

type Challenge = ValueOf<typeof riskWork>['challenge'];

/** How long a challenge can be answered. */
const GOOD_MS = 10 * MINUTE_MS;

/** What was sent as work, if it has the form of it. */
function parsed(work: string): { challenge: Challenge; solution: { counter: number; derivedKey: string } } | null {
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(work, 'base64').toString('utf8'));
    const { parameters, signature } = challenge;
    if (typeof parameters?.nonce !== 'string' || typeof parameters.salt !== 'string') return null;
    if (typeof parameters.expiresAt !== 'number' || typeof signature !== 'string') return null;
    return { challenge, solution };
  } catch {
    return null;
  }
}

/** Proof of work in the format of altcha 2: what is asked is signed, and what was done is good for one command. */
export function openWork({ db, secret }: { db: Database; secret: string }) {
  const keyOf = (use: string) => createHmac('sha256', secret).update(`work:${use}`).digest('base64url');
  const secrets = { hmacSignatureSecret: keyOf('challenge'), hmacKeySignatureSecret: keyOf('key') };

  return {
    /** @param score 0–100, of who asks */
    async challenge(command: string, score: number): Promise<Challenge> {
      const { rounds, triesMin, triesMax } = workFor(score);
      return (await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: rounds,
        counter: randomInt(triesMax, triesMin),
        deriveKey,
        data: { command },
        expiresAt: new Date(Date.now() + GOOD_MS),
        ...secrets,
      })) as Challenge;
    },

    /**
     * Whether work was done for this command. It is spent by that, once for all processes; the same command again (the
     * same person and key) finds it spent by itself.
     */
    async spend(work: string, command: string, by: string): Promise<'done' | 'spent' | 'wrong'> {
      const given = parsed(work);
      if (given?.challenge.parameters.data?.command !== command) return 'wrong';
      const { verified } = await verifySolution({ ...given, deriveKey, ...secrets }).catch(() => ({ verified: false }));
      if (!verified) return 'wrong';
      const { nonce, salt, expiresAt } = given.challenge.parameters;
      const [row] = await db.query<{ spentBy: string }>(
        `with spent as (
           insert into risk_work_spent (challenge, spent_by, expires_at) values ($1, $2, to_timestamp($3))
           on conflict (challenge) do nothing returning spent_by
         )
         select spent_by as "spentBy" from spent
         union all select spent_by from risk_work_spent where challenge = $1`,
        [`${nonce}.${salt}`, by, expiresAt],
      );
      // Neither row is seen when somebody else has spent it in this very moment.
      return row?.spentBy === by ? 'done' : 'spent';
    },
  };
}

export type Work = ReturnType<typeof openWork>;
