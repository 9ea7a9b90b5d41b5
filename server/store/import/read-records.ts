import { type DelimitedRow, delimitedReader, delimiterOf } from '../../publish/import/csv.ts';

import { type JsonText, jsonArrayReader, jsonLinesReader } from '../../publish/import/splitter.ts';
import { type Field, fieldOf, REQUIRED, type StoreProblem, type StoreRecord } from './record.ts';

/** The file cannot be a list of stores: nothing of it is read on. */
export class NoStores extends Error {
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem) {
    super(`${problem.code} at line ${problem.line}`);
    this.problem = problem;
  }
}

type Reader = { push(text: string): StoreRecord[]; end(): StoreRecord[] };

const isBroken = (text: string) => text.includes('\uFFFD');

function headerOf(row: DelimitedRow, isDatumSaid: boolean): (Field | null)[] {
  const stop = (code: StoreProblem['code'], column: string) =>
    new NoStores({ line: row.line, column: null, code, facts: { column } });
  const fields = row.fields.map((name) => fieldOf(name));
  for (const [at, field] of fields.entries()) {
    if (field !== null && fields.indexOf(field) !== at) throw stop('column_repeated', row.fields[at] ?? '');
  }
  for (const field of REQUIRED) if (!fields.includes(field)) throw stop('column_missing', field);
  if (!isDatumSaid && !fields.includes('datum')) throw stop('datum_missing', 'datum');
  return fields;
}

function delimitedRecords(head: string, isDatumSaid: boolean): Reader {
  const reader = delimitedReader(delimiterOf(head.split(/[\r\n]/).find((line) => line.trim() !== '') ?? ''));
  let header: { fields: (Field | null)[]; names: readonly string[]; columns: Map<Field, string> } | null = null;
  const each = (rows: DelimitedRow[]): StoreRecord[] => {
    const records: StoreRecord[] = [];
    for (const row of rows) {
      if (!header) {
        const fields = headerOf(row, isDatumSaid);
        const columns = new Map<Field, string>();
        for (const [at, field] of fields.entries()) if (field) columns.set(field, row.fields[at] ?? field);
        header = { fields, names: row.fields, columns };
        continue;
      }
      const { fields: order, names, columns } = header;
      const fields = new Map<Field, string>();
      let fault: StoreProblem | null = null;
      for (const [at, field] of order.entries()) {
        const value = row.fields[at] ?? '';
        if (isBroken(value)) fault ??= { line: row.line, column: names[at] ?? null, code: 'broken_bytes', facts: {} };
        if (field && value.trim() !== '') fields.set(field, value.trim());
      }
      if (row.stray) {
        fault = { line: row.stray.line, column: names[row.stray.field] ?? null, code: 'quote_stray', facts: {} };
      } else if (row.fields.slice(order.length).some((value) => value.trim() !== '')) {
        const facts = { found: row.fields.length, expected: order.length };
        fault = { line: row.line, column: null, code: 'columns_too_many', facts };
      }
      records.push({ line: row.line, fields, columns, fault });
    }
    return records;
  };
  return { push: (text) => each(reader.push(text)), end: () => each(reader.end()) };
}

/** A JSON store's fields as text: `{"name": {"zh": …, "en": …}}` is name and name_en, a list has commas. */
function jsonRecord({ line, text }: JsonText): StoreRecord {
  const fields = new Map<Field, string>();
  const columns = new Map<Field, string>();
  const failed = (reason: string): StoreRecord => {
    return { line, fields, columns, fault: { line, column: null, code: 'json_broken', facts: { reason } } };
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return failed((error as Error).message);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return failed('not an object');
  const put = (path: string, value: unknown) => {
    const field = fieldOf(path);
    if (field === null || value === null || value === undefined) return;
    const written = Array.isArray(value) ? value.join(',') : String(value);
    if (written.trim() === '') return;
    fields.set(field, written.trim());
    columns.set(field, path.replace('_', '.'));
  };
  for (const [key, value] of Object.entries(parsed)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, one] of Object.entries(value)) put(key === 'point' ? inner : `${key}_${inner}`, one);
    } else put(key, value);
  }
  return { line, fields, columns, fault: null };
}

function mapped(reader: { push(text: string): JsonText[]; end(): JsonText[] }): Reader {
  return { push: (text) => reader.push(text).map(jsonRecord), end: () => reader.end().map(jsonRecord) };
}

function readerFor(head: string, isDatumSaid: boolean): Reader {
  const first = head.trimStart()[0];
  if (first === '[') return mapped(jsonArrayReader());
  if (first === '{') return mapped(jsonLinesReader());
  if (first === '<') throw new NoStores({ line: 1, column: null, code: 'format_unknown', facts: {} });
  return delimitedRecords(head, isDatumSaid);
}

const HEAD_CHARS_MAX = 100_000;

/**
 * Reads a file's text piece by piece into records, in the order of the file.
 * @throws NoStores, or UnusableFile of the reader below, where nothing that follows could be trusted.
 */
export async function* readStoreRecords(
  texts: AsyncIterable<string>,
  isDatumSaid: boolean,
): AsyncGenerator<StoreRecord[]> {
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
    reader = readerFor(head, isDatumSaid);
    yield reader.push(head);
  }
  if (!reader) {
    if (head.trim() === '') throw new NoStores({ line: 1, column: null, code: 'file_empty', facts: {} });
    reader = readerFor(head, isDatumSaid);
    yield reader.push(head);
  }
  yield reader.end();
}
