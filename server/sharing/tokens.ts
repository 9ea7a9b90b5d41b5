import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AnswerOf, DoorRefusal, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { Person } from '../../lib/contracts/identity.ts';
import type { studioMakeToken, studioRevokeToken, studioTokens } from '../../lib/contracts/studio-tokens.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { TokenScope } from '../../lib/domain/sharing/studio.ts';
import { audit } from '../ops/audit.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';

/*
 * Tokens of the API: 256 random bits, shown once and kept as their hash. One speaks for the marketer who made it, as long
 * as he is one, and may do what its scopes say.
 */

const PREFIX = 'festa_';
const SHOWN_MAX = 200;
const hashOf = (token: string) => createHash('sha256').update(token).digest();
const marketer = (id: string) => `marketer:${id}`;

export async function makeToken(
  db: Database,
  marketerId: string,
  { name, scopes, days }: RequestOf<typeof studioMakeToken>,
): Promise<AnswerOf<typeof studioMakeToken>> {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const id = `tok_${randomUUID()}`;
  const { tokensMax } = LIMITS.sharing;
  return db.transaction(async (tx) => {
    // One at a time, so that two taps do not go over the number.
    await tx.query(`select pg_advisory_xact_lock(hashtext('share_token'))`);
    const [row] = await tx.query<{ expiresAt: number }>(
      `insert into share_token (id, hash, start, name, scopes, made_by, expires_at)
       select $1, $2, $3, $4, $5::text[], $6, now() + $7 * interval '1 day'
       where (select count(*) from share_token where revoked_at is null and expires_at > now()) < $8
       returning ${epochMs('expires_at')} as "expiresAt"`,
      [id, hashOf(token), token.slice(0, PREFIX.length + 4), name, [...new Set(scopes)], marketerId, days, tokensMax],
    );
    if (!row) return refuse({ code: 'too_many_tokens', max: tokensMax });
    const detail = { name, scopes, expiresAt: row.expiresAt };
    await audit(tx, { actor: marketer(marketerId), action: 'studio.makeToken', target: id, detail });
    return accept({ id, token, expiresAt: row.expiresAt });
  });
}

export async function revokeToken(
  db: Database,
  marketerId: string,
  id: string,
): Promise<AnswerOf<typeof studioRevokeToken>> {
  return db.transaction(async (tx) => {
    const [known] = await tx.query<{ isOver: boolean }>(
      'select revoked_at is not null as "isOver" from share_token where id = $1 for update',
      [id],
    );
    if (!known) return refuse({ code: 'unknown_token' });
    if (known.isOver) return accept({});
    await tx.query('update share_token set revoked_at = now(), revoked_by = $2 where id = $1', [id, marketerId]);
    await audit(tx, { actor: marketer(marketerId), action: 'studio.revokeToken', target: id });
    return accept({});
  });
}

export async function listTokens(db: Queryable): Promise<ValueOf<typeof studioTokens>> {
  const now = await databaseNow(db);
  return {
    now,
    tokens: await db.query(
      `select t.id, t.name, t.scopes, t.start, coalesce(nullif(trim(p.display_name), ''), t.made_by) as "madeBy",
         ${epochMs('t.made_at')} as "madeAt", ${epochMs('t.expires_at')} as "expiresAt",
         ${epochMs('t.last_used_at')} as "lastUsedAt", ${epochMs('t.revoked_at')} as "revokedAt"
       from share_token t left join person p on p.id = t.made_by order by t.made_at desc, t.id limit ${SHOWN_MAX}`,
    ),
  };
}

type Row = { readonly id: string; readonly madeBy: string; readonly name: string; readonly scopes: TokenScope[] };

/** Who a token speaks for; with the limit of each token on this edge. */
export function openTokens(db: Database) {
  const { points, perSeconds } = LIMITS.sharing.perToken;
  const pace = new RateLimiterMemory({ points, duration: perSeconds });
  return async function personOf(token: string, scope: TokenScope): Promise<Result<Person, DoorRefusal>> {
    if (!token.startsWith(PREFIX)) return refuse({ code: 'login_required' });
    const [row] = await db.query<Row>(
      `select t.id, t.made_by as "madeBy", t.scopes, p.display_name as name
       from share_token t join person p on p.id = t.made_by and p.role = 'marketer'
       where t.hash = $1 and t.revoked_at is null and t.expires_at > now()`,
      [hashOf(token)],
    );
    if (!row) return refuse({ code: 'login_required' });
    if (!row.scopes.includes(scope)) return refuse({ code: 'forbidden' });
    try {
      await pace.consume(row.id);
    } catch (limited) {
      return refuse({ code: 'try_later', retryAfterMs: (limited as { msBeforeNext?: number }).msBeforeNext ?? 1_000 });
    }
    await db.query(
      `update share_token set last_used_at = now()
       where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [row.id],
    );
    return accept({
      id: row.madeBy,
      role: 'marketer',
      displayName: row.name,
      phoneMasked: null,
      isVerified: false,
      locale: 'zh-CN',
      isDemo: false,
    });
  };
}
