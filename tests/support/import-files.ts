import type { Database } from '../../server/platform/database.ts';
import type { Bytes } from '../../server/publish/import/bytes.ts';
import { type ImportOptions, importCatalogue } from '../../server/publish/import/import.ts';

/** A file's bytes, cut into chunks of the given sizes over and over. */
export function openerOf(content: string | Uint8Array, sizes: readonly number[] = [64 * 1024]): () => Bytes {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return async function* () {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
      yield bytes.subarray(at, at + size);
      at += size;
    }
  };
}

export function importText(db: Database, content: string | Uint8Array, options?: ImportOptions) {
  return importCatalogue(db, openerOf(content), options);
}

const quoted = (value: string) =>
  /[",\t\r\n]/.test(value) || value.startsWith('"') ? `"${value.replaceAll('"', '""')}"` : value;

/** Delimited text of rows, quoted where it must be. */
export function delimited(rows: readonly (readonly string[])[], separator = ',', newline = '\n'): string {
  return rows.map((row) => row.map(quoted).join(separator)).join(newline) + newline;
}

/** Rows of records over a fixed header; what a record does not say is empty. */
export function table(header: readonly string[], records: readonly Readonly<Record<string, string>>[]): string[][] {
  return [[...header], ...records.map((record) => header.map((name) => record[name] ?? ''))];
}
