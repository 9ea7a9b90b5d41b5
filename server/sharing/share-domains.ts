import type { IncomingHttpHeaders } from 'node:http';
import { isNameless } from '../../lib/domain/sharing/share-domain.ts';
import { sharePath } from '../../lib/domain/sharing/share-link.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/domain/time.ts';
import { columnsOf, unnest } from '../platform/columns.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Loop, startLoop } from '../platform/loop.ts';
import type { UrlOf } from './studio-sql.ts';

const LOOK_EVERY_MS = 5 * SECOND_MS;

/** `foreign`: a name that leads here and that nobody has told us of. */
export type HostKind = 'own' | 'share' | 'foreign';

type Counts = { host: string; hour: number; shares: number; opens: number; wechat_opens: number };
const COUNTS = {
  host: 'text',
  hour: 'integer',
  shares: 'integer',
  opens: 'integer',
  wechat_opens: 'integer',
} as const;

const ADD = `
  insert into share_domain_hour as d (host, hour, shares, opens, wechat_opens)
  select host, hour, shares, opens, wechat_opens from ${unnest('g', COUNTS, 1)} order by 1, 2
  on conflict (host, hour) do update set shares = d.shares + excluded.shares, opens = d.opens + excluded.opens,
    wechat_opens = d.wechat_opens + excluded.wechat_opens`;

export type ShareDomains = {
  /** The host of the shop's own address. */
  readonly ownHost: string;
  kindOf(host: string | undefined): HostKind;
  /** The address of links as this caller is to hand them out: with the current domain, else with the shop's own. */
  urlFor(headers: IncomingHttpHeaders): UrlOf;
  countShares(links: number): void;
  countOpening(host: string, isWechat: boolean): void;
  /** Writes what was counted and looks which domains there are; an edge knows of a switch within five seconds. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
};

/** The share domains as one process knows them. */
export function openShareDomains({ db, log, publicUrl }: { db: Database; log: Log; publicUrl: string }): ShareDomains {
  const own = new URL(publicUrl);
  let known = new Set<string>();
  let current: string | null = null;
  let counted = new Map<string, Counts>();

  function count(host: string): Counts {
    const hour = Math.floor(Date.now() / HOUR_MS);
    const key = `${host}|${hour}`;
    const counts = counted.get(key) ?? { host, hour, shares: 0, opens: 0, wechat_opens: 0 };
    counted.set(key, counts);
    return counts;
  }

  async function write(): Promise<void> {
    if (counted.size === 0) return;
    const some = counted;
    counted = new Map();
    try {
      await db.query(ADD, columnsOf(COUNTS, [...some.values()]));
    } catch (error) {
      for (const { host, hour, ...more } of some.values()) {
        const counts = counted.get(`${host}|${hour}`) ?? { host, hour, shares: 0, opens: 0, wechat_opens: 0 };
        counts.shares += more.shares;
        counts.opens += more.opens;
        counts.wechat_opens += more.wechat_opens;
        counted.set(`${host}|${hour}`, counts);
      }
      throw error;
    }
  }

  async function refresh(): Promise<void> {
    await write();
    const rows = await db.query<{ host: string; isCurrent: boolean }>(
      'select host, is_current as "isCurrent" from share_domain',
    );
    known = new Set(rows.map(({ host }) => host));
    current = rows.find(({ isCurrent }) => isCurrent)?.host ?? null;
  }
  const loop: Loop = startLoop('share-domains', LOOK_EVERY_MS, refresh, log);

  /** Without a name of its own the shop is on somebody's desk: then whoever asks knows best by which address. */
  function originFor({ host }: IncomingHttpHeaders): string {
    if (current !== null) return `${own.protocol}//${current}`;
    return isNameless(own.host) && host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host)
      ? `${own.protocol}//${host}`
      : own.origin;
  }

  return {
    ownHost: own.host,
    kindOf(given) {
      const host = given?.toLowerCase();
      if (host === undefined || host === own.host) return 'own';
      if (known.has(host)) return 'share';
      return isNameless(host) || isNameless(own.host) ? 'own' : 'foreign';
    },
    urlFor(headers) {
      const origin = originFor(headers);
      return (code) => `${origin}${sharePath(code)}`;
    },
    countShares(links) {
      count(current ?? own.host).shares += links;
    },
    countOpening(host, isWechat) {
      const counts = count(host);
      counts.opens += 1;
      if (isWechat) counts.wechat_opens += 1;
    },
    refresh,
    async stop() {
      await loop.stop();
      await write().catch((error: unknown) => log.warn({ err: error }, 'counts of share domains were lost'));
    },
  };
}
