import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type { studioBulkLinks, studioMakeLink, studioStopLink } from '../../lib/contracts/studio-links.ts';
import { accept, refuse } from '../../lib/domain/result.ts';
import { bulkHeader, bulkRow, type FaultAt, type ShopLink } from '../../lib/domain/sharing/bulk-links.ts';
import { cleanTag, ownLanding } from '../../lib/domain/sharing/share-link.ts';
import { toEpochMs } from '../../lib/domain/time.ts';
import { columnsOf, unnest } from '../platform/columns.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { databaseNow } from '../promo/coupon-rows.ts';
import { type DelimitedRow, delimitedReader, delimiterOf } from '../publish/import/csv.ts';
import { UnusableFile } from '../publish/import/problem.ts';
import { makeShareCode } from './codes.ts';
import { addressOf, hasCampaign, type UrlOf } from './studio-sql.ts';

/* The shop's own links: one by one, or from a file. A key makes a second sending find what the first one made. */

const FAULTS_SHOWN = 500;

const LINK = {
  code: 'text',
  landing: 'text',
  channel: 'text',
  utm_source: 'text',
  utm_medium: 'text',
  utm_campaign: 'text',
  utm_term: 'text',
  utm_content: 'text',
  note: 'text',
  expires_at: 'bigint',
  made_line: 'integer',
} as const;

const INSERT = `
  insert into share_link (id, code, campaign_id, root_id, depth, made_by, landing, channel, utm_source, utm_medium,
    utm_campaign, utm_term, utm_content, note, expires_at, made_key, made_line)
  select f.id, f.code, $1, f.id, 0, $2, f.landing, f.channel, f.utm_source, f.utm_medium, f.utm_campaign, f.utm_term,
    f.utm_content, f.note, to_timestamp(f.expires_at / 1000.0), $3::uuid, case when $3 is null then null else f.made_line end
  from (select g.*, nextval('share_link_id_seq') as id from ${unnest('g', LINK, 4)}) f
  on conflict (made_key, made_line) where made_key is not null do nothing
  returning code, landing, made_line as line`;

type Made = { readonly code: string; readonly landing: string; readonly line: number | null };
type Numbered = { readonly line: number; readonly link: ShopLink };

/**
 * Makes these links, or finds those that the same key has made before; null when that key made others.
 * @throws when the database is away
 */
async function makeLinks(
  db: Database,
  given: { campaignId: string; marketerId: string; key: string | null; links: readonly Numbered[] },
): Promise<readonly Made[] | null> {
  const { campaignId, marketerId, key, links } = given;
  const rows = links.map(({ line, link }) => ({
    code: makeShareCode(),
    landing: link.landing,
    channel: link.channel,
    utm_source: link.utmSource,
    utm_medium: link.utmMedium,
    utm_campaign: link.utmCampaign,
    utm_term: link.utmTerm,
    utm_content: link.utmContent,
    note: link.note,
    expires_at: link.expiresAt,
    made_line: line,
  }));
  return db.transaction(async (tx) => {
    const made = await tx.query<Made>(INSERT, [campaignId, marketerId, key, ...columnsOf(LINK, rows)]);
    if (made.length === links.length || key === null) return made;
    // Somebody has sent this key before; what it made is all there is, if it is what was asked for.
    const known = await tx.query<Made>(
      `select code, landing, made_line as line from share_link
       where made_key = $1 and campaign_id = $2 and made_by = $3 order by made_line`,
      [key, campaignId, marketerId],
    );
    const wanted = new Map(links.map(({ line, link }) => [line, link.landing]));
    const isSame = known.length === wanted.size && known.every((one) => wanted.get(one.line ?? 0) === one.landing);
    if (isSame && made.length === 0) return known;
    await tx.query('delete from share_link where code = any ($1::text[])', [made.map(({ code }) => code)]);
    return null;
  });
}

