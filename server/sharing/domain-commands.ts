import type { AnswerOf, RequestOf, ValueOf } from '../../lib/contracts/contract.ts';
import type {
  opsAddShareDomain,
  opsRetireShareDomain,
  opsSwitchShareDomain,
  studioDomains,
} from '../../lib/contracts/share-domains.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import {
  type DomainCounts,
  type ProbeFault,
  RECENT_HOURS,
  shareHost,
  suspicionOf,
  USUAL_HOURS,
} from '../../lib/domain/sharing/share-domain.ts';
import { audit } from '../ops/audit.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow, epochMs } from '../promo/coupon-rows.ts';
import type { Probe } from './domain-probe.ts';

const operator = (id: string) => `operator:${id}`;

type Listed = ValueOf<typeof studioDomains>;
type Row = {
  readonly host: string;
  readonly isRetired: boolean;
  readonly isCurrent: boolean;
  readonly addedAt: number | null;
  readonly probedAt: number | null;
  readonly probeFault: ProbeFault | null;
  readonly day: DomainCounts;
  readonly usual: DomainCounts;
  readonly recent: DomainCounts;
};

const sums = (hours: string) => `jsonb_build_object(
  'shares', coalesce(sum(shares) filter (where ${hours}), 0), 'opens', coalesce(sum(opens) filter (where ${hours}), 0),
  'wechatOpens', coalesce(sum(wechat_opens) filter (where ${hours}), 0))`;

/** The shop's own host first. Hours count from the epoch, the one that runs now is a part of the recent ones. */
const LIST = `
  with now_ as (select floor(extract(epoch from now()) / 3600)::integer as hour),
  hosts as (
    select $1::text as host, false as "isRetired", not exists (select 1 from share_domain where is_current) as "isCurrent",
      null::bigint as "addedAt", null::bigint as "probedAt", null::text as "probeFault", 0 as place
    union all
    select host, retired_at is not null, is_current, ${epochMs('added_at')}, ${epochMs('probed_at')}, probe_fault, 1
    from share_domain)
  select h.*, c.day, c.usual, c.recent from hosts h cross join now_ n
  cross join lateral (
    select ${sums('hour > n.hour - 24')} as day,
      ${sums(`hour <= n.hour - ${RECENT_HOURS}`)} as usual, ${sums(`hour > n.hour - ${RECENT_HOURS}`)} as recent
    from share_domain_hour where host = h.host and hour > n.hour - ${RECENT_HOURS + USUAL_HOURS}) c
  order by h.place, h."isRetired", h."addedAt", h.host`;

/** All domains with how they are; a retired one is suspected of nothing. */
export async function listDomains(db: Queryable, ownHost: string): Promise<Listed> {
  const [asOf, rows, switches] = await Promise.all([
    databaseNow(db),
    db.query<Row>(LIST, [ownHost]),
    db.query<Listed['switches'][number]>(
      `select ${epochMs('s.at')} as at, s.from_host as "from", s.to_host as "to", s.reason,
         coalesce((select nullif(trim(display_name), '') from person where 'operator:' || id = s.actor), s.actor) as by
       from share_domain_switch s order by s.id desc limit 50`,
    ),
  ]);
  const domains = rows.map(({ host, isRetired, isCurrent, addedAt, probedAt, probeFault, day, usual, recent }) => {
    const suspicion = isRetired ? null : suspicionOf(usual, recent);
    return {
      host,
      state: host === ownHost ? ('own' as const) : isRetired ? ('retired' as const) : ('ready' as const),
      isCurrent,
      addedAt,
      ...day,
      probe: probedAt === null ? null : { at: probedAt, isOk: probeFault === null, why: probeFault },
      suspicion: suspicion && { ...suspicion, hours: RECENT_HOURS },
    };
  });
  return { asOf, domains, switches };
}

