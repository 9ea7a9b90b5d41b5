import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Claim } from './claims.ts';

/** The usual way: a transaction per claim, the account's row locked for it; the same rows, statements prepared. */
export function openRowLock(url: string): { claim: Claim; close: () => Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  // A connection that Postgres closes while the pool says goodbye is no fault of the measurement.
  pool.on('error', () => {});

  async function work(client: pg.PoolClient, templateId: string, shopperId: string, key: string): Promise<boolean> {
    const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
    await client.query('begin');
    const account = await run(
      'lock',
      `select a.total - a.claimed as free, a.left_fen::integer as left_fen, t.worst_fen::integer as worst_fen, t.per_person
       from coupon_account a join coupon_template t on t.id = a.template_id where template_id = $1 for update of a`,
      [templateId],
    );
    const { free, left_fen, worst_fen, per_person } = account.rows[0];
    if (free < 1 || left_fen < worst_fen) return false;
    const own = await run(
      'own',
      'select count(*)::integer as n from coupon where template_id = $1 and shopper_id = $2',
      [templateId, shopperId],
    );
    if (own.rows[0].n >= per_person) return false;
    const known = await run('known', 'select 1 from coupon where shopper_id = $1 and key = $2', [shopperId, key]);
    if (known.rowCount !== 0) return false;
    await run(
      'make',
      `insert into coupon (id, template_id, shopper_id, key, number, claimed_at, valid_from, valid_until, reserved_fen)
       values ($1, $2, $3, $4, $5, now(), now(), now() + interval '7 days', $6)`,
      [`cpn_${randomUUID()}`, templateId, shopperId, key, own.rows[0].n + 1, worst_fen],
    );
    await run(
      'entry',
      `insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
       values ($1, 'left', 'reserved', $2, 'claim', 1)`,
      [templateId, worst_fen],
    );
    await run(
      'take',
      `update coupon_account set claimed = claimed + 1, left_fen = left_fen - $2, reserved_fen = reserved_fen + $2
       where template_id = $1`,
      [templateId, worst_fen],
    );
    return true;
  }

  return {
    async claim(templateId, shopperId, key) {
      const client = await pool.connect();
      try {
        const isClaimed = await work(client, templateId, shopperId, key);
        await client.query(isClaimed ? 'commit' : 'rollback');
        return isClaimed;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