/** One link of the shop. */
export async function makeLink(
  db: Database,
  marketerId: string,
  given: RequestOf<typeof studioMakeLink>,
  urlOf: UrlOf,
): Promise<AnswerOf<typeof studioMakeLink>> {
  const landing = ownLanding(given.landing);
  if (landing === null) return refuse({ code: 'not_our_page' });
  if (!(await hasCampaign(db, given.campaignId))) return refuse({ code: 'unknown_campaign' });
  const expiresAt = given.expiresAt === undefined ? null : toEpochMs(given.expiresAt);
  if (expiresAt !== null && expiresAt <= (await databaseNow(db))) return refuse({ code: 'expires_too_soon' });
  const link: ShopLink = {
    landing,
    channel: cleanTag(given.channel),
    utmSource: cleanTag(given.utmSource),
    utmMedium: cleanTag(given.utmMedium),
    utmCampaign: cleanTag(given.utmCampaign),
    utmTerm: cleanTag(given.utmTerm),
    utmContent: cleanTag(given.utmContent),
    note: given.note ?? '',
    expiresAt,
  };
  const { campaignId, key = null } = given;
  const made = await makeLinks(db, { campaignId, marketerId, key, links: [{ line: 1, link }] });
  const code = made?.[0]?.code;
  return code === undefined ? refuse({ code: 'key_reused' }) : accept({ code, ...addressOf(code, urlOf) });
}

/** Whoever's link it is: a shopper's that is misused can be stopped, too. */
export async function stopLink(db: Queryable, code: string): Promise<AnswerOf<typeof studioStopLink>> {
  const stopped = await db.query(
    'update share_link set stopped_at = coalesce(stopped_at, now()) where code = $1 returning 1',
    [code],
  );
  return stopped.length > 0 ? accept({}) : refuse({ code: 'unknown_link' });
}

/** @throws UnusableFile inside a quote that is never closed */
function rowsOf(csv: string): DelimitedRow[] {
  const text = csv.replace(/^\uFEFF/, '');
  const reader = delimitedReader(delimiterOf(text.slice(0, text.search(/[\r\n]|$/))));
  return [...reader.push(text), ...reader.end()];
}

type Bulk = {
  readonly rows: number;
  readonly links: readonly Numbered[];
  readonly faults: readonly ({ readonly line: number } & FaultAt)[];
};

function judge(rows: readonly DelimitedRow[], now: number): Bulk {
  const [head, ...body] = rows;
  const header = bulkHeader(head?.fields ?? []);
  const faults = header.faults.map((fault) => ({ line: head?.line ?? 1, ...fault }));
  const links: Numbered[] = [];
  const isReadable = !header.faults.some(({ fault }) => fault !== 'unknown_column');
  for (const { line, fields, stray } of isReadable ? body : []) {
    if (stray) {
      const column = header.columns[stray.field] ?? null;
      faults.push({ line: stray.line, column, fault: 'stray_quote', value: '' });
      continue;
    }
    const judged = bulkRow(header.columns, fields, toEpochMs(now));
    if ('link' in judged) links.push({ line, link: judged.link });
    else faults.push(...judged.faults.map((fault) => ({ line, ...fault })));
  }
  return { faults, links, rows: body.length };
}

/** Links from a file: looked at, or made. One fault makes none, unless faulty rows are to be left out. */
export async function bulkLinks(
  db: Database,
  marketerId: string,
  { campaignId, key, csv, commit, skipFaulty }: RequestOf<typeof studioBulkLinks>,
  urlOf: UrlOf,
): Promise<AnswerOf<typeof studioBulkLinks>> {
  if (!(await hasCampaign(db, campaignId))) return refuse({ code: 'unknown_campaign' });
  let rows: DelimitedRow[];
  try {
    rows = rowsOf(csv);
  } catch (error) {
    if (error instanceof UnusableFile) return refuse({ code: 'csv_unreadable', line: error.problem.line });
    throw error;
  }
  if (rows.length - 1 > LIMITS.sharing.bulkMax) return refuse({ code: 'csv_too_long', max: LIMITS.sharing.bulkMax });
  const { faults, links, rows: count } = judge(rows, await databaseNow(db));
  const isHeaderWrong = faults.some(({ fault }) => fault === 'double_column' || fault === 'no_landing_column');
  const mayMake = commit && links.length > 0 && !isHeaderWrong && (faults.length === 0 || skipFaulty);
  const made = mayMake ? await makeLinks(db, { campaignId, marketerId, key, links }) : [];
  if (made === null) return refuse({ code: 'key_reused' });
  const codes = new Map(made.map(({ line, code }) => [line, code]));
  return accept({
    isDone: mayMake,
    rows: Math.max(0, count),
    good: links.length,
    faults: faults.slice(0, FAULTS_SHOWN),
    faultCount: faults.length,
    links: links.map(({ line, link: { landing } }) => {
      const code = codes.get(line) ?? null;
      return { line, landing, code, ...(code === null ? { path: null, url: null } : addressOf(code, urlOf)) };
    }),
  });
}
