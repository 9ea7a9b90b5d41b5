import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { MINUTE_MS, SECOND_MS } from '../../lib/domain/time.ts';
import type { Database } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { type Given, QUOTA_IS_SPENT, TOKEN_IS_BAD, type WeixinApi, WeixinRefusal } from './weixin-api.ts';

export type CredentialKind = 'token' | 'ticket';
export type Silent = { code: 'wechat_silent'; retryAfterMs: number };

type Kept = {
  value: string | null;
  isGood: boolean;
  isDue: boolean;
  /** Until somebody should ask for the next one, ms. */
  freshMs: number;
  /** Until WeChat may be asked again after a refusal, ms. */
  waitMs: number;
};

const READ = `
  select value, coalesce(good_until > now(), false) as "isGood", coalesce(refresh_at <= now(), true) as "isDue",
    greatest(0, coalesce(extract(epoch from refresh_at - now()) * 1000, 0))::int8 as "freshMs",
    greatest(0, coalesce(extract(epoch from next_try_at - now()) * 1000, 0))::int8 as "waitMs"
  from wechat_credential where app_id = $1 and kind = $2`;

/** One holder at a time, none while WeChat wants to be left alone, and none when the next value is there already. */
const LEASE = `
  insert into wechat_credential as c (app_id, kind, leased_by, leased_until)
  values ($1, $2, $3, now() + $4 * interval '1 millisecond')
  on conflict (app_id, kind) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
  where coalesce(c.leased_until <= now(), true) and coalesce(c.next_try_at <= now(), true)
    and coalesce(c.refresh_at <= now(), true)
  returning 1`;

/** Counted from the moment of asking, when the lease began: what WeChat promises began no earlier. */
const KEEP = `
  update wechat_credential set value = $4, refreshes = refreshes + 1, fails = 0, next_try_at = null, last_fault = null,
    good_until = leased_until + $5 * interval '1 millisecond', refresh_at = leased_until + $6 * interval '1 millisecond',
    leased_by = null, leased_until = null
  where app_id = $1 and kind = $2 and leased_by = $3`;

const FAIL = `
  update wechat_credential set fails = fails + 1, last_fault = $4, leased_by = null, leased_until = null,
    next_try_at = now() + greatest($5::float8, least($6::float8, $7::float8 * power(2, least(fails, 20)))) * interval '1 millisecond'
  where app_id = $1 and kind = $2 and leased_by = $3`;

const SPOIL = `
  update wechat_credential set good_until = now(), refresh_at = now() where app_id = $1 and kind = 'token' and value = $2`;

const BACKOFF = { firstMs: 1 * SECOND_MS, maxMs: 5 * MINUTE_MS, quotaMs: 10 * MINUTE_MS };

export type CredentialDeps = {
  readonly db: Database;
  readonly api: WeixinApi;
  readonly appId: string;
  readonly log: Log;
};

/**
 * The app's token and ticket, for all edges in one row each. Whoever finds one due takes its lease and asks WeChat; all
 * others use what is there, or wait a little for the holder. A holder that dies is followed when its lease runs out, and
 * what it writes after that is not kept.
 */
export function openCredentials({ db, api, appId, log }: CredentialDeps) {
  const limits = LIMITS.wechat;
  /** What this process read last; until when by `performance.now()`. */
  const remembered = new Map<CredentialKind, { value: string; until: number }>();
  const asking = new Map<CredentialKind, Promise<Result<string, Silent>>>();

  async function ticketByToken(): Promise<Given> {
    const first = await value('token');
    if (!first.ok) throw new Error('there is no token to ask for a ticket with');
    try {
      return await api.ticket(first.value);
    } catch (error) {
      if (!(error instanceof WeixinRefusal) || !TOKEN_IS_BAD.has(error.errcode)) throw error;
      // Somebody else has asked for a token of this app, or it was reset.
      await db.query(SPOIL, [appId, first.value]);
      remembered.delete('token');
      const second = await value('token');
      if (!second.ok) throw error;
      return api.ticket(second.value);
    }
  }

  /** Asks WeChat when this process is the one that may; false: another is, or WeChat is to be left alone. */
  async function refresh(kind: CredentialKind): Promise<boolean> {
    const holder = randomUUID();
    const leased = await db.query(LEASE, [appId, kind, holder, limits.leaseMs]);
    if (leased.length === 0) return false;
    try {
      const { value: given, goodForMs } = kind === 'token' ? await api.token() : await ticketByToken();
      const goodMs = goodForMs - limits.leaseMs;
      const dueMs = goodMs - Math.min(limits.refreshBeforeMs, goodForMs / 2);
      await db.query(KEEP, [appId, kind, holder, given, goodMs, dueMs]);
      return true;
    } catch (error) {
      const isQuota = error instanceof WeixinRefusal && error.errcode === QUOTA_IS_SPENT;
      const fault = (error as Error).message;
      const atLeastMs = isQuota ? BACKOFF.quotaMs : 0;
      await db.query(FAIL, [appId, kind, holder, fault, atLeastMs, BACKOFF.maxMs, BACKOFF.firstMs]);
      log.warn({ kind, err: error }, 'WeChat gave no new credential; asked again later');
      return false;
    }
  }

  async function find(kind: CredentialKind): Promise<Result<string, Silent>> {
    const until = performance.now() + limits.waitMs;
    for (;;) {
      const [kept] = await db.query<Kept>(READ, [appId, kind]);
      if (kept?.isGood && kept.value !== null) {
        // Still good, and the next one is due: nobody waits for it.
        if (kept.isDue && kept.waitMs === 0) void refresh(kind).catch(() => {});
        const rememberMs = Math.max(limits.rememberMs.due, Math.min(kept.freshMs, limits.rememberMs.fresh));
        remembered.set(kind, { value: kept.value, until: performance.now() + rememberMs });
        return accept(kept.value);
      }
      if (kept && kept.waitMs > 0) return refuse({ code: 'wechat_silent', retryAfterMs: kept.waitMs });
      if (await refresh(kind)) continue;
      if (performance.now() >= until) return refuse({ code: 'wechat_silent', retryAfterMs: SECOND_MS });
      await sleep(limits.lookMs * (0.5 + Math.random()));
    }
  }

  /** The one in force. Many askers of a process are one asker of the database. */
  function value(kind: CredentialKind): Promise<Result<string, Silent>> {
    const known = remembered.get(kind);
    if (known && known.until > performance.now()) return Promise.resolve(accept(known.value));
    const running = asking.get(kind);
    if (running) return running;
    const run = find(kind).finally(() => asking.delete(kind));
    asking.set(kind, run);
    return run;
  }

  return {
    value,
    /** Asks for what is due before anybody needs it; the worker calls it now and then. */
    async keepFresh(): Promise<void> {
      for (const kind of ['token', 'ticket'] as const) await refresh(kind);
    },
  };
}

export type Credentials = ReturnType<typeof openCredentials>;