/** Adds a domain; adding it again changes nothing, a retired one is ready again. */
export async function addDomain(
  db: Database,
  operatorId: string,
  given: { host: string; ownHost: string },
): Promise<AnswerOf<typeof opsAddShareDomain>> {
  const host = shareHost(given.host);
  if (host === null || host === given.ownHost) return refuse({ code: 'domain_wrong' });
  const max = LIMITS.sharing.domainsMax;
  return db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('share_domain'))`);
    const [row] = await tx.query<{ n: number }>('select count(*) as n from share_domain where host <> $1', [host]);
    if ((row?.n ?? 0) >= max) return refuse({ code: 'too_many_domains', max });
    const added = await tx.query(
      `insert into share_domain as d (host, added_by) values ($1, $2)
       on conflict (host) do update set retired_at = null where d.retired_at is not null returning 1`,
      [host, operator(operatorId)],
    );
    if (added.length > 0) await audit(tx, { actor: operator(operatorId), action: 'share.addDomain', target: host });
    return accept({ host });
  });
}

/** Links are shown with another domain from now on. */
export async function switchDomain(
  db: Database,
  operatorId: string,
  { host: given, reason, anyway = false }: RequestOf<typeof opsSwitchShareDomain>,
  probe: Probe,
): Promise<AnswerOf<typeof opsSwitchShareDomain>> {
  const host = given === null ? null : shareHost(given);
  if (given !== null) {
    const known = await db.query('select 1 from share_domain where host = $1 and retired_at is null', [host]);
    if (host === null || known.length === 0) return refuse({ code: 'unknown_domain' });
    // Asked before anything is held: a domain that is silent takes five seconds to say so.
    const fault = await probe(host);
    await db.query('update share_domain set probed_at = now(), probe_fault = $2 where host = $1', [host, fault]);
    if (fault !== null && !anyway) return refuse({ code: 'domain_silent' });
  }
  return db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('share_domain'))`);
    const [before] = await tx.query<{ host: string }>(
      'update share_domain set is_current = false where is_current and host is distinct from $1 returning host',
      [host],
    );
    const after = await tx.query(
      'update share_domain set is_current = true where host = $1 and retired_at is null and not is_current returning 1',
      [host],
    );
    if (!before && after.length === 0) return accept({});
    const from = before?.host ?? null;
    const actor = operator(operatorId);
    await tx.query('insert into share_domain_switch (from_host, to_host, actor, reason) values ($1, $2, $3, $4)', [
      from,
      host,
      actor,
      reason,
    ]);
    await audit(tx, { actor, action: 'share.switchDomain', target: host ?? 'own', detail: { from, reason } });
    return accept({});
  });
}

/** A domain is not to be used again; it goes on answering for the links that were handed out with it. */
export async function retireDomain(
  db: Database,
  operatorId: string,
  { host, reason }: RequestOf<typeof opsRetireShareDomain>,
): Promise<AnswerOf<typeof opsRetireShareDomain>> {
  return db.transaction(async (tx) => {
    const [known] = await tx.query<{ isCurrent: boolean; isRetired: boolean }>(
      `select is_current as "isCurrent", retired_at is not null as "isRetired" from share_domain where host = $1 for update`,
      [shareHost(host)],
    );
    if (!known) return refuse({ code: 'unknown_domain' });
    if (known.isCurrent) return refuse({ code: 'domain_is_current' });
    if (known.isRetired) return accept({});
    await tx.query('update share_domain set retired_at = now() where host = $1', [shareHost(host)]);
    const actor = operator(operatorId);
    await audit(tx, { actor, action: 'share.retireDomain', target: host, detail: { reason } });
    return accept({});
  });
}

/** Asks every domain that is in use whether it leads here. Answers those that do not. */
export async function probeDomains(db: Database, probe: Probe): Promise<string[]> {
  const rows = await db.query<{ host: string }>('select host from share_domain where retired_at is null order by host');
  const silent: string[] = [];
  for (const { host } of rows) {
    const fault = await probe(host);
    if (fault !== null) silent.push(host);
    await db.query('update share_domain set probed_at = now(), probe_fault = $2 where host = $1', [host, fault]);
  }
  return silent;
}
