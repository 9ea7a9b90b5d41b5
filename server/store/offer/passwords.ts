import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import { isLocked, NO_TRIES, type Tries, triesLeft, wrongCode } from '../../../lib/domain/pickup/tries.ts';
import { accept, type Result, refuse } from '../../../lib/domain/result.ts';
import { PASSWORD_LENGTH, PASSWORD_LETTERS, readPassword, spokenPassword } from '../../../lib/domain/store/password.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { epochMs } from '../../promo/coupon-rows.ts';

type Refusal = { code: 'unknown_store_password'; triesLeft: number } | { code: 'store_password_locked'; until: number };

/** Passwords of stores: drawn here, told once, kept as keyed hashes of this installation. */
export function storePasswords(installationSecret: string) {
  const key = Buffer.from(hkdfSync('sha256', installationSecret, '', 'store-offer:password', 32));
  const hashOf = (letters: string) => createHmac('sha256', key).update(letters).digest('base64url');

  return {
    /** Draws a password and puts it in the place of the one before. Answers it as it is said. */
    async renew(tx: Queryable, storeId: string, by: string): Promise<string> {
      const letters = Array.from(
        { length: PASSWORD_LENGTH },
        () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)],
      );
      await tx.query(
        `insert into store_password (store_id, hash, set_by) values ($1, $2, $3)
         on conflict (store_id) do update set hash = excluded.hash, set_by = excluded.set_by, set_at = clock_timestamp()`,
        [storeId, hashOf(letters.join('')), by],
      );
      return spokenPassword(letters.join(''));
    },

    /**
     * The store whose password this is. A person's guesses come one after the other, however many are sent at once: the
     * fifth wrong one of a minute locks him for ten, and right ones are not looked at meanwhile either.
     */
    storeOf(db: Database, shopperId: string, typed: string): Promise<Result<string, Refusal>> {
      return db.transaction(async (tx): Promise<Result<string, Refusal>> => {
        await tx.query('insert into store_claimer (shopper_id) values ($1) on conflict do nothing', [shopperId]);
        const [row] = await tx.query<{ wrong_at: string[]; locked_until: number; now: number }>(
          `select wrong_at, locked_until, ${epochMs('clock_timestamp()')} as now from store_claimer
           where shopper_id = $1 for update`,
          [shopperId],
        );
        const now = row?.now ?? 0;
        const before: Tries = row ? { wrongAt: row.wrong_at.map(Number), lockedUntil: row.locked_until } : NO_TRIES;
        if (isLocked(before, now)) return refuse({ code: 'store_password_locked', until: before.lockedUntil });
        const letters = readPassword(typed);
        const [store] =
          letters === null
            ? []
            : await tx.query<{ id: string }>('select store_id as id from store_password where hash = $1', [
                hashOf(letters),
              ]);
        if (store) return accept(store.id);
        const tries = wrongCode(before, now);
        await tx.query('update store_claimer set wrong_at = $2::bigint[], locked_until = $3 where shopper_id = $1', [
          shopperId,
          tries.wrongAt,
          tries.lockedUntil,
        ]);
        return isLocked(tries, now)
          ? refuse({ code: 'store_password_locked', until: tries.lockedUntil })
          : refuse({ code: 'unknown_store_password', triesLeft: triesLeft(tries, now) });
      });
    },
  };
}

export type StorePasswords = ReturnType<typeof storePasswords>;
