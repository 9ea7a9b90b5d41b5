/** The server takes no more. */
export const CSV_BYTES_MAX = 1_000_000;

/** The text of a file as Excel and its kin save it: UTF-8, else GB18030, which is what Chinese Windows means by CSV. */
export async function readCsv(file: File): Promise<string | null> {
  const bytes = await file.arrayBuffer();
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  return null;
}

/** A field that a spreadsheet reads as text: quoted where it has to be, and never the beginning of a formula. */
export function csvField(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
