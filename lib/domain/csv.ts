/** What a spreadsheet may take for a formula when it opens the file, also behind spaces. */
const FORMULA = /^[\s\u00A0\uFEFF]*[=+\-@\t\r|%＝＋－＠]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const QUOTED = /[",\r\n;\t]|^\s|\s$/;

export type Cell = string | number | null;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const plain = `${cell}`;
  // A number of ours is one, also below zero; what a person wrote is text whatever it begins with.
  const text = (typeof cell === 'number' && NUMBER.test(plain)) || !FORMULA.test(plain) ? plain : `'${plain}`;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as CSV (RFC 4180, CRLF) that spreadsheets read as UTF-8 and in which nothing is a formula: what could be one
 * begins with an apostrophe (OWASP, “CSV injection”).
 */
export function csvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
