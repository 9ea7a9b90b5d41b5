import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../time.ts';
import { cleanTag, ownLanding } from './share-link.ts';

/** The columns of a file of links, and what else they may be called. */
export const BULK_COLUMNS = {
  landing: ['landing', 'landing_page', 'url', 'page', '落地页', '页面', '链接'],
  channel: ['channel', '渠道'],
  utm_source: ['utm_source', 'source', '来源'],
  utm_medium: ['utm_medium', 'medium', '媒介'],
  utm_campaign: ['utm_campaign', '推广活动'],
  utm_term: ['utm_term', 'term', '关键词'],
  utm_content: ['utm_content', 'content', '内容'],
  note: ['note', '备注'],
  expires_at: ['expires_at', 'expires', '失效时间', '过期时间'],
} as const;
export type BulkColumn = keyof typeof BULK_COLUMNS;

/** What may be wrong with a row, or with the header (`unknown_column` and the two after it). */
export const BULK_FAULTS = [
  'missing',
  'not_our_page',
  'tag_unusable',
  'note_too_long',
  'not_a_date',
  'date_is_past',
  'too_many_fields',
  'stray_quote',
  'unknown_column',
  'double_column',
  'no_landing_column',
] as const;
export type BulkFault = (typeof BULK_FAULTS)[number];

export type ShopLink = {
  readonly landing: string;
  readonly channel: string | null;
  readonly utmSource: string | null;
  readonly utmMedium: string | null;
  readonly utmCampaign: string | null;
  readonly utmTerm: string | null;
  readonly utmContent: string | null;
  readonly note: string;
  readonly expiresAt: EpochMs | null;
};

export type FaultAt = { readonly column: string | null; readonly fault: BulkFault; readonly value: string };

const NOTE_CHARS_MAX = 200;
const VALUE_CHARS_SHOWN = 60;
const TAG_CHARS_MAX = 64;

const BY_NAME = new Map<string, BulkColumn>(
  Object.entries(BULK_COLUMNS).flatMap(([column, names]) => names.map((name) => [name, column as BulkColumn] as const)),
);

/** The column that each place of the header stands for, null for one that is not known, and what is wrong with it. */
export function bulkHeader(fields: readonly string[]): { columns: (BulkColumn | null)[]; faults: FaultAt[] } {
  const faults: FaultAt[] = [];
  const seen = new Set<BulkColumn>();
  const columns = fields.map((field) => {
    const name = field.replace(/^\uFEFF/, '').trim();
    if (name === '') return null;
    const column = BY_NAME.get(name.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? null;
    const fault = column === null ? 'unknown_column' : seen.has(column) ? 'double_column' : null;
    if (fault) faults.push({ column: name.slice(0, VALUE_CHARS_SHOWN), fault, value: '' });
    if (column) seen.add(column);
    return fault === 'double_column' ? null : column;
  });
  if (!seen.has('landing')) faults.push({ column: 'landing', fault: 'no_landing_column', value: '' });
  return { columns, faults };
}

const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?(Z|[+-]\d{2}:?\d{2})?$/;
const CHINA_MS = 8 * HOUR_MS;

/** A moment as people write it: China's time when no zone is said; a day alone is meant to its end. Null: no date. */
export function bulkDate(text: string): EpochMs | null {
  const parts = DATE.exec(text.trim());
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const isDayAlone = parts[4] === undefined;
  const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  const back = new Date(at);
  const isReal =
    back.getUTCMonth() + 1 === month &&
    back.getUTCDate() === day &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60 &&
    (second ?? 0) < 60;
  if (!isReal || (year ?? 0) < 2_000 || (year ?? 0) > 2_100) return null;
  const zone = parts[7];
  const digits = zone?.replace(':', '') ?? '';
  const sign = zone?.startsWith('-') ? -1 : 1;
  const shift =
    zone === undefined
      ? CHINA_MS
      : zone === 'Z'
        ? 0
        : sign * (Number(digits.slice(1, 3)) * HOUR_MS + Number(digits.slice(3, 5)) * MINUTE_MS);
  return (at - shift + (isDayAlone ? DAY_MS : 0)) as EpochMs;
}

/** One row as a link, or all that is wrong with it. */
export function bulkRow(
  columns: readonly (BulkColumn | null)[],
  fields: readonly string[],
  now: EpochMs,
): { readonly link: ShopLink } | { readonly faults: readonly FaultAt[] } {
  const faults: FaultAt[] = [];
  const wrong = (column: string | null, fault: BulkFault, value = '') =>
    faults.push({ column, fault, value: value.replaceAll(/\s+/g, ' ').slice(0, VALUE_CHARS_SHOWN) });
  const text = (column: BulkColumn) => fields[columns.indexOf(column)]?.trim() ?? '';
  if (fields.slice(columns.length).some((field) => field.trim() !== '')) wrong(null, 'too_many_fields');

  const given = text('landing');
  const landing = ownLanding(given);
  if (given === '') wrong('landing', 'missing');
  else if (landing === null) wrong('landing', 'not_our_page', given);

  const tag = (column: BulkColumn) => {
    const value = text(column);
    if (value === '') return null;
    const clean = value.length > TAG_CHARS_MAX ? null : cleanTag(value);
    if (clean === null) wrong(column, 'tag_unusable', value);
    return clean;
  };
  const tags = {
    channel: tag('channel'),
    utmSource: tag('utm_source'),
    utmMedium: tag('utm_medium'),
    utmCampaign: tag('utm_campaign'),
    utmTerm: tag('utm_term'),
    utmContent: tag('utm_content'),
  };
  const note = text('note');
  if (note.length > NOTE_CHARS_MAX) wrong('note', 'note_too_long', note);
  const until = text('expires_at');
  const expiresAt = until === '' ? null : bulkDate(until);
  if (until !== '' && expiresAt === null) wrong('expires_at', 'not_a_date', until);
  if (expiresAt !== null && expiresAt <= now) wrong('expires_at', 'date_is_past', until);
  return faults.length > 0 || landing === null ? { faults } : { link: { landing, ...tags, note, expiresAt } };
}
