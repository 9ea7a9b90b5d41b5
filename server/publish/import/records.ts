import { type DelimitedRow, delimitedReader, delimiterOf } from './csv.ts';
import { feedReader } from './feed.ts';
import { readFestaRecord } from './festa.ts';
import { isBroken, type Reading } from './fragment.ts';
import { googleColumn, googleColumns, readGoogleItem } from './google.ts';
import { problem, UnusableFile } from './problem.ts';
import { shopifyRows } from './shopify.ts';
import { jsonArrayReader, jsonLinesReader } from './splitter.ts';

export type Format = 'shopify' | 'google' | 'festa';
type Reader = { push(text: string): Reading[]; end(): Reading[] };

/** Rows of a Google feed as text: the same attributes as the XML, one column each. */
function googleRows(header: DelimitedRow): (row: DelimitedRow) => Reading {
  const columns = googleColumns(header.line, header.fields);
  return (row) => {
    const fields = new Map<string, string[]>();
    for (const [index, column] of columns.entries()) {
      const value = row.fields[index];
      if (column === '' || value === undefined) continue;
      fields.set(column, [...(fields.get(column) ?? []), value]);
    }
    const reading = readGoogleItem(row.line, fields);
    const shape = row.stray
      ? problem(row.stray.line, columns[row.stray.field] ?? null, 'quote_stray')
      : row.fields.slice(columns.length).some((value) => value.trim() !== '')
        ? problem(row.line, null, 'columns_too_many', { found: row.fields.length, expected: columns.length })
        : null;
    return shape ? { ...reading, fragment: null, problems: [shape] } : reading;
  };
}

function delimitedRecords(head: string, wanted: Format | undefined): Reader {
  const reader = delimitedReader(delimiterOf(head.split(/[\r\n]/).find((line) => line.trim() !== '') ?? ''));
  let read: ((row: DelimitedRow) => Reading) | null = null;
  const each = (rows: DelimitedRow[]): Reading[] => {
    const readings: Reading[] = [];
    for (const row of rows) {
      if (read) {
        readings.push(read(row));
        continue;
      }
      if (row.fields.some(isBroken)) throw new UnusableFile(row.line, 'broken_bytes');
      const names = row.fields.map(googleColumn);
      const isShopify = names.some((name) => name === 'handle' || name === 'url_handle');
      const format = wanted ?? (isShopify ? 'shopify' : names.includes('id') ? 'google' : undefined);
      if (format === 'shopify') read = shopifyRows(row);
      else if (format === 'google') read = googleRows(row);
      else throw new UnusableFile(row.line, 'format_unknown');
    }
    return readings;
  };
  return { push: (text) => each(reader.push(text)), end: () => each(reader.end()) };
}

function mapped<Raw>(reader: { push(text: string): Raw[]; end(): Raw[] }, read: (raw: Raw) => Reading): Reader {
  return { push: (text) => reader.push(text).map(read), end: () => reader.end().map(read) };
}

/** Chooses by the first characters: `<` is XML, `[` and `{` are JSON, all else has columns. */
function readerFor(head: string, wanted: Format | undefined): Reader {
  const first = head.trimStart()[0];
  if (first === '<' && (wanted ?? 'google') === 'google') {
    return mapped(feedReader(), ({ line, fields }) => readGoogleItem(line, fields));
  }
  if (wanted === 'festa' || (wanted === undefined && (first === '[' || first === '{'))) {
    return mapped(first === '[' ? jsonArrayReader() : jsonLinesReader(), readFestaRecord);
  }
  if (first === '<') throw new UnusableFile(1, 'format_unknown');
  return delimitedRecords(head, wanted);
}

const HEAD_CHARS_MAX = 100_000;

/**
 * Reads a file's text piece by piece into records, in the order of the file.
 * @throws UnusableFile where nothing that follows could be trusted.
 */
export async function* readRecords(texts: AsyncIterable<string>, wanted?: Format): AsyncGenerator<Reading[]> {
  let head = '';
  let reader: Reader | null = null;
  for await (const text of texts) {
    if (reader) {
      yield reader.push(text);
      continue;
    }
    head += text;
    // The separator of a header can be told once its line is there.
    if (!/\S[^\r\n]*[\r\n]/.test(head) && head.length < HEAD_CHARS_MAX) continue;
    reader = readerFor(head, wanted);
    yield reader.push(head);
    head = '';
  }
  if (!reader) {
    if (head.trim() === '') throw new UnusableFile(1, 'file_empty');
    reader = readerFor(head, wanted);
    yield reader.push(head);
  }
  yield reader.end();
}
