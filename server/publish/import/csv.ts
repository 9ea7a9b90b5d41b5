import { UnusableFile } from './problem.ts';

export type Delimiter = ',' | '\t' | ';';

export type DelimitedRow = {
  /** Line where the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Characters stood after a closing quote: line of the quote, and the field's number from 0. */
  readonly stray: { readonly line: number; readonly field: number } | null;
};

/** No row of a catalogue is longer; a quote that is never closed is found before it fills the memory. */
export const ROW_CHARS_MAX = 1_000_000;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Reads delimited text (RFC 4180: quotes double inside quotes, fields may hold line breaks) piece by piece.
 *
 * Lines end with CRLF, LF or CR, also mixed. Characters after a closing quote spoil their row only: reading goes on
 * with the next line. A quote that is never closed swallows the rest, so the file is given up with the line where the
 * quote began. Written here because the refusals need the line of each quote, and the parsers at hand lose all rows
 * after a broken one.
 */
export function delimitedReader(delimiter: Delimiter) {
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let rowLine = 1;
  let rowChars = 0;
  let fields: string[] = [];
  let field = '';
  let quoteLine = 0;
  let stray: { line: number; field: number } | null = null;
  let state: 'start' | 'plain' | 'quoted' | 'closed' | 'spoiled' = 'start';
  let isAfterCr = false;
  let rows: DelimitedRow[] = [];

  function endField(): void {
    fields.push(field);
    field = '';
    state = 'start';
  }

  function endRow(): void {
    endField();
    const isBlank = stray === null && fields.every((value) => value.trim() === '');
    if (!isBlank) rows.push({ line: rowLine, fields, stray });
    fields = [];
    stray = null;
    rowChars = 0;
    rowLine = line;
  }

  /** Index of the next character that matters in this state. */
  function plainEnd(text: string, from: number): number {
    let i = from;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF || code === CR || (code === separator && state === 'plain')) break;
    }
    return i;
  }

  function push(text: string): void {
    let i = 0;
    while (i < text.length) {
      const code = text.charCodeAt(i);
      if (isAfterCr) {
        isAfterCr = false;
        // The second half of a CRLF was counted with its first.
        if (code === LF) {
          if (state === 'quoted') field += '\n';
          i++;
          continue;
        }
      }
      if (state === 'quoted') {
        let end = i;
        while (end < text.length) {
          const inner = text.charCodeAt(end);
          if (inner === QUOTE || inner === LF || inner === CR) break;
          end++;
        }
        field += text.slice(i, end);
        rowChars += end - i + 1;
        if (rowChars > ROW_CHARS_MAX) throw new UnusableFile(quoteLine, 'quote_unterminated', { line: quoteLine });
        i = end;
        if (i === text.length) break;
        const stop = text.charCodeAt(i);
        if (stop === QUOTE) state = 'closed';
        else {
          field += text[i];
          line++;
          isAfterCr = stop === CR;
        }
        i++;
        continue;
      }
      if (code === LF || code === CR) {
        line++;
        isAfterCr = code === CR;
        endRow();
        i++;
        continue;
      }
      if (state === 'closed') {
        if (code === QUOTE) {
          field += '"';
          state = 'quoted';
        } else if (code === separator) endField();
        else if (code !== 32) {
          stray ??= { line: quoteLine, field: fields.length };
          state = 'spoiled';
        }
        i++;
        continue;
      }
      if (state === 'start') {
        if (code === QUOTE) {
          state = 'quoted';
          quoteLine = line;
          i++;
          continue;
        }
        state = 'plain';
      }
      const end = plainEnd(text, i);
      if (state === 'plain') field += text.slice(i, end);
      rowChars += end - i + 1;
      if (rowChars > ROW_CHARS_MAX) throw new UnusableFile(rowLine, 'row_too_long', { max: ROW_CHARS_MAX });
      i = end;
      if (i < text.length && text.charCodeAt(i) === separator) {
        endField();
        i++;
      }
    }
  }

  return {
    /** Takes the next piece of text and gives the rows that it completed. */
    push(text: string): DelimitedRow[] {
      push(text);
      const done = rows;
      rows = [];
      return done;
    },
    /** The last row, when the file does not end with a line break. @throws UnusableFile inside an open quote. */
    end(): DelimitedRow[] {
      if (state === 'quoted') throw new UnusableFile(quoteLine, 'quote_unterminated', { line: quoteLine });
      endRow();
      return rows;
    },
  };
}

/** The separator of a header line: what stands most often outside quotes; the comma when none does. */
export function delimiterOf(headerLine: string): Delimiter {
  const bare = headerLine.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length - 1;
  const [tabs, commas, semicolons] = [count('\t'), count(','), count(';')];
  if (tabs > commas && tabs >= semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}
